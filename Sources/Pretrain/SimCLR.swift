public import Base
import NN
import Torch
import Training

/// Contrastive learning: two views of an image attract, all other images repel.
///
/// Chen, Kornblith, Norouzi, Hinton. *A Simple Framework for Contrastive Learning of Visual
/// Representations.* ICML 2020. <https://arxiv.org/abs/2002.05709>
///
/// - Reads: images `[B, C, H, W]`, at most one image of a group a batch where the pool allows it.
/// - Loss: ``ContrastiveLoss`` of a projection head h → hidden → output with ReLU between.
/// - Cost: two passes of the trunk an image and O(B² D).
/// - Departures: small heads and SGD, as suits pools of thousands of images; the paper uses LARS at
///   batches of thousands. τ = 0.2; below a batch of 256 the paper's 0.1 is unstable.
public struct SimCLR: JointEmbedding {
  /// Settings.
  public struct Settings: Codable, Sendable, Equatable, Validatable, Documented {
    /// τ.
    public var temperature = 0.2
    /// Features of the projection head's hidden layer.
    public var hidden = 512
    /// Features of its output.
    public var output = 128

    /// The defaults.
    public init() {}

    /// What each key means.
    public static let documentation = [
      "temperature": "Temperature τ of the similarities.",
      "hidden": "Features of the projection head's hidden layer.",
      "output": "Features of its output.",
    ]

    /// What is out of range.
    public func faults() -> [String] {
      temperature > 0 && hidden > 0 && output > 0
        ? [] : ["simclr: temperature, hidden and output must be above 0"]
    }
  }

  let context: PretrainContext
  let heads: [(name: String, store: ParameterStore)]
  private let encoder: Encoder<MLP>
  private let contrast: ContrastiveLoss

  init(_ settings: Settings, _ context: PretrainContext) {
    self.context = context
    encoder = Encoder(context.network, key: context.key.folding("projector")) { scope in
      MLP([context.width, settings.hidden, settings.output], ending: .affine, in: scope)
    }
    heads = [("projector", encoder.store)]
    contrast = ContrastiveLoss(temperature: settings.temperature)
  }

  func loss(_ step: StepContext) -> StepLoss {
    let (a, b) = step.inputs(context.views)
    let projections = encoder(cat([a, b], dim: 0), step.pass).chunk(2)
    return StepLoss(
      contrast(projections[0], projections[1], groups: context.groups(step.batch.items)))
  }

  func project(_ images: Tensor) -> Tensor { encoder(images, .evaluate) }

  var advice: String {
    "lower baseRate, raise batch or method.simclr.temperature, check the modality of the "
      + "augmentation, or use method vicreg, whose loss keeps projections apart"
  }
}

extension SimCLR.Settings: PretrainSettings {
  static let name = "simclr"
  static let card = MethodCard(
    "two views against all other images; for classification",
    cost: "2 passes an image, O(B²·D)", regime: "1,000 images and more, batches of 64 and more",
    paper: "Chen, Kornblith, Norouzi, Hinton 2020")
  static let networks = NetworkDemand.classifier

  func method(_ context: PretrainContext) -> any PretrainMethod { SimCLR(self, context) }
}
