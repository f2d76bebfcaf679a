public import Base
import Models
import NN
package import Torch
import Training

/// Agreement with the moving average of the student under other noise.
///
/// Tarvainen, Valpola. *Mean Teachers Are Better Role Models.* NeurIPS 2017.
/// <https://arxiv.org/abs/1703.01780>; for maps as in SSL4MIS (Luo et al.).
///
/// Classification: L_u = mean (softmax s(A₁x) − softmax t(A₂x))² over classes, of labelled and
/// unlabelled images under two weak views. Segmentation: of unlabelled images under one weak view, to
/// which the teacher's copy adds noise clamp(N(0, 0.1²), ±0.2), over classes and pixels inside images.
///
/// - Reads: all unlabelled images, soft predictions: no threshold.
/// - Teacher: the average of the student, in evaluation mode; it is the result.
/// - Cost: two passes an image.
/// - Randomness: views, noise and dropout of the step.
/// - Departures: averaged statistics instead of the teacher's own (EMAN, CVPR 2021).
public struct MeanTeacher: SemiSupMethod {
  static let card = MethodCard(
    "agreement with the student's moving average", cost: "2 passes an image",
    regime: "segmentation; weak for classification", paper: "Tarvainen, Valpola 2017")
  /// Settings.
  public struct Settings: Codable, Sendable, Equatable, Validatable, Documented {
    /// The final λ; nil: 8 for images, 0.1 for maps.
    public var weight: Double?
    /// The share of the steps over which it rises.
    public var ramp = 0.3
    /// The share of the steps before which it is 0.
    public var delay = 0.03
    /// The average's momentum; nil: 0.99, beyond 10,000 steps 0.999.
    public var momentum: Double?
    /// Deviation of the noise on the teacher's images (segmentation), in standardised units.
    public var noise = 0.1

    /// The defaults.
    public init() {}

    /// What each key means.
    public static let documentation = [
      "weight": "Final weight of the agreement; null: 8 for images, 0.1 for maps.",
      "ramp": "Share of the steps over which that weight rises.",
      "delay": "Share of the steps before which it is 0.",
      "momentum": "The average's momentum; null: 0.99, beyond 10,000 steps 0.999.",
      "noise": "Deviation of the noise on the teacher's images (segmentation).",
    ]

    /// What is out of range.
    public func faults() -> [String] {
      var faults = MethodFaults.rising(weight ?? 0, ramp) + MethodFaults.momentum(momentum)
      if !(0...1).contains(delay) { faults.append("delay must lie in 0 ... 1") }
      if noise < 0 { faults.append("noise must not be negative") }
      return faults
    }
  }

  let student: Network
  let average: AveragedNetwork?
  let unlabelled: [Int]
  private let teacher: Network
  private let settings: Settings

  init(_ settings: Settings, _ setup: MethodSetup) throws {
    self.settings = settings
    student = try setup.start.copy(on: setup.images.device)
    let following = try AveragedNetwork(
      following: student, limit: AveragedNetwork.limit(settings.momentum, steps: setup.steps))
    (average, teacher) = (following, following.network)
    unlabelled = setup.request.unlabelled
  }

  func weight(_ step: StepContext) -> Double {
    guard step.share >= settings.delay else { return 0 }
    return (settings.weight ?? (student.isSegmentation ? 0.1 : 8))
      * step.gaussianRamp(settings.ramp)
  }

  func terms(_ step: SemiSupStep) -> StepTerms {
    student.isSegmentation ? maps(step) : images(step)
  }

  private func images(_ step: SemiSupStep) -> StepTerms {
    let (seen, other) = (step.weak(), step.weak(view: 1))
    let labelledAgain = step.context.batch.augmented(step.frame.weak, view: 1)
    let target = withoutGradients {
      teacher.probabilities(cat([labelledAgain.images, other.images], dim: 0))
    }
    let count = step.labelled.items.count
    let logits = student.logits(cat([step.labelled.images, seen.images], dim: 0), step.pass())
    let known = step.frame.supervised(
      logits.narrow(dim: 0, start: 0, length: count), step.labelled)
    return StepTerms(
      known: known, unknown: Loss.meanSquared(logits.softmax(dim: 1), target),
      labels: step.predicted(
        target.narrow(dim: 0, start: count, length: other.items.count), other))
  }

  private func maps(_ step: SemiSupStep) -> StepTerms {
    let seen = step.weak()
    let (known, logits) = step.learn(student, beside: seen.images)
    let target = withoutGradients {
      teacher.probabilities(step.noisy(seen.images, deviation: settings.noise))
    }
    return StepTerms(
      known: known,
      unknown: Self.disagreement(logits.softmax(dim: 1), target, valid: step.valid(seen)),
      labels: step.predicted(target, seen))
  }

  /// mean over classes and valid pixels of (s − t)², of `[B, C, H, W]`.
  package static func disagreement(_ student: Tensor, _ teacher: Tensor, valid: Tensor) -> Tensor {
    let difference = student - teacher
    let mask = valid.unsqueeze(1).to(student.dtype)
    return (difference * difference * mask).sum()
      / (mask.sum() * student.shape[1]).clamp(min: 1)
  }
}

extension MeanTeacher.Settings: MethodSettings {
  func momentum(steps: Int) -> Double? { AveragedNetwork.limit(momentum, steps: steps) }

  func make(_ setup: MethodSetup) throws -> any SemiSupMethod { try MeanTeacher(self, setup) }
}
