public import Base
import Foundation

/// What an image goes through before a network restores it.
///
/// Zhou, Sodha, Pang, Gotway, Liang. *Models Genesis.* Medical Image Analysis 67:101840, 2021, in
/// two dimensions: local pixel shuffling, a non-linear intensity curve, then painting over the
/// inside or the outside. All of it keeps the image's size; values stay within 0 and 1.
public struct ImageCorruption: Codable, Sendable, Equatable, Validatable, Documented {
  /// Probability of local shuffling.
  public var shuffle = 0.5
  /// Probability of the intensity curve.
  public var curve = 0.9
  /// Whether the curve may fall, which swaps dark and bright; off where grey values have a meaning.
  public var inversion = false
  /// Probability of painting.
  public var paint = 0.9
  /// Share of painting that keeps a window and paints the outside; the rest paints windows inside.
  public var outside = 0.8

  /// The defaults.
  public init() {}

  /// What each key means.
  public static let documentation = [
    "shuffle": "Probability of local pixel shuffling.",
    "curve": "Probability of a non-linear intensity curve.",
    "inversion": "Whether the curve may swap dark and bright.",
    "paint": "Probability of painting over parts.",
    "outside": "Share of painting that keeps a window and paints over the outside.",
  ]

  /// What is out of range.
  public func faults() -> [String] {
    [("shuffle", shuffle), ("curve", curve), ("paint", paint), ("outside", outside)]
      .filter { !(0...1).contains($0.1) }
      .map { "\($0.0) must lie between 0 and 1" }
  }

  /// The corrupted image.
  ///
  /// - Parameters:
  ///   - image: `[channels, height, width]`, values between 0 and 1.
  ///   - channels: of the image.
  ///   - height: of the image.
  ///   - width: of the image.
  ///   - key: what is drawn; one key, one result.
  /// - Returns: as many values as the image has.
  public func callAsFunction(
    _ image: [Float], channels: Int, height: Int, width: Int, key: RandomKey
  ) -> [Float] {
    var canvas = Canvas(
      values: image, channels: channels, height: height, width: width,
      generator: key.folding("corruption").generator())
    if canvas.chance(shuffle) { canvas.shuffleBlocks() }
    if canvas.chance(curve) { canvas.bend(mayFall: inversion) }
    if canvas.chance(paint) {
      if canvas.chance(outside) { canvas.paintOutside() } else { canvas.paintInside() }
    }
    return canvas.values
  }
}

/// An image in the making.
struct Canvas {
  private(set) var values: [Float]
  let channels: Int
  let height: Int
  let width: Int
  var generator: KeyedGenerator

  /// A window of the image.
  struct Window {
    let top: Int
    let left: Int
    let height: Int
    let width: Int

    /// Row-major positions in an image of the given width.
    func positions(in imageWidth: Int) -> [Int] {
      (top..<top + height).flatMap { row in (left..<left + width).map { row * imageWidth + $0 } }
    }
  }

  mutating func chance(_ probability: Double) -> Bool {
    Double.random(in: 0..<1, using: &generator) < probability
  }

  /// A window whose sides lie in `range`, at least `margin` from the border.
  mutating func window(_ range: ClosedRange<Int>, margin: Int = 0) -> Window {
    func side(_ limit: Int, _ generator: inout KeyedGenerator) -> Int {
      min(Int.random(in: range, using: &generator), max(limit - 2 * margin, 1))
    }
    let rows = side(height, &generator)
    let columns = side(width, &generator)
    func start(_ limit: Int, _ side: Int, _ generator: inout KeyedGenerator) -> Int {
      let last = limit - margin - side
      return margin < last
        ? Int.random(in: margin...last, using: &generator) : max(min(margin, limit - side), 0)
    }
    return Window(
      top: start(height, rows, &generator), left: start(width, columns, &generator), height: rows,
      width: columns)
  }

  /// Shuffles pixels within small blocks, which cover the image about 1.9 times in all.
  mutating func shuffleBlocks() {
    let longest = max(min(height, width) / 10, 1)
    let meanArea = pow(Double(1 + longest) / 2, 2)
    let blocks = Int((1.9 * Double(height * width) / meanArea).rounded())
    for _ in 0..<blocks {
      let positions = window(1...longest).positions(in: width)
      guard positions.count > 1 else { continue }
      let order = positions.shuffled(using: &generator)
      for channel in 0..<channels {
        let base = channel * height * width
        let old = order.map { values[base + $0] }
        for (position, value) in zip(positions, old) { values[base + position] = value }
      }
    }
  }

  /// Maps intensities by a cubic Bézier curve from (0, 0) to (1, 1) with two drawn control points;
  /// sorted coordinates keep it from falling, and half of the time it may fall from 1 to 0.
  mutating func bend(mayFall: Bool) {
    let draws = (0..<4).map { _ in Double.random(in: 0..<1, using: &generator) }
    let falls = mayFall && chance(0.5)
    let steps = (0...100).map { Double($0) / 100 }
    func curve(_ first: Double, _ second: Double) -> [Double] {
      steps.map { t in
        let u = 1 - t
        return 3 * u * u * t * first + 3 * u * t * t * second + t * t * t
      }
      .sorted()
    }
    let x = curve(draws[0], draws[2])
    let y = curve(draws[1], draws[3])
    values = values.map { value in
      let mapped = Self.interpolate(Double(value), x, y)
      return Float(falls ? 1 - mapped : mapped)
    }
  }

  /// Noise everywhere but in one to five windows.
  mutating func paintOutside() {
    let side = min(height, width)
    var kept = Set<Int>()
    for _ in 0..<5 {
      let cut = Int.random(in: (3 * side / 7)...(4 * side / 7), using: &generator)
      let rest = max(side - cut, 1)
      kept.formUnion(window(rest...rest).positions(in: width))
      if !chance(0.95) { break }
    }
    let painted = (0..<height * width).filter { !kept.contains($0) }
    fill(painted)
  }

  /// Noise in one to five windows.
  mutating func paintInside() {
    let side = min(height, width)
    let range = max(side / 6, 1)...max(side / 3, 1)
    for _ in 0..<5 {
      fill(window(range, margin: 3).positions(in: width))
      if !chance(0.95) { return }
    }
  }

  private mutating func fill(_ positions: [Int]) {
    for channel in 0..<channels {
      for position in positions {
        values[channel * height * width + position] = Float.random(in: 0..<1, using: &generator)
      }
    }
  }

  private static func interpolate(_ value: Double, _ x: [Double], _ y: [Double]) -> Double {
    let upper = x.firstIndex { $0 >= value } ?? x.count - 1
    guard upper > 0 else { return y[0] }
    let span = x[upper] - x[upper - 1]
    let share = span > 0 ? min((value - x[upper - 1]) / span, 1) : 1
    return y[upper - 1] + share * (y[upper] - y[upper - 1])
  }
}
