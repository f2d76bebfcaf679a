public import Base
import Foundation
import Models
import NN
package import Torch
import Training

/// Agreement with the moving average of the student where the latter is certain.
///
/// Yu, Wang, Li, Fu, Heng. *Uncertainty-aware Self-ensembling Model for Semi-supervised 3D Left
/// Atrium Segmentation.* MICCAI 2019. <https://arxiv.org/abs/1907.07034>; in two dimensions as in
/// SSL4MIS (Luo et al.).
///
/// The teacher sees T noisy copies with dropout: p̄ their mean, H = −Σ p̄ ln(p̄ + 10⁻⁶). With the mask
/// H < (0.75 + 0.25 r(t)) ln C, where r is the Gaussian ramp over the whole run,
/// L_u = Σ mask (s − t)² / (C Σ mask + 10⁻¹⁶), t another noisy pass.
///
/// - Reads: all unlabelled images; soft predictions.
/// - Teacher: the average of the student, which is the result.
/// - Cost: T + 2 passes an unlabelled image.
/// - Randomness: views, noise and dropout of the step.
/// - Departures: the released code keeps ln 2 and the divisor 2 of its two classes whatever C is: a
///   stricter mask and a larger loss (`binaryConstants`).
public struct UncertaintyAwareMeanTeacher: SemiSupMethod {
  static let card = MethodCard(
    "agreement with the average where it is certain; for segmentation",
    cost: "T + 2 passes an unlabelled image", regime: "maps with unsure borders",
    paper: "Yu et al. 2019")
  /// Settings.
  public struct Settings: Codable, Sendable, Equatable, Validatable, Documented {
    /// T.
    public var passes = 8
    /// The final λ.
    public var weight = 0.1
    /// The share of the steps over which it rises.
    public var ramp = 0.3
    /// Deviation of the noise, in standardised units.
    public var noise = 0.1
    /// The average's momentum; nil: 0.99, beyond 10,000 steps 0.999.
    public var momentum: Double?
    /// Whether the constants are those of two classes, as in the released code.
    public var binaryConstants = false

    /// The defaults.
    public init() {}

    /// What each key means.
    public static let documentation = [
      "passes": "Noisy passes of the teacher that uncertainty is measured by; 4 on a CPU.",
      "weight": "Final weight of the agreement.",
      "ramp": "Share of the steps over which that weight rises.",
      "noise": "Deviation of the noise on the teacher's images.",
      "momentum": "The average's momentum; null: 0.99, beyond 10,000 steps 0.999.",
      "binaryConstants": "Whether ln 2 and the divisor 2 of the released code stand for any number "
        + "of classes.",
    ]

    /// What is out of range.
    public func faults() -> [String] {
      var faults = MethodFaults.rising(weight, ramp) + MethodFaults.momentum(momentum)
      if passes < 1 { faults.append("passes must be at least 1") }
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

  func weight(_ step: StepContext) -> Double { settings.weight * step.gaussianRamp(settings.ramp) }

  func terms(_ step: SemiSupStep) -> StepTerms {
    let seen = step.weak()
    let (known, logits) = step.learn(student, beside: seen.images)
    func noisyPass(_ name: String) -> Tensor {
      teacher.logits(
        step.noisy(seen.images, deviation: settings.noise, "noise \(name)"),
        step.pass("teacher \(name)")
      ).softmax(dim: 1)
    }
    let (mean, target) = withoutGradients {
      let sum = (1..<settings.passes).reduce(noisyPass("0")) { $0 + noisyPass("\($1)") }
      return (sum / settings.passes, noisyPass("target"))
    }
    let mask = withoutGradients {
      Self.mask(
        mean, progress: step.context.gaussianRamp(1), binary: settings.binaryConstants
      ).logicalAnd(step.valid(seen))
    }
    return StepTerms(
      known: known,
      unknown: Self.loss(
        logits.softmax(dim: 1), target, mask: mask, binary: settings.binaryConstants),
      labels: step.predicted(mean, seen).maskedFill(mask.logicalNot(), step.absent),
      logs: [("mask", mask.to(.float32).mean())])
  }

  /// Where H < (0.75 + 0.25 r) ln C, `[B, H, W]` of mean probabilities `[B, C, H, W]`.
  package static func mask(_ mean: Tensor, progress: Double, binary: Bool = false) -> Tensor {
    let entropy = -(mean * (mean + 1e-6).log()).sum(dim: [1])
    let most = log(Double(binary ? 2 : mean.shape[1]))
    return entropy.lt((0.75 + 0.25 * progress) * most)
  }

  /// Σ mask (s − t)² / (C Σ mask + 10⁻¹⁶); 0 where nothing is certain.
  package static func loss(
    _ student: Tensor, _ teacher: Tensor, mask: Tensor, binary: Bool = false
  ) -> Tensor {
    let difference = student - teacher
    let weights = mask.unsqueeze(1).to(student.dtype)
    let divisor = Double(binary ? 2 : student.shape[1])
    return (difference * difference * weights).sum() / (weights.sum() * divisor + 1e-16)
  }
}

extension UncertaintyAwareMeanTeacher.Settings: MethodSettings {
  func objection(to model: ModelConfiguration) -> Objection? {
    model.architecture.isSegmentation
      ? nil
      : Objection(
        what: "ua-mt masks pixels by their uncertainty, and a classifier has none",
        remedy: "use mean-teacher, fixmatch or mixmatch for classification")
  }

  func momentum(steps: Int) -> Double? { AveragedNetwork.limit(momentum, steps: steps) }

  func make(_ setup: MethodSetup) throws -> any SemiSupMethod {
    try UncertaintyAwareMeanTeacher(self, setup)
  }
}
