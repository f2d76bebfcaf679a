import Foundation

/// A filter of image reduction and enlargement, as Pillow defines them.
public enum Resampling: String, Sendable, Codable, CaseIterable {
  /// Mean of the area that a new pixel covers.
  case area
  /// Triangle.
  case bilinear
  /// Windowed sinc, three lobes.
  case lanczos

  /// Half the filter's width, in pixels of the smaller grid.
  var support: Double {
    switch self {
    case .area: 0.5
    case .bilinear: 1
    case .lanczos: 3
    }
  }

  func weight(_ x: Double) -> Double {
    switch self {
    case .area: x > -0.5 && x <= 0.5 ? 1 : 0
    case .bilinear: max(0, 1 - abs(x))
    case .lanczos: x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0
    }
  }

  private func sinc(_ x: Double) -> Double {
    x == 0 ? 1 : sin(x * .pi) / (x * .pi)
  }
}

/// For each new pixel along one axis: which old ones it is made of, with which weights.
///
/// The filter is widened by the factor of reduction, so that every old pixel counts; weights sum
/// to 1 at the borders too.
struct ResamplingPlan {
  /// First old pixel of each new one.
  private(set) var starts: [Int] = []
  /// Number of old pixels of each new one.
  private(set) var lengths: [Int] = []
  /// Weights, `stride` for each new pixel.
  private(set) var weights: [Double] = []
  let stride: Int

  init(from old: Int, to new: Int, _ filter: Resampling) {
    let scale = Double(old) / Double(new)
    let widening = max(scale, 1)
    let support = filter.support * widening
    stride = Int(support.rounded(.up)) * 2 + 1
    for index in 0..<new {
      let centre = (Double(index) + 0.5) * scale
      let start = max(0, Int(centre - support + 0.5))
      let length = max(1, min(old, Int(centre + support + 0.5)) - start)
      var row = (0..<length).map {
        filter.weight((Double($0 + start) - centre + 0.5) / widening)
      }
      let sum = row.reduce(0, +)
      if sum != 0 { for position in row.indices { row[position] /= sum } }
      starts.append(start)
      lengths.append(length)
      weights += row + [Double](repeating: 0, count: stride - length)
    }
  }
}
