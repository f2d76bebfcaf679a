public import Base
import Models
import NN
package import Torch
import Training

/// What the network is sure of in a weak view is the label of the strong view.
///
/// Sohn et al. *FixMatch.* NeurIPS 2020. <https://arxiv.org/abs/2001.07685>
///
/// L_u = (1 / n) Σ w(p_weak) CE(argmax p_weak, p_strong) over unlabelled images, or over their pixels
/// away from contours and inside images; w is 1 from the threshold on, or what ``ThresholdChoice``
/// makes of it, and n counts all (the paper) or those with w > 0.
///
/// - Reads: all unlabelled images, in calibrated probabilities of the student itself.
/// - Result: the moving average of the student.
/// - Cost: two passes an unlabelled image, one of them without gradient.
/// - Departures: no warp but the weak one in strong views, so that maps fit; the weak pass is in
///   evaluation mode. An unsure pixel is absent, never background: widely copied code multiplies
///   unsure probabilities by 0 and takes the argmax, which is class 0.
public struct FixMatch: SemiSupMethod {
  static let card = MethodCard(
    "confident weak views label strong views", cost: "2 passes an unlabelled image",
    regime: "some labels of each class, images that bear strong augmentation",
    paper: "Sohn et al. 2020")

  /// What the sum over predictions is divided by.
  public enum Norm: String, Codable, Sendable, CaseIterable {
    /// All, believed or not: few believed ones weigh little.
    case all
    /// The believed ones.
    case kept
  }

  /// Settings.
  public struct Settings: Codable, Sendable, Equatable, Validatable, Documented {
    /// λ.
    public var weight = 1.0
    /// When a prediction is believed.
    public var threshold = ThresholdChoice.fixed(.init())
    /// What the loss is divided by.
    public var norm = Norm.all
    /// The average's momentum; nil: 0.99, beyond 10,000 steps 0.999.
    public var momentum: Double?

    /// The defaults.
    public init() {}

    /// What each key means.
    public static let documentation = [
      "weight": "Weight of the unlabelled images' loss, from the first step on.",
      "threshold": "When a prediction is believed.",
      "norm": "What the loss is divided by: all predictions, or the kept ones.",
      "momentum": "Momentum of the average that comes out; null: 0.99, beyond 10,000 steps 0.999.",
    ]

    /// What is out of range.
    public func faults() -> [String] {
      MethodFaults.rising(weight, 0) + MethodFaults.momentum(momentum)
    }
  }

  let student: Network
  let average: AveragedNetwork?
  let unlabelled: [Int]
  private let settings: Settings
  private let labeller: ViewLabeller

  var extras: [(name: String, tensor: Tensor)] { labeller.threshold.extras }

  init(_ settings: Settings, _ setup: MethodSetup) throws {
    self.settings = settings
    student = try setup.start.copy(on: setup.images.device)
    average = try AveragedNetwork(
      following: student, limit: AveragedNetwork.limit(settings.momentum, steps: setup.steps))
    unlabelled = setup.request.unlabelled
    labeller = ViewLabeller(
      threshold: settings.threshold.make(setup), temperature: setup.calibration.temperature)
  }

  func weight(_ step: StepContext) -> Double { settings.weight }

  func terms(_ step: SemiSupStep) -> StepTerms {
    let seen = step.weak()
    let believed = labeller.labels(student, seen)
    let (known, logits) = step.learn(student, beside: step.strong(seen).images)
    let unknown = Self.loss(
      logits, believed.labels, weights: believed.weights, norm: settings.norm)
    let fairness = labeller.threshold.fairness(logits, weights: believed.weights)
    return StepTerms(
      known: known, unknown: fairness.map { unknown + $0 } ?? unknown,
      labels: believed.counted(absent: step.absent),
      logs: [("mask", believed.weights.mean())])
  }

  /// (1 / n) Σ w CE; 0 where nothing is believed.
  ///
  /// - Parameters:
  ///   - logits: `[B, C]` or `[B, C, H, W]`.
  ///   - labels: int64 `[B]` or `[B, H, W]`, a class everywhere.
  ///   - weights: w, of the same shape.
  ///   - norm: what n counts.
  /// - Returns: a scalar.
  package static func loss(_ logits: Tensor, _ labels: Tensor, weights: Tensor, norm: Norm)
    -> Tensor
  {
    let sum = (Loss.crossEntropies(logits, labels) * weights).sum()
    switch norm {
    case .all: return sum / Double(weights.count)
    case .kept:
      return sum / withoutGradients { weights.gt(0).to(weights.dtype).sum() }.clamp(min: 1)
    }
  }
}

extension FixMatch.Settings: MethodSettings {
  func momentum(steps: Int) -> Double? { AveragedNetwork.limit(momentum, steps: steps) }

  func make(_ setup: MethodSetup) throws -> any SemiSupMethod { try FixMatch(self, setup) }
}
