public import Base
package import Evaluation
import Models
import Torch
import Training

/// Rounds of labels for the surest unlabelled images, more of them each round, and every round from
/// the start again.
///
/// Lee. *Pseudo-Label.* ICML workshop 2013. Cascante-Bonilla, Tan, Qi, Ordonez. *Curriculum
/// Labeling.* AAAI 2021. <https://arxiv.org/abs/2001.06001>
///
/// In round r the network of the round before (first: the start) labels the images. A class takes
/// ⌊π_c ρ_r U⌋ at most of the U images, the surest that reach its threshold, where π_c is its share
/// among the labels: so no class floods the others. A student is trained from the start on labels and
/// strongly augmented pseudo-labels of weight confidence · ½^[r = 1].
///
/// Maps are labelled where ``ConfidentRule`` believes their pixels, beside no contour; the ρ_r U
/// images of the highest mean confidence are taken, and of each class at most as many components as a
/// labelled image shows, the largest.
///
/// - Reads: calibrated probabilities of all unlabelled images, averaged over mirror images where the
///   modality allows it.
/// - Cost: a whole training each round.
/// - Departures: rounds begin from the network of the labels alone, not from its own beginning:
///   what matters is that no student inherits the mistakes of another.
public struct PseudoLabelRounds: SemiSupMethod {
  static let card = MethodCard(
    "rounds of pseudo-labels, more each round, each from the start",
    cost: "one whole training a round", regime: "hundreds of labels and a sound first model",
    paper: "Lee 2013; Cascante-Bonilla et al. 2021")
  /// Settings.
  public struct Settings: Codable, Sendable, Equatable, Validatable, Documented {
    /// The share of the unlabelled images that each round takes at most; as many rounds as shares.
    public var shares = [0.2, 0.4, 0.6]
    /// λ.
    public var weight = 1.0
    /// The share of the steps over which it rises.
    public var ramp = 0.0

    /// The defaults.
    public init() {}

    /// What each key means.
    public static let documentation = [
      "shares": "Share of the unlabelled images that each round takes at most.",
      "weight": "Weight of their loss.",
      "ramp": "Share of the steps over which that weight rises.",
    ]

    /// What is out of range.
    public func faults() -> [String] {
      let areShares = !shares.isEmpty && shares.allSatisfy { $0 > 0 && $0 <= 1 }
      return MethodFaults.rising(weight, ramp)
        + (areShares ? [] : ["shares must be one or more numbers above 0 and at most 1"])
    }
  }

  let student: Network
  private let settings: Settings
  private let given: GivenLabels
  private let factor: Double

  var unlabelled: [Int] { given.items }

  init(_ settings: Settings, _ setup: MethodSetup) throws {
    self.settings = settings
    student = try setup.start.copy(on: setup.images.device)
    factor = setup.isSegmentation ? CurriculumRule.factor(setup.round) : 1
    let items = setup.request.unlabelled
    let labeller = Labeller(setup)
    guard setup.isSegmentation else {
      let rule = CurriculumRule(shares: settings.shares)
      given = GivenLabels(
        rule.select(try labeller.rows(items, setup.images), setup.known), of: items)
      return
    }
    let rule = ConfidentRule(
      setup.calibration.thresholds, areas: setup.prior.areas, device: setup.images.device)
    let limit = Int(settings.shares[setup.round] * Double(items.count) + 1e-9)
    let surest = try labeller.believed(items, setup.images, by: rule)
      .sorted { $0.confidence == $1.confidence ? $0.item < $1.item : $0.confidence > $1.confidence }
      .prefix(limit)
    let components = Components(
      most: setup.items.map(setup.request.mask), classes: setup.classes,
      width: setup.images.pixels.width)
    given = GivenLabels(
      maps: { components.keep(rule.labels(labeller($0.images), valid: $0.masks)) },
      of: surest.map(\.item).sorted())
  }

  func weight(_ step: StepContext) -> Double {
    settings.weight * factor * step.gaussianRamp(settings.ramp)
  }

  func terms(_ step: SemiSupStep) -> StepTerms { given.terms(step, student, isStrong: true) }
}

extension PseudoLabelRounds.Settings: MethodSettings {
  var rounds: Int { shares.count }
  var needsConfidentClasses: Bool { true }

  func headRule(
    _ configuration: SemiSupConfiguration, _ request: SemiSupRequest?
  ) -> (any PseudoLabelRule)? { CurriculumRule(shares: shares) }

  func make(_ setup: MethodSetup) throws -> any SemiSupMethod {
    try PseudoLabelRounds(self, setup)
  }
}

/// At most ⌊π_c ρ_r U⌋ images of class c, the surest that reach its threshold.
package struct CurriculumRule: PseudoLabelRule {
  let shares: [Double]
  /// One a share.
  package var rounds: Int { shares.count }

  /// A round for each of the shares.
  package init(shares: [Double]) { self.shares = shares }

  /// What pseudo-labels weigh in a round: those of the first are the least certain.
  static func factor(_ round: Int) -> Double { round == 0 ? 0.5 : 1 }

  package func select(_ probabilities: ClassProbabilities, _ known: KnownLabels) -> [PseudoLabel] {
    let count = Double(probabilities.predicted.count)
    let limits = known.prior.shares.map { Int($0 * shares[known.round] * count + 1e-9) }
    return PseudoLabel.select(probabilities, thresholds: known.thresholds, limits: limits).map {
      PseudoLabel(
        row: $0.row, label: $0.label,
        weight: probabilities[$0.row, $0.label] * Self.factor(known.round))
    }
  }
}

extension MethodSetup {
  /// What rules are told.
  var known: KnownLabels {
    KnownLabels(
      thresholds: calibration.thresholds, prior: prior,
      counts: (0..<classes).map { label in items.count { request.classLabels[$0] == label } },
      round: round)
  }
}
