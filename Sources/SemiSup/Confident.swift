import Base
import Evaluation
import Models
import Torch
import Training

/// Confident predictions become labels: weak view → pseudo-labels, strong view → loss.
///
/// Lee. *Pseudo-Label.* ICML workshop 2013; Sohn et al. *FixMatch.* NeurIPS 2020.
/// <https://arxiv.org/abs/2001.07685>
///
/// L_u is the loss of strongly augmented unlabelled images against the ``ConfidentRule`` on the
/// teacher's prediction of their weak view. λ(t) is the stage's `weight` times the Gaussian ramp.
///
/// - Reads: images of which the start is sure (``PseudoLabelChooser``).
/// - Teacher: the start, unchanged, or the moving average of the student, which is also the result.
/// - Cost: three passes an unlabelled image.
/// - Departures: thresholds by class, from held-out predictions; maps that look wrong are dropped.
struct Confident: SemiSupMethod {
  static let card = MethodCard(
    "predictions that are confident enough for their class become labels; a head on embeddings "
      + "where the trunk is frozen", cost: "3 passes an unlabelled image; of a frozen trunk one",
    regime: "few labels; the default",
    paper: "Lee 2013; Sohn et al. 2020; thresholds by class: own")

  let student: Network
  let average: AveragedNetwork?
  let unlabelled: [Int]
  private let teacher: Network
  private let rule: ConfidentRule
  private let temperature: Double
  private let configuration: SemiSupConfiguration

  init(_ setup: MethodSetup) throws {
    configuration = setup.configuration
    student = try setup.copy(setup.start)
    let chooser = PseudoLabelChooser(
      configuration: configuration, request: setup.request, images: setup.images,
      prior: setup.prior)
    unlabelled = try chooser.choose(setup.start, setup.calibration)
    rule = chooser.rule(setup.calibration)
    temperature = setup.calibration.temperature
    switch configuration.teacher {
    case .start:
      (average, teacher) = (nil, setup.start)
    case .average:
      let following = try AveragedNetwork(following: student, limit: 0.99)
      (average, teacher) = (following, following.network)
    }
  }

  func weight(_ step: StepContext) -> Double {
    configuration.weight * step.gaussianRamp(configuration.ramp)
  }

  func terms(_ step: SemiSupStep) -> StepTerms {
    let seen = step.weak()
    let labels = withoutGradients {
      rule.labels(
        teacher.probabilities(seen.images, temperature: temperature), valid: seen.masks)
    }
    let (known, logits) = step.learn(student, beside: step.strong(seen).images)
    return StepTerms(known: known, unknown: step.loss(logits, labels), labels: labels)
  }
}

extension Confident {
  /// Its settings stand in the stage's own.
  struct Settings: MethodSettings {
    var needsConfidentClasses: Bool { true }

    func headRule(
      _ configuration: SemiSupConfiguration, _ request: SemiSupRequest?
    ) -> (any PseudoLabelRule)? {
      QuotaRule(rounds: configuration.rounds, quota: configuration.quota)
    }

    func make(_ setup: MethodSetup) throws -> any SemiSupMethod { try Confident(setup) }
  }
}

/// The surer part of every predicted class, the same in every round (``PseudoLabel/select``).
struct QuotaRule: PseudoLabelRule {
  let rounds: Int
  let quota: Double

  func select(_ probabilities: ClassProbabilities, _ known: KnownLabels) -> [PseudoLabel] {
    PseudoLabel.select(
      probabilities, thresholds: known.thresholds, quota: quota, prior: known.prior.shares)
  }
}
