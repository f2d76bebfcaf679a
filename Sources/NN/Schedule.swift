import Foundation

/// The course of the learning rate over a run: a factor 0 ... 1 as a pure function of the step.
///
/// Steps count from 0. With warm-up over the first W steps the factor rises in equal parts to 1,
/// which it has at step W − 1; the curve takes the rest.
///
/// In YAML: `constant`, `seven-sixteenths`, `{cosine: {warmUp: 0.05, floor: 0}}`,
/// `{polynomial: {power: 0.9, warmUp: 0}}`; a bare name takes these values.
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

  /// The Gaussian ramp exp(−5 (1 − t / length)²) of consistency weights: e⁻⁵ at 0, 1 from `length`.
  public static func ramp(step: Int, length: Int) -> Double {
    guard length > 0 else { return 1 }
    let rest = 1 - Double(min(max(step, 0), length)) / Double(length)
    return exp(-5 * rest * rest)
  }
}

extension Schedule: Codable {
  private enum Key: String, CodingKey {
    case cosine, polynomial
  }

  private struct Cosine: Codable {
    var warmUp = 0.05
    var floor = 0.0
  }

  private struct Polynomial: Codable {
    var power = 0.9
    var warmUp = 0.0
  }

  /// Reads a name, or a name with settings.
  public init(from decoder: any Decoder) throws {
    if let name = try? decoder.singleValueContainer().decode(String.self) {
      self = try Self.named(name, decoder)
      return
    }
    let container = try decoder.container(keyedBy: Key.self)
    if container.contains(.cosine) {
      let settings = try container.decode(Cosine.self, forKey: .cosine)
      self = .cosine(warmUp: settings.warmUp, floor: settings.floor)
    } else {
      let settings = try container.decode(Polynomial.self, forKey: .polynomial)
      self = .polynomial(power: settings.power, warmUp: settings.warmUp)
    }
  }

  /// Writes a name, or a name with settings.
  public func encode(to encoder: any Encoder) throws {
    switch self {
    case .constant: try Self.write("constant", encoder)
    case .sevenSixteenths: try Self.write("seven-sixteenths", encoder)
    case .cosine(let warmUp, let floor):
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(Cosine(warmUp: warmUp, floor: floor), forKey: .cosine)
    case .polynomial(let power, let warmUp):
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(Polynomial(power: power, warmUp: warmUp), forKey: .polynomial)
    }
  }

  private static func named(_ name: String, _ decoder: any Decoder) throws -> Schedule {
    switch name {
    case "constant": return .constant
    case "cosine": return .cosine
    case "polynomial": return .polynomial
    case "seven-sixteenths": return .sevenSixteenths
    default:
      throw DecodingError.dataCorrupted(
        DecodingError.Context(
          codingPath: decoder.codingPath,
          debugDescription: "unknown schedule '\(name)'; known: constant, cosine, polynomial, "
            + "seven-sixteenths"))
    }
  }

  private static func write(_ name: String, _ encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(name)
  }
}
