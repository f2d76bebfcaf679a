public import Base

/// How the informativeness of an image's pixels becomes one number, its entry of `uncertainty`.
///
/// Sums are not among them: they would prefer large images.
public enum PixelAggregate: NamedChoice, Equatable {
  /// The mean over all pixels.
  case mean
  /// The mean over the share of pixels that are highest: for small lesions.
  case top(Top)
  /// The mean weighted by 1 − P(background) + 0.01: for a foreground that is a small part.
  case foreground

  /// The mean within the predicted foreground and a margin around it; half the mean over all pixels
  /// where no foreground is predicted.
  case dilated(Dilated)
  /// The mean, or the mean of the highest share, without the pixels near a predicted contour, which
  /// stay uncertain however many labels there are.
  case interior(Interior)

  /// The settings of `dilated`.
  public struct Dilated: Sendable, Codable, Equatable, Validatable {
    /// The margin in pixels of the network's images.
    public var radius: Double

    /// A margin of five pixels.
    public init(radius: Double = 5) { self.radius = radius }

    /// What is out of range.
    public func faults() -> [String] { radius >= 0 ? [] : ["radius must not be negative"] }
  }

  /// The settings of `interior`.
  public struct Interior: Sendable, Codable, Equatable, Validatable {
    /// The least distance to a predicted contour in pixels of the network's images.
    public var radius: Double
    /// The share of the remaining pixels that is averaged, the highest, of 0…1; 1 for all.
    public var share: Double

    /// Two pixels, as for images of side 256, and all the others.
    public init(radius: Double = 2, share: Double = 1) {
      (self.radius, self.share) = (radius, share)
    }

    /// What is out of range.
    public func faults() -> [String] {
      (radius >= 0 ? [] : ["radius must not be negative"]) + Top(share: share).faults()
    }
  }

  /// The settings of `top`.
  public struct Top: Sendable, Codable, Equatable, Validatable {
    /// The share of the pixels, of 0…1.
    public var share: Double

    /// A share of the pixels.
    public init(share: Double = 0.05) { self.share = share }

    /// What is out of range.
    public func faults() -> [String] {
      share > 0 && share <= 1 ? [] : ["share must be above 0 and at most 1, not \(share)"]
    }
  }

  /// The names that can be chosen.
  public static let choices: [Choice<PixelAggregate>] = [
    Choice("mean", .mean, "mean over all pixels"),
    Choice("top", Top(), PixelAggregate.top, "mean over the highest share of the pixels"),
    Choice("foreground", .foreground, "mean weighted by the probability of foreground"),
    Choice("dilated", Dilated(), PixelAggregate.dilated, "mean in and around predicted foreground"),
    Choice(
      "interior", Interior(), PixelAggregate.interior, "without pixels near predicted contours"),
  ]

  /// The name and settings of this value.
  public var chosen: Chosen {
    switch self {
    case .mean: Chosen("mean")
    case .top(let settings): Chosen("top", settings)
    case .foreground: Chosen("foreground")
    case .dilated(let settings): Chosen("dilated", settings)
    case .interior(let settings): Chosen("interior", settings)
    }
  }

  /// The aggregate of a map of valid pixels, row by row.
  ///
  /// - Parameters:
  ///   - pixels: the score of every pixel.
  ///   - background: each pixel's probability of background, which `foreground` reads.
  ///   - classes: each pixel's predicted class, 0 the background, which `dilated` and `interior` read.
  ///   - width: the pixels of a row.
  /// - Returns: 0 for no pixels; NaN where any pixel is, so that a query refuses the image.
  /// - Complexity: O(pixels), for `top` O(pixels log pixels), for contours O(radius²) each.
  public func value(
    _ pixels: [Float], background: [Float] = [], classes: [Int] = [], width: Int = 0
  ) -> Double {
    if pixels.isEmpty { return 0 }
    if pixels.contains(where: \.isNaN) { return .nan }
    switch self {
    case .mean: return Self.mean(pixels)
    case .top(let settings): return Self.mean(pixels, highest: settings.share)
    case .foreground: return Self.mean(pixels, weights: background.map { 1 - Double($0) + 0.01 })
    case .dilated(let settings):
      let lit = PredictedRegions(classes, width: width).foreground(dilatedBy: settings.radius)
      let inside = pixels.indices.filter { lit[$0] }.map { pixels[$0] }
      return inside.isEmpty ? Self.mean(pixels) / 2 : Self.mean(inside)
    case .interior(let settings):
      let near = PredictedRegions(classes, width: width).contours(dilatedBy: settings.radius)
      let inside = pixels.indices.filter { !near[$0] }.map { pixels[$0] }
      return Self.mean(inside.isEmpty ? pixels : inside, highest: settings.share)
    }
  }

  private static func mean(_ pixels: [Float]) -> Double {
    pixels.reduce(0) { $0 + Double($1) } / Double(pixels.count)
  }

  private static func mean(_ pixels: [Float], highest share: Double) -> Double {
    if share == 1 { return mean(pixels) }
    let count = max(1, Int((share * Double(pixels.count)).rounded(.up)))
    return mean(Array(pixels.sorted(by: >).prefix(count)))
  }

  private static func mean(_ pixels: [Float], weights: [Double]) -> Double {
    precondition(weights.count == pixels.count, "one probability of background per pixel")
    let sum = zip(pixels, weights).reduce(0) { $0 + Double($1.0) * $1.1 }
    return sum / weights.reduce(0, +)
  }
}
