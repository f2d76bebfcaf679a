import Foundation

/// How well one point speaks for another, 0…1.
enum Kernel {
  /// exp(−d² / 2σ²).
  case gaussian(sigma: Double)
  /// 1 up to the distance δ, else 0.
  case ball(radius: Double)
  /// (1 + cos) / 2 of points of unit length, which is 1 − d² / 4.
  case cosine

  /// The kernel of two points, given their squared distance.
  func value(squaredDistance square: Double) -> Double {
    switch self {
    case .gaussian(let sigma): exp(-square / (2 * sigma * sigma))
    case .ball(let radius): square <= Self.limit(radius) ? 1 : 0
    case .cosine: max(0, 1 - square / 4)
    }
  }

  /// The squared radius with room for the rounding of a computed distance.
  static func limit(_ radius: Double) -> Double { radius * radius * (1 + 1e-6) }
}

/// How well the places taken so far speak for the pool, and what each further one would add.
///
/// F(S) = Σₙ wₙ max_{s∈S} k(xₙ, s) over the *references*, a prefix of the points; the gain of a
/// candidate c is Σₙ wₙ max(0, k(xₙ, c) − bestₙ). Up to 2²² kernel values (16 MB) are computed once;
/// beyond that they are recomputed block by block from products of single precision and never
/// stored, so memory is O(n), not O(n²).
///
/// - Complexity: `gains` of m candidates: O(references · m · width), without the width where kernel
///   values are kept.
final class Coverage {
  let points: Points
  let kernel: Kernel
  /// The number of references.
  let references: Int
  /// The weight of each reference.
  private let weights: [Float]
  /// The best kernel value so far of each reference.
  private(set) var best: [Float]

  /// `[references, points]`: the kernel values, where they are few enough to keep.
  private var kept: [Float] = []
  private static let mostKept = 1 << 22

  /// Candidates of one block: their products with 256 references stay in the second-level cache.
  static let width = 64
  private static let height = 256

  init(_ points: Points, references: Int, weights: [Float]? = nil, kernel: Kernel) {
    (self.points, self.kernel) = (points, kernel)
    self.references = min(references, points.count)
    self.weights = weights ?? Array(repeating: 1, count: self.references)
    best = Array(repeating: 0, count: self.references)
    if self.references * points.count <= Self.mostKept { kept = values() }
  }

  /// Every kernel value of a reference with a point.
  private func values() -> [Float] {
    [Float](unsafeUninitializedCapacity: references * points.count) { buffer, written in
      written = buffer.count
      points.sweep(rows: references, columns: points.base, points.count) {
        [buffer] rows, products in
        for row in rows {
          let line = products + (row - rows.lowerBound) * points.count
          evaluate(line, row, into: buffer.baseAddress.map { $0 + row * points.count })
        }
      }
    }
  }

  /// The kernel values of a reference with every point, from their products.
  private func evaluate(
    _ products: UnsafePointer<Float>, _ row: Int, into target: UnsafeMutablePointer<Float>?
  ) {
    guard let target else { return }
    let square = points.squares[row]
    points.squares.withUnsafeBufferPointer { squares in
      switch kernel {
      case .gaussian(let sigma):
        let scale = Float(-1 / (2 * sigma * sigma))
        for index in squares.indices {
          let squared = square + squares[index] - 2 * products[index]
          target[index] = exponential((squared > 0 ? squared : 0) * scale)
        }
      case .ball(let radius):
        let limit = Float(Kernel.limit(radius))
        for index in squares.indices {
          target[index] = square + squares[index] - 2 * products[index] <= limit ? 1 : 0
        }
      case .cosine:
        for index in squares.indices {
          let value = 1 - (square + squares[index] - 2 * products[index]) / 4
          target[index] = max(0, value)
        }
      }
    }
  }

  /// The sum of the weights: F if every reference were chosen.
  var totalWeight: Double { weights.reduce(0) { $0 + Double($1) } }

  /// The gain of each candidate.
  func gains(of candidates: [Int]) -> [Double] {
    var gains = [Double](repeating: 0, count: candidates.count)
    gains.withUnsafeMutableBufferPointer { out in
      guard let out = out.baseAddress else { return }
      BLAS.concurrently((candidates.count + Self.width - 1) / Self.width) { number in
        let start = number * Self.width
        let block = candidates[start..<min(start + Self.width, candidates.count)]
        sum(block, into: out + start)
      }
    }
    return gains
  }

  /// Counts points as chosen.
  ///
  /// - Returns: for how many references one of them speaks better than any before (and with at
  ///   least half of the highest value).
  @discardableResult
  func cover(by indices: [Int]) -> Int {
    let before = best
    if kept.isEmpty { coverAnew(by: indices) } else { coverKept(by: indices) }
    for index in indices where index < references { best[index] = 1 }
    return best.indices.count { best[$0] > before[$0] && best[$0] >= 0.5 }
  }

  private func coverKept(by indices: [Int]) {
    kept.withUnsafeBufferPointer { kept in
      for row in best.indices {
        let line = row * points.count
        best[row] = indices.reduce(best[row]) { max($0, kept[line + $1]) }
      }
    }
  }

  private func coverAnew(by indices: [Int]) {
    var columns = [Float](repeating: 0, count: Self.width * points.width)
    best.withUnsafeMutableBufferPointer { best in
      for start in stride(from: 0, to: indices.count, by: Self.width) {
        let block = indices[start..<min(start + Self.width, indices.count)]
        points.gather(block, into: &columns, columns: Self.width)
        let squares = block.map { points.squares[$0] }
        points.sweep(rows: references, columns: columns, Self.width) { [best] rows, products in
          for row in rows {
            let line = products + (row - rows.lowerBound) * Self.width
            best[row] = max(best[row], highest(line, squares, points.squares[row]))
          }
        }
      }
    }
  }

  /// The highest kernel value of a reference with some points.
  private func highest(
    _ products: UnsafePointer<Float>, _ squares: [Float], _ square: Float
  ) -> Float {
    var nearest = Float.infinity
    for slot in squares.indices {
      nearest = min(nearest, square + squares[slot] - 2 * products[slot])
    }
    return Float(kernel.value(squaredDistance: Double(max(0, nearest))))
  }

  private func sum(_ block: ArraySlice<Int>, into out: UnsafeMutablePointer<Double>) {
    if kept.isEmpty { sumAnew(block, into: out) } else { sumKept(block, into: out) }
  }

  private func sumKept(_ block: ArraySlice<Int>, into out: UnsafeMutablePointer<Double>) {
    let (best, weights) = (best, weights)
    kept.withUnsafeBufferPointer { kept in
      block.withUnsafeBufferPointer { block in
        for row in best.indices where weights[row] > 0 {
          let (line, floor, weight) = (row * points.count, best[row], weights[row])
          for slot in 0..<block.count {
            let value = kept[line + block[slot]] - floor
            out[slot] += Double((value > 0 ? value : 0) * weight)
          }
        }
      }
    }
  }

  private func sumAnew(_ block: ArraySlice<Int>, into out: UnsafeMutablePointer<Double>) {
    let width = points.width
    let room = Self.width * (width + Self.height + 2)
    withUnsafeTemporaryAllocation(of: Float.self, capacity: room) {
      guard let columns = $0.baseAddress else { return }
      let products = columns + Self.width * width
      let squares = products + Self.width * Self.height
      let gains = squares + Self.width
      points.gather(block, into: columns, columns: Self.width)
      squares.update(repeating: 0, count: Self.width)
      for (slot, index) in block.enumerated() { squares[slot] = points.squares[index] }
      for start in stride(from: 0, to: references, by: Self.height) {
        let rows = start..<min(start + Self.height, references)
        BLAS.multiply(
          points[start], transposed: columns, into: products, rows.count, Self.width, width)
        gains.update(repeating: 0, count: Self.width)
        add(rows, products, squares, to: gains)
        for slot in 0..<block.count { out[slot] += Double(gains[slot]) }
      }
    }
  }

  /// Adds the gains of 64 candidates over some references.
  private func add(
    _ rows: Range<Int>, _ products: UnsafePointer<Float>, _ squares: UnsafePointer<Float>,
    to gains: UnsafeMutablePointer<Float>
  ) {
    for row in rows where weights[row] > 0 {
      let line = products + (row - rows.lowerBound) * Self.width
      let (square, floor, weight) = (points.squares[row], best[row], weights[row])
      switch kernel {
      case .gaussian(let sigma):
        let scale = Float(-1 / (2 * sigma * sigma))
        for slot in 0..<Self.width {
          let squared = square + squares[slot] - 2 * line[slot]
          let value = exponential((squared > 0 ? squared : 0) * scale) - floor
          gains[slot] += (value > 0 ? value : 0) * weight
        }
      case .ball(let radius):
        let limit = Float(Kernel.limit(radius))
        for slot in 0..<Self.width {
          let value: Float = square + squares[slot] - 2 * line[slot] <= limit ? 1 : 0
          gains[slot] += (value > floor ? value - floor : 0) * weight
        }
      case .cosine:
        for slot in 0..<Self.width {
          let value = 1 - (square + squares[slot] - 2 * line[slot]) / 4 - floor
          gains[slot] += (value > 0 ? value : 0) * weight
        }
      }
    }
  }
}
