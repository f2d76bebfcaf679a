public import Base
import Foundation

/// What an image weighs in the loss by its class.
///
/// In YAML: `automatic`, `none`, `balanced`, `effective-number`, `{effective-number: {beta: 0.99}}`.
/// With m_c the number of images of class c that an epoch draws, and a mean of 1 over the classes
/// that it draws from:
///
/// - balanced: w_c ∝ 1 / m_c;
/// - effective-number: w_c ∝ (1 − β) / (1 − β^m_c). Cui, Jia, Lin, Song, Belongie. *Class-Balanced Loss Based on Effective Number of Samples.* CVPR 2019.
///   <https://arxiv.org/abs/1901.05555>. β = 0 weighs all alike, β → 1 as balanced does.
///
/// - Departures: m_c counts what is drawn, not what there is, so that a sampler that evens out the
///   classes is not made up for twice.
public enum ClassWeights: Sendable, Equatable {
  /// Logistic heads weigh the classes alike; trainings of networks leave that to the prior in
  /// their loss.
  case automatic
  /// All images weigh the same.
  case none
  /// All classes weigh the same.
  case balanced
  /// Something between the two.
  case effectiveNumber(EffectiveNumber)

  /// Settings of ``ClassWeights/effectiveNumber(_:)``.
  public struct EffectiveNumber: Codable, Sendable, Equatable, Validatable {
    /// β, from 0 to below 1: 1 / (1 − β) images say all that there is to say of a class.
    public var beta = 0.99

    /// The default.
    public init() {}

    /// What is out of range.
    public func faults() -> [String] {
      (0..<1).contains(beta) ? [] : ["beta must be from 0 to below 1, not \(beta)"]
    }
  }

  /// A weight for each class.
  ///
  /// - Parameter counts: m_c, by class; they need not be whole.
  /// - Returns: w_c, 1 for classes without images; nil where all weigh the same.
  public func weights(_ counts: [Double]) -> [Double]? {
    switch self {
    case .automatic, .none: return nil
    case .balanced: return Self.scaled(counts) { 1 / $0 }
    case .effectiveNumber(let settings):
      let beta = settings.beta
      return Self.scaled(counts) { (1 - beta) / (1 - pow(beta, $0)) }
    }
  }

  /// `weight` of each count, 1 on average.
  private static func scaled(_ counts: [Double], _ weight: (Double) -> Double) -> [Double] {
    let seen = counts.filter { $0 > 0 }
    let factor = Double(seen.count) / seen.reduce(0) { $0 + weight($1) }
    return counts.map { $0 > 0 ? factor * weight($0) : 1 }
  }
}

extension ClassWeights: NamedChoice {
  /// The names.
  public static let choices: [Choice<ClassWeights>] = [
    Choice("automatic", .automatic, "logistic heads weigh classes alike, networks do not"),
    Choice("none", .none, "all images weigh the same"),
    Choice(
      "balanced", .balanced,
      MethodCard(
        "all classes weigh the same", cost: "none", regime: "few classes, none very rare",
        paper: "King and Zeng 2001")),
    Choice(
      "effective-number", EffectiveNumber(), ClassWeights.effectiveNumber,
      MethodCard(
        "rare classes weigh more, up to a limit", cost: "none", regime: "long tails",
        paper: "Cui et al. 2019")),
  ]

  /// The name and the settings.
  public var chosen: Chosen {
    switch self {
    case .automatic: Chosen("automatic")
    case .none: Chosen("none")
    case .balanced: Chosen("balanced")
    case .effectiveNumber(let settings): Chosen("effective-number", settings)
    }
  }
}
