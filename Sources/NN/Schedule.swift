public import Base
import Foundation

/// The course of the learning rate over a run, a factor from 0 to 1 as a pure function of the step.
///
/// Steps count from 0. With warm-up over the first W steps the factor rises in equal parts to 1,
/// which it has at step W − 1; the curve takes the rest.
///
/// In YAML: `constant`, `cosine`, `{cosine: {warmUp: 0.1}}`, `{polynomial: {power: 0.9}}`,
/// `seven-sixteenths`.
public enum Schedule: Sendable, Equatable {
  /// 1 throughout.
  case constant
  /// Half a cosine from 1 to `floor` after a warm-up, whose length is a share of the run.
  case cosine(warmUp: Double, floor: Double)
  /// (1 − t)^power after a warm-up, whose length is a share of the run.
  case polynomial(power: Double, warmUp: Double)
  /// cos(7πt / 16), FixMatch's: it ends at 0.195.
  case sevenSixteenths

  /// Cosine with a warm-up of a twentieth.
  public static var cosine: Schedule { .cosine(warmUp: 0.05, floor: 0) }
  /// Power 0.9 without warm-up, the custom in segmentation.
  public static var polynomial: Schedule { .polynomial(power: 0.9, warmUp: 0) }

  /// The factor at `step` of `total`.
  public func rate(step: Int, total: Int) -> Double {
    switch self {
    case .constant: 1
    case .sevenSixteenths: cos(7 * .pi * Double(step) / (16 * Double(max(total, 1))))
    case .cosine(let warmUp, let floor):
      Self.warmed(step, total, warmUp) { floor + (1 - floor) * (1 + cos(.pi * $0)) / 2 }
    case .polynomial(let power, let warmUp):
      Self.warmed(step, total, warmUp) { pow(1 - $0, power) }
    }
  }

  private static func warmed(
    _ step: Int, _ total: Int, _ share: Double, _ curve: (Double) -> Double
  ) -> Double {
    let warmUp = Int((share * Double(total)).rounded())
    if step < warmUp { return Double(step + 1) / Double(warmUp) }
    let progress = Double(step - warmUp) / Double(max(total - warmUp, 1))
    return curve(min(max(progress, 0), 1))
  }

  /// The Gaussian ramp exp(−5 (1 − t / length)²) of consistency weights, e⁻⁵ at 0 and 1 from `length`.
  public static func ramp(step: Int, length: Int) -> Double {
    guard length > 0 else { return 1 }
    let rest = 1 - Double(min(max(step, 0), length)) / Double(length)
    return exp(-5 * rest * rest)
  }
}

extension Schedule: NamedChoice {
  /// Settings of ``Schedule/cosine(warmUp:floor:)``.
  public struct Cosine: Codable, Sendable, Equatable, Documented {
    /// The warm-up's share of the run, from 0 to 1.
    public var warmUp = 0.05
    /// The factor at the end, from 0 to 1.
    public var floor = 0.0

    /// What each key means.
    public static let documentation = [
      "warmUp": "Share of the run over which the rate rises.",
      "floor": "The factor on the rate at the end.",
    ]
  }

  /// Settings of ``Schedule/polynomial(power:warmUp:)``.
  public struct Polynomial: Codable, Sendable, Equatable, Documented {
    /// The exponent, above 0.
    public var power = 0.9
    /// The warm-up's share of the run, from 0 to 1.
    public var warmUp = 0.0

    /// What each key means.
    public static let documentation = [
      "power": "The exponent of what is left of the run.",
      "warmUp": "Share of the run over which the rate rises.",
    ]
  }

  /// The names of the schedules.
  public static let choices: [Choice<Schedule>] = [
    Choice("constant", .constant, "1 throughout"),
    Choice(
      "cosine", Cosine(), { .cosine(warmUp: $0.warmUp, floor: $0.floor) },
      "half a cosine after a linear warm-up"),
    Choice(
      "polynomial", Polynomial(), { .polynomial(power: $0.power, warmUp: $0.warmUp) },
      "(1 − t)^power, the custom in segmentation"),
    Choice("seven-sixteenths", .sevenSixteenths, "cos(7πt / 16), FixMatch's"),
  ]

  /// The name and the settings of this schedule.
  public var chosen: Chosen {
    switch self {
    case .constant: Chosen("constant")
    case .cosine(let warmUp, let floor): Chosen("cosine", Cosine(warmUp: warmUp, floor: floor))
    case .polynomial(let power, let warmUp):
      Chosen("polynomial", Polynomial(power: power, warmUp: warmUp))
    case .sevenSixteenths: Chosen("seven-sixteenths")
    }
  }
}
