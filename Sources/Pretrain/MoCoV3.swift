public import Base
import Models
import NN
package import Torch
import Training

/// Momentum contrast for vision transformers: a view finds its image's other view in the batch.
///
/// Chen, Xie, He. *An Empirical Study of Training Self-Supervised Vision Transformers.* ICCV 2021.
/// <https://arxiv.org/abs/2104.02057>
///
/// - Reads: images `[B, C, H, W]`, at most one image of a group a batch where the pool allows it.
/// - Loss: ctr(q₁, k₂) + ctr(q₂, k₁), ctr(q, k) = 2τ · CE(q̂ᵢ·k̂ⱼ / τ, i): queries through a
///   predictor, keys from a target that follows network and projector by a momentum that rises to 1.
///   Projector of three layers, predictor of two, all normalised, the last without scale.
/// - Cost: two passes forward and back and two forward an image, O(B² D).
/// - Randomness: views and first values, from the run's key.
/// - Stability: the embedding of patches stays as it was drawn, as the paper found; gradients are
///   limited to norm 1.
/// - Departures: heads of 1024 → 256 (the paper: 4096 → 256); positions are learnt; other images of
///   a group are no negatives; weight decay is the stage's (the paper: 0.1).
public struct MoCoV3: JointEmbedding {
  /// Settings.
  public struct Settings: Codable, Sendable, Equatable, Validatable, Documented {
    /// τ.
    public var temperature = 0.2
    /// Features of the heads' hidden layers.
    public var hidden = 1024
    /// Features of their outputs.
    public var output = 256
    /// The target's first momentum; nil: by the number of steps.
    public var momentum: Double?
    /// Whether the embedding of patches stays as it is.
    public var freezesPatches = true

    /// The defaults.
    public init() {}

    /// What each key means.
    public static let documentation = [
      "temperature": "Temperature τ of the similarities.",
      "hidden": "Features of the heads' hidden layers.",
      "output": "Features of their outputs.",
      "momentum": TargetMomentum.documentation + " It rises to 1.",
      "freezesPatches": "Whether the embedding of patches stays as it is, which keeps training "
        + "stable.",
    ]

    /// What is out of range.
    public func faults() -> [String] {
      (temperature > 0 && hidden > 0 && output > 0
        ? [] : ["moco-v3: temperature, hidden and output must be above 0"])
        + TargetMomentum.faults(momentum, of: "moco-v3")
    }
  }

  let context: PretrainContext
  let heads: [(name: String, store: ParameterStore)]
  let teacher: Teacher?
  let clipNorm = 1.0
  private let temperature: Double
  private let encoder: Encoder<MLP>
  private let target: Encoder<MLP>
  private let predictor: MLP

  init(_ settings: Settings, _ context: PretrainContext) throws {
    (self.context, temperature) = (context, settings.temperature)
    let (hidden, output) = (settings.hidden, settings.output)
    encoder = Encoder(context.network, key: context.key.folding("projector")) { scope in
      MLP([context.width, hidden, hidden, output], ending: .normalized, in: scope)
    }
    let store = ParameterStore(device: encoder.store.device)
    predictor = MLP(
      [output, hidden, output], ending: .normalized,
      in: store.scope(key: context.key.folding("predictor")))
    heads = [("projector", encoder.store), ("predictor", store)]
    let following = try encoder.target(
      momentum: TargetMomentum.rising(settings.momentum, steps: context.configuration.steps))
    (target, teacher) = (following.encoder, following.teacher)
    if settings.freezesPatches { context.network.store.freeze(under: "patch_embed") }
  }

  func loss(_ step: StepContext) -> StepLoss {
    let (a, b) = step.inputs(context.views)
    let groups = context.groups(step.batch.items)
    let losses = [(a, b), (b, a)].enumerated().map { side, views in
      let pass = step.pass.folding(side)
      let key = withoutGradients { target(views.1, pass.folding("key")) }
      return Self.contrast(
        predictor(encoder(views.0, pass), pass), key, groups: groups, temperature: temperature)
    }
    return StepLoss(losses[0] + losses[1])
  }

  func project(_ images: Tensor) -> Tensor { encoder(images, .evaluate) }

  /// 2τ · CE(q̂ᵢ·k̂ⱼ / τ, i), where other images of a row's group stand in no sum.
  ///
  /// - Parameters:
  ///   - queries: `[B, D]`.
  ///   - keys: `[B, D]`; no gradient goes into them.
  ///   - groups: group of each image, B numbers.
  ///   - temperature: τ.
  /// - Returns: a scalar.
  package static func contrast(
    _ queries: Tensor, _ keys: Tensor, groups: [Int], temperature: Double
  ) -> Tensor {
    let count = queries.shape[0]
    let similarity = Loss.normalized(queries).matmul(Loss.normalized(keys.detach()).t())
    let group = Tensor(groups, [count], device: queries.device)
    let others = Tensor.eye(count, device: queries.device).to(.bool).logicalNot()
    let fellows = group.unsqueeze(1).eq(group.unsqueeze(0)).logicalAnd(others)
    let logits = (similarity / temperature).maskedFill(fellows, -Double.infinity)
    return Loss.crossEntropy(logits, Tensor.arange(count, device: queries.device))
      * (2 * temperature)
  }
}

extension MoCoV3.Settings: PretrainSettings {
  static let name = "moco-v3"
  static let card = MethodCard(
    "finds an image's other view in the batch; for vision transformers",
    cost: "4 passes an image, 2 of them forward only, O(B²·D)",
    regime: "transformers, 5,000 images and more or pretrained weights",
    paper: "Chen, Xie, He 2021")
  static let networks = NetworkDemand.transformer(
    because: "what it adds to momentum contrast keeps transformers stable",
    otherwise: "moco for a convolutional network, or dense for a segmentation network")

  func method(_ context: PretrainContext) throws -> any PretrainMethod {
    try MoCoV3(self, context)
  }
}
