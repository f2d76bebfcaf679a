public import Base
import NN
import Torch
import Training

/// Momentum contrast: a view finds its image's other view among a queue of earlier images.
///
/// He, Fan, Wu, Xie, Girshick. *Momentum Contrast for Unsupervised Visual Representation Learning.*
/// CVPR 2020. <https://arxiv.org/abs/1911.05722>; version 2: Chen, Fan, Girshick, He. *Improved
/// Baselines with Momentum Contrastive Learning.* 2020. <https://arxiv.org/abs/2003.04297>
///
/// - Reads: images `[B, C, H, W]`, at most one image of a group a batch where the pool allows it.
/// - Loss: ``KeyQueue/contrast(_:_:owners:temperature:)`` of a query from the network and the key
///   of the other view from a target that follows it, θ′ ← m θ′ + (1 − m) θ; the mean of both
///   directions. Head: linear, ReLU, linear, without normalisation.
/// - Cost: two passes forward and back and two forward an image, O(B K D).
/// - Randomness: views, first values, parts of the key batch; all from the run's key.
/// - Departures: both views are queries (the paper: one), as suits small pools; one key an image
///   enters the queue, so that its length counts images. Keys of the image itself and of its group
///   are no negatives. The keys' batch is normalised in random parts where the paper shuffles it
///   over devices. Momentum fits the number of steps, where the paper has 0.999.
public struct MoCo: JointEmbedding {
  /// Settings.
  public struct Settings: Codable, Sendable, Equatable, Validatable, Documented {
    /// τ.
    public var temperature = 0.2
    /// Features of the projection head's hidden layer.
    public var hidden = 512
    /// Features of its output.
    public var output = 128
    /// Weight of the target's past; nil: by the number of steps.
    public var momentum: Double?
    /// Keys in the queue; nil: by the number of images.
    public var queue: Int?
    /// Parts of the key batch that are normalised apart.
    public var bnSplits = 4
    /// Whether keys of an image's own group are no negatives.
    public var masksOwn = true

    /// The defaults.
    public init() {}

    /// What each key means.
    public static let documentation = [
      "temperature": "Temperature τ of the similarities.",
      "hidden": "Features of the projection head's hidden layer.",
      "output": "Features of its output.",
      "momentum": TargetMomentum.documentation,
      "queue":
        "Keys in the queue, in full batches; null: half of the images, at most 4096. A longer one "
        + "holds an image's own older keys.",
      "bnSplits": "Parts of the key batch that are normalised apart from one another.",
      "masksOwn": "Whether keys of an image's own group (patient) are kept out of its negatives.",
    ]

    /// What is out of range.
    public func faults() -> [String] {
      let isFit = temperature > 0 && hidden > 0 && output > 0 && bnSplits > 0 && queue ?? 1 > 0
      return
        (isFit
        ? [] : ["moco: temperature, hidden, output, queue and bnSplits must be above 0"])
        + TargetMomentum.faults(momentum, of: "moco")
    }
  }

  let context: PretrainContext
  let heads: [(name: String, store: ParameterStore)]
  let teacher: Teacher?
  private let settings: Settings
  private let encoder: Encoder<MLP>
  private let target: Encoder<MLP>
  private let queue: KeyQueue

  init(_ settings: Settings, _ context: PretrainContext) throws {
    (self.settings, self.context) = (settings, context)
    encoder = Encoder(context.network, key: context.key.folding("projector")) { scope in
      MLP(
        [context.width, settings.hidden, settings.output], normalizes: false, ending: .affine,
        in: scope)
    }
    heads = [("projector", encoder.store)]
    let following = try encoder.target(
      momentum: TargetMomentum.constant(settings.momentum, steps: context.configuration.steps))
    (target, teacher) = (following.encoder, following.teacher)
    queue = KeyQueue(
      length: KeyQueue.length(settings.queue, images: context.images, batch: context.batch),
      width: settings.output, device: context.device,
      key: context.key.folding("queue"))
  }

  var extras: [(name: String, tensor: Tensor)] {
    queue.state.map { ("queue.\($0.name)", $0.tensor) }
  }

  func loss(_ step: StepContext) -> StepLoss {
    let (a, b) = step.inputs(context.views)
    let groups = context.groups(step.batch.items)
    let owners = Tensor(groups, [groups.count], device: a.device)
    let keys = [a, b].enumerated().map { side, images in
      withoutGradients {
        GhostBatches(settings.bnSplits)(images, key: step.key.folding("ghost").folding(side)) {
          [target($0, step.pass.folding("key"))]
        }[0]
      }
    }
    let losses = [a, b].enumerated().map { side, images in
      queue.contrast(
        encoder(images, step.pass.folding(side)), keys[1 - side],
        owners: settings.masksOwn ? owners : nil, temperature: settings.temperature)
    }
    queue.push(keys[1], owners: owners, step: step.step)
    return StepLoss((losses[0] + losses[1]) / 2)
  }

  func project(_ images: Tensor) -> Tensor { encoder(images, .evaluate) }
}

extension MoCo.Settings: PretrainSettings {
  static let name = "moco"
  static let card = MethodCard(
    "finds an image's other view in a queue of earlier images (version 2)",
    cost: "4 passes an image, 2 of them forward only, O(B·K·D)",
    regime: "convolutional networks, small batches, 1,000 images and more",
    paper: "He, Fan, Wu, Xie, Girshick 2020; Chen, Fan, Girshick, He 2020")
  static let networks = NetworkDemand.convolutional(
    because: "its queue holds keys of a slowly moving target, which a transformer outruns",
    otherwise: "moco-v3 for a vision transformer, or dense for a segmentation network")

  func method(_ context: PretrainContext) throws -> any PretrainMethod { try MoCo(self, context) }
}
