public import Base
import Models
import NN
package import Torch
import Training

/// Two networks of one architecture and other beginnings, each of which learns what the other is sure
/// of.
///
/// Chen, Yuan, Zeng, Wang. *Semi-Supervised Semantic Segmentation with Cross Pseudo Supervision.*
/// CVPR 2021. <https://arxiv.org/abs/2106.01226>
///
/// L_x is the sum of both networks' supervised losses, L_u = CE(z₁, argmax z₂) + CE(z₂, argmax z₁) on
/// the same weak view, where the other's calibrated confidence reaches a threshold.
///
/// - Reads: all unlabelled images.
/// - Result: the first network, which began as the start; the second began anew and was first trained
///   on the labels alone.
/// - Cost: two networks, one pass each an image, and the second one's own training.
/// - Departures: a threshold (0 is the paper); no CutMix; in maps nothing is believed beside a
///   contour; both networks begin trained, since two beginners teach each other noise.
public struct CrossPseudoSupervision: SemiSupMethod {
  static let card = MethodCard(
    "two networks of other beginnings label each other", cost: "2 networks, 2 passes an image",
    regime: "segmentation with tens of labels and more", paper: "Chen et al. 2021")
  /// Settings.
  public struct Settings: Codable, Sendable, Equatable, Validatable, Documented {
    /// The final λ.
    public var weight = 0.5
    /// The share of the steps over which it rises.
    public var ramp = 0.3
    /// The least confidence.
    public var confidence = 0.7

    /// The defaults.
    public init() {}

    /// What each key means.
    public static let documentation = [
      "weight": "Final weight of the other network's labels.",
      "ramp": "Share of the steps over which that weight rises.",
      "confidence": "Least calibrated confidence of a label; 0 takes all, as published.",
    ]

    /// What is out of range.
    public func faults() -> [String] {
      MethodFaults.rising(weight, ramp)
        + ((0...1).contains(confidence) ? [] : ["confidence must lie in 0 ... 1"])
    }
  }

  let student: Network
  let peer: Network?
  let unlabelled: [Int]
  private let other: Network
  private let rule: ConfidentRule
  private let temperature: Double
  private let settings: Settings

  init(_ settings: Settings, _ setup: MethodSetup) throws {
    self.settings = settings
    student = try setup.start.copy(on: setup.images.device)
    other = try setup.makePeer(setup.start.configuration)
    peer = other
    unlabelled = setup.request.unlabelled
    temperature = setup.calibration.temperature
    rule = ConfidentRule(
      Array(repeating: settings.confidence, count: setup.classes), device: setup.images.device)
  }

  func weight(_ step: StepContext) -> Double { settings.weight * step.gaussianRamp(settings.ramp) }

  func terms(_ step: SemiSupStep) -> StepTerms {
    let seen = step.weak()
    let (known, logits) = step.learn(student, beside: seen.images)
    let (otherKnown, otherLogits) = step.learn(other, beside: seen.images, pass: "peer")
    func labels(_ logits: Tensor) -> Tensor {
      withoutGradients {
        rule.labels((logits / temperature).softmax(dim: 1), valid: seen.masks)
      }
    }
    let (mine, theirs) = (labels(logits), labels(otherLogits))
    return StepTerms(
      known: known + otherKnown,
      unknown: Self.loss((logits, otherLogits), labels: (mine, theirs), absent: step.absent),
      labels: theirs, logs: [("agreement", step.agreement(logits, otherLogits))])
  }

  /// CE(z₁, ŷ₂) + CE(z₂, ŷ₁), each over what is not absent; 0 where nothing is believed.
  ///
  /// - Parameters:
  ///   - logits: of both networks, `[B, C]` or `[B, C, H, W]`.
  ///   - labels: what each network believes, int64 `[B]` or `[B, H, W]`.
  ///   - absent: what stands for no label.
  /// - Returns: a scalar.
  package static func loss(
    _ logits: (Tensor, Tensor), labels: (Tensor, Tensor), absent: Int
  ) -> Tensor {
    Loss.crossEntropy(logits.0, labels.1, ignoring: absent)
      + Loss.crossEntropy(logits.1, labels.0, ignoring: absent)
  }
}

extension CrossPseudoSupervision.Settings: MethodSettings {
  func make(_ setup: MethodSetup) throws -> any SemiSupMethod {
    try CrossPseudoSupervision(self, setup)
  }
}

extension SemiSupStep {
  /// The share of images or pixels that two networks call by the same class: near 1 early on, they
  /// have nothing left to teach each other.
  func agreement(_ one: Tensor, _ other: Tensor) -> Tensor {
    withoutGradients { one.argmax(dim: 1).eq(other.argmax(dim: 1)).to(.float32).mean() }
  }
}
