import Base
import Foundation

/// What one image's grey values and colours go through, drawn from its key; a value that changes
/// nothing stands for a kind that is not made.
struct IntensityDraw {
  private(set) var brightness = 1.0
  private(set) var contrast = 1.0
  private(set) var gamma = 1.0
  /// Row-major 3×3 on red, green, blue; nil: colours stay.
  private(set) var colour: [Double]?
  private(set) var blur = 0.0
  private(set) var sharpness = 0.0
  private(set) var noise = 0.0
  /// What the noise itself is drawn from.
  let noiseKey: RandomKey

  /// Each kind has a key of its own, so that switching one off leaves the others as they were.
  init(_ jitter: IntensityJitter, key: RandomKey) {
    let key = key.folding("intensity")
    noiseKey = key.folding("grain")
    for kind in Self.kinds(jitter, key: key.folding("kinds")) {
      var generator = key.folding(kind.rawValue).generator()
      draw(kind, jitter, &generator)
    }
  }

  private static func kinds(
    _ jitter: IntensityJitter, key: RandomKey
  ) -> [IntensityJitter.Kind] {
    let enabled = jitter.kinds
    if let count = jitter.choose {
      return key.sample(min(count, enabled.count), outOf: enabled.count).sorted()
        .map { enabled[$0] }
    }
    return enabled.filter { key.folding($0.rawValue).uniform() < jitter.probability($0) }
  }

  private mutating func draw(
    _ kind: IntensityJitter.Kind, _ jitter: IntensityJitter, _ generator: inout KeyedGenerator
  ) {
    func within(_ range: ClosedRange<Double>) -> Double {
      range.lowerBound + (range.upperBound - range.lowerBound) * generator.uniform()
    }
    switch kind {
    case .brightness: brightness = within((1 - jitter.brightness)...(1 + jitter.brightness))
    case .contrast: contrast = within((1 - jitter.contrast)...(1 + jitter.contrast))
    case .gamma: gamma = within(jitter.gamma ?? 1...1)
    case .colour:
      let saturation = within((1 - jitter.saturation)...(1 + jitter.saturation))
      let turn = within(-jitter.hue...jitter.hue)
      let isGrey = generator.uniform() < jitter.greyscale
      colour = Self.colourMatrix(saturation: isGrey ? 0 : saturation, turn: turn)
    case .blur: blur = within(jitter.blur ?? 0...0)
    case .sharpness: sharpness = within(0...jitter.sharpness)
    case .noise: noise = within(0...jitter.noise)
    }
  }

  /// Scales and turns the colour plane of YIQ; the luma (0.299, 0.587, 0.114) stays.
  static func colourMatrix(saturation: Double, turn: Double) -> [Double] {
    let toYIQ = [0.299, 0.587, 0.114, 0.5959, -0.2746, -0.3213, 0.2115, -0.5227, 0.3112]
    let fromYIQ = [1, 0.956, 0.619, 1, -0.272, -0.647, 1, -1.106, 1.703]
    let (cosine, sine) = (cos(2 * .pi * turn) * saturation, sin(2 * .pi * turn) * saturation)
    return product(fromYIQ, product([1, 0, 0, 0, cosine, -sine, 0, sine, cosine], toYIQ))
  }

  private static func product(_ a: [Double], _ b: [Double]) -> [Double] {
    (0..<9).map { index in
      let (row, column) = (index / 3, index % 3)
      return (0..<3).reduce(0) { $0 + a[3 * row + $1] * b[3 * $1 + column] }
    }
  }
}
