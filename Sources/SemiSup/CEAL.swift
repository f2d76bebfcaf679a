public import Base
package import Evaluation
import Foundation
import Models
import NN
import Torch
import Training

/// Images of which the network is almost certain get its label for one round.
///
/// Wang, Zhang, Li, Zhang, Lin. *Cost-Effective Active Learning for Deep Image Classification.* IEEE
/// TCSVT 2016. <https://arxiv.org/abs/1701.03551>
///
/// An unlabelled image whose entropy −Σ p ln p is below δ_t = max(0, δ₀ − d t) in round t of active
/// learning is trained on with the class argmax p, beside the labels. Nothing is written down: the
/// next round begins from the labels of people alone.
///
/// - Reads: calibrated probabilities of all unlabelled images.
/// - Cost: one pass over the pool and one training.
/// - Departures: of more than two classes the entropy is divided by ln C; no class gets more than its
///   number of labels (`capped: false` is the paper). Maps: pixels below δ_t ln C, beside no contour,
///   in images of which at least half is left. Off in the first round and where the labels alone are
///   too weak.
public struct CEAL: SemiSupMethod {
  static let card = MethodCard(
    "almost certain predictions are labels for one round",
    cost: "1 pass over the pool, 1 training", regime: "inside rounds of active learning",
    paper: "Wang et al. 2016")
  /// Settings.
  public struct Settings: Codable, Sendable, Equatable, Validatable, Documented {
    /// δ₀.
    public var entropy = 0.05
    /// d.
    public var decay = 0.0033
    /// Whether the entropy is divided by ln C; nil: of more than two classes.
    public var normalized: Bool?
    /// Whether a class gets at most as many pseudo-labels as it has labels.
    public var capped = true
    /// The first round that uses it.
    public var from = 1
    /// The least out-of-fold score of the labels alone.
    public var score = 0.7
    /// λ.
    public var weight = 1.0

    /// The defaults.
    public init() {}

    /// What each key means.
    public static let documentation = [
      "entropy": "The entropy below which a prediction becomes a label, in the first round.",
      "decay": "What it falls by each round.",
      "normalized": "Whether the entropy is divided by ln C; null: of more than two classes.",
      "capped": "Whether a class gets at most as many pseudo-labels as it has labels.",
      "from": "The first round that uses it, counted from 0.",
      "score": "The least out-of-fold score of the labels alone.",
      "weight": "Weight of the pseudo-labels' loss.",
    ]

    /// What is out of range.
    public func faults() -> [String] {
      var faults = MethodFaults.rising(weight, 0)
      if !(entropy > 0 && decay >= 0) {
        faults.append("entropy must be above 0, decay not negative")
      }
      if from < 0 { faults.append("from must not be negative") }
      if !(0...1).contains(score) { faults.append("score must lie in 0 ... 1") }
      return faults
    }
  }

  let student: Network
  private let settings: Settings
  private let given: GivenLabels

  var unlabelled: [Int] { given.items }

  init(_ settings: Settings, _ setup: MethodSetup) throws {
    self.settings = settings
    student = try setup.start.copy(on: setup.images.device)
    let items = setup.request.unlabelled
    let labeller = Labeller(setup)
    let rule = EntropyRule(settings, round: setup.request.round)
    guard setup.isSegmentation else {
      given = GivenLabels(
        rule.select(try labeller.rows(items, setup.images), setup.known), of: items)
      return
    }
    let limit = rule.limit(classes: setup.classes)
    let confident = ConfidentRule(areas: setup.prior.areas) { Loss.entropies($0).ge(limit) }
    given = GivenLabels(
      maps: { confident.labels(labeller($0.images), valid: $0.masks) },
      of: try labeller.believed(items, setup.images, by: confident).map(\.item))
  }

  func weight(_ step: StepContext) -> Double { settings.weight }

  func terms(_ step: SemiSupStep) -> StepTerms { given.terms(step, student, isStrong: false) }
}

extension CEAL.Settings: MethodSettings {
  func refusal(_ request: SemiSupRequest) -> Verdict? {
    request.round < from
      ? Verdict(
        .earlyRound, "this is round \(request.round) of active learning; it begins in round \(from)"
      )
      : nil
  }

  func refusal(score: Double) -> Verdict? {
    score < self.score
      ? Verdict(
        .weakModel,
        String(
          format: "the labels alone reach only %.3f on held-out images; ceal wants %.3f", score,
          self.score))
      : nil
  }

  func headRule(
    _ configuration: SemiSupConfiguration, _ request: SemiSupRequest?
  ) -> (any PseudoLabelRule)? { EntropyRule(self, round: request?.round ?? 0) }

  func make(_ setup: MethodSetup) throws -> any SemiSupMethod { try CEAL(self, setup) }
}

/// Images whose entropy is below δ_t, the surest of each class first.
package struct EntropyRule: PseudoLabelRule {
  private let settings: CEAL.Settings
  /// δ_t.
  package let threshold: Double
  /// One.
  package let rounds = 1

  /// - Parameters:
  ///   - settings: δ₀, its fall, and the cap.
  ///   - round: t.
  package init(_ settings: CEAL.Settings, round: Int) {
    self.settings = settings
    threshold = max(0, settings.entropy - settings.decay * Double(round))
  }

  /// δ_t in nats.
  func limit(classes: Int) -> Double {
    settings.normalized ?? (classes > 2) ? threshold * log(Double(classes)) : threshold
  }

  package func select(_ probabilities: ClassProbabilities, _ known: KnownLabels) -> [PseudoLabel] {
    let predicted = probabilities.predicted
    let limit = limit(classes: known.counts.count)
    let entropies = predicted.indices.map { row in
      known.counts.indices.reduce(0.0) { sum, label in
        let share = Double(probabilities[row, label])
        return share > 0 ? sum - share * log(share) : sum
      }
    }
    return known.counts.indices.flatMap { label in
      let rows = predicted.indices.filter { predicted[$0] == label && entropies[$0] < limit }
        .sorted { entropies[$0] == entropies[$1] ? $0 < $1 : entropies[$0] < entropies[$1] }
      return rows.prefix(settings.capped ? known.counts[label] : rows.count)
        .map { PseudoLabel(row: $0, label: label) }
    }.sorted { $0.row < $1.row }
  }
}
