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
  ]

  /// The name and settings of this value.
  public var chosen: Chosen {
    switch self {
    case .mean: Chosen("mean")
    case .top(let settings): Chosen("top", settings)
    case .foreground: Chosen("foreground")
    }
  }

  /// The aggregate of a map of valid pixels, given each pixel's probability of background, which
  /// only `foreground` reads.
  ///
  /// - Complexity: O(pixels), for `top` O(pixels log pixels).
  public func value(_ pixels: [Float], background: [Float] = []) -> Double {
    if pixels.isEmpty { return 0 }
    switch self {
    case .mean:
      return pixels.reduce(0) { $0 + Double($1) } / Double(pixels.count)
    case .top(let settings):
      let count = max(1, Int((settings.share * Double(pixels.count)).rounded(.up)))
      return pixels.sorted(by: >).prefix(count).reduce(0) { $0 + Double($1) } / Double(count)
    case .foreground:
      precondition(background.count == pixels.count, "one probability of background per pixel")
      var (sum, total) = (0.0, 0.0)
      for (pixel, background) in zip(pixels, background) {
        let weight = 1 - Double(background) + 0.01
        (sum, total) = (sum + weight * Double(pixel), total + weight)
      }
      return sum / total
    }
  }
}
