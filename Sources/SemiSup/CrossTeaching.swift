public import Base
public import Models
import NN
import Torch
import Training

/// Two networks of different architectures, each of which learns the other's maps.
///
/// Luo, Hu, Song, Wang, Zhang. *Semi-Supervised Medical Image Segmentation via Cross Teaching between
/// CNN and Transformer.* MIDL 2022. <https://arxiv.org/abs/2112.04894>
///
/// L_x is the sum of both networks' supervised losses, L_u = Dice(p₁, argmax z₂) + Dice(p₂, argmax z₁)
/// on the same weak view, over all pixels inside images.
///
/// - Reads: all unlabelled images.
/// - Result: the first network, which began as the start; the partner began anew and was first
///   trained on the labels alone.
/// - Cost: two networks, one pass each an image, and the partner's own training.
/// - Partner: as published a U-Net and a Swin-UNet teach each other, where the image's size lets
///   windows tile it; elsewhere two convolutional U-Nets.
/// - Departures: the ramp is a share of the run. The widely copied one counts in 200 units of 150
///   steps: a run of 10,000 steps climbs a third of it, to λ = 0.0106 instead of 0.1 (`ramp: 3`).
public struct CrossTeaching: SemiSupMethod {
  static let card = MethodCard(
    "two architectures label each other; for segmentation", cost: "2 networks, 2 passes an image",
    regime: "a partner that is pretrained or has enough labels", paper: "Luo et al. 2022")
  /// Settings.
  public struct Settings: Codable, Sendable, Equatable, Validatable, Documented {
    /// The second network; nil: ``Architecture/swinUNet`` where the images allow one, else
    /// ``Architecture/unetPlain``, or beside that one a residual U-Net.
    public var partner: Architecture?
    /// The final λ.
    public var weight = 0.1
    /// The share of the steps over which it rises; above 1 it is never reached.
    public var ramp = 0.3

    /// The defaults.
    public init() {}

    /// What each key means.
    public static let documentation = [
      "partner": "Architecture of the second network, of another kind than the first; null: "
        + "swin-unet (beside one unet-plain); where it cannot tile the images unet-plain, beside "
        + "that one unet-resnet18.",
      "weight": "Final weight of the other network's maps.",
      "ramp": "Share of the steps over which that weight rises; above 1 it is never reached.",
    ]

    /// What is out of range.
    public func faults() -> [String] {
      MethodFaults.rising(weight, ramp)
        + (partner?.isSegmentation ?? true
          ? [] : ["partner must be a segmentation network, such as unet-resnet18"])
    }
  }

  let student: Network
  let peer: Network?
  let unlabelled: [Int]
  private let other: Network
  private let settings: Settings

  init(_ settings: Settings, _ setup: MethodSetup) throws {
    self.settings = settings
    student = try setup.start.copy(on: setup.images.device)
    other = try setup.makePeer(settings.model(beside: setup.start.configuration))
    peer = other
    unlabelled = setup.request.unlabelled
  }

  func weight(_ step: StepContext) -> Double { settings.weight * step.gaussianRamp(settings.ramp) }

  func terms(_ step: SemiSupStep) -> StepTerms {
    let seen = step.weak()
    let (known, logits) = step.learn(student, beside: seen.images)
    let (otherKnown, otherLogits) = step.learn(other, beside: seen.images, pass: "peer")
    let inside = step.valid(seen)
    func disagreement(_ logits: Tensor, _ others: Tensor) -> Tensor {
      Loss.softDice(
        logits.softmax(dim: 1), withoutGradients { others.argmax(dim: 1) }, keep: inside)
    }
    let shares = withoutGradients { otherLogits.softmax(dim: 1) }
    return StepTerms(
      known: known + otherKnown,
      unknown: disagreement(logits, otherLogits) + disagreement(otherLogits, logits),
      labels: step.predicted(shares, seen),
      logs: [("agreement", step.agreement(logits, otherLogits))])
  }
}

extension CrossTeaching.Settings: MethodSettings {
  /// The partner of a network: what is asked for, else the first of the published pair and of the
  /// convolutional ones that differs from it and can be built for its images.
  package func model(beside model: ModelConfiguration) -> ModelConfiguration {
    let candidates = partner.map { [$0] } ?? [.swinUNet, .unetPlain, .unetResNet18]
    let models = candidates.map { Self.model($0, like: model) }
    return models.first { $0.architecture != model.architecture && $0.faults().isEmpty }
      ?? models[0]
  }

  /// The same with another architecture, whose patches are its own.
  private static func model(
    _ architecture: Architecture, like model: ModelConfiguration
  ) -> ModelConfiguration {
    var other = model
    other.architecture = architecture
    other.patch = architecture.patch(imageSize: model.imageSize)
    return other
  }

  func objection(to model: ModelConfiguration) -> Objection? {
    guard model.architecture.isSegmentation else {
      return Objection(
        what: "cross-teaching compares maps, and a classifier gives none",
        remedy: "use cps, whose two networks compare classes")
    }
    let other = self.model(beside: model)
    if model.architecture == other.architecture {
      return Objection(
        what: "cross-teaching wants two architectures, but both are \(model.architecture.rawValue)",
        remedy: "set semisup.method.cross-teaching.partner to another one, or use cps")
    }
    return other.faults().first.map {
      Objection(
        what: "the partner \(other.architecture.rawValue) cannot be built for these images: \($0)",
        remedy: "set semisup.method.cross-teaching.partner to another one, or use cps")
    }
  }

  func make(_ setup: MethodSetup) throws -> any SemiSupMethod { try CrossTeaching(self, setup) }
}
