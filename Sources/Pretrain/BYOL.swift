public import Base
import NN
package import Torch
import Training

/// Bootstrap your own latent: a view predicts what a slower copy of the network says of the other.
///
/// Grill et al. *Bootstrap Your Own Latent: A New Approach to Self-Supervised Learning.* NeurIPS
/// 2020. <https://arxiv.org/abs/2006.07733>
///
/// - Reads: images `[B, C, H, W]`.
/// - Loss: ``loss(_:_:_:_:)``; predictions from network, projector and predictor, targets from a copy
///   of network and projector that follows by a momentum rising to 1. Both heads: linear,
///   normalisation, ReLU, linear.
/// - Cost: two passes forward and back and two forward an image, O(B D).
/// - Randomness: views and first values, from the run's key.
/// - Departures: heads of 1024 → 256 (the paper: 4096 → 256); SGD; both views are drawn alike, since
///   blur and solarisation, which tell the paper's apart, are left out for medical images.
public struct BYOL: JointEmbedding {
  /// Settings.
  public struct Settings: Codable, Sendable, Equatable, Validatable, Documented {
    /// Features of the heads' hidden layers.
    public var hidden = 1024
    /// Features of their outputs.
    public var output = 256
    /// The target's first momentum; nil: by the number of steps.
    public var momentum: Double?

    /// The defaults.
    public init() {}

    /// What each key means.
    public static let documentation = [
      "hidden": "Features of the heads' hidden layers.",
      "output": "Features of their outputs.",
      "momentum": TargetMomentum.documentation + " It rises to 1.",
    ]

    /// What is out of range.
    public func faults() -> [String] {
      (hidden > 0 && output > 0 ? [] : ["byol: hidden and output must be above 0"])
        + TargetMomentum.faults(momentum, of: "byol")
    }
  }

  let context: PretrainContext
  let heads: [(name: String, store: ParameterStore)]
  let teacher: Teacher?
  private let encoder: Encoder<MLP>
  private let target: Encoder<MLP>
  private let predictor: MLP

  init(_ settings: Settings, _ context: PretrainContext) throws {
    self.context = context
    encoder = Encoder(context.network, key: context.key.folding("projector")) { scope in
      MLP([context.width, settings.hidden, settings.output], ending: .affine, in: scope)
    }
    let store = ParameterStore(device: encoder.store.device)
    predictor = MLP(
      [settings.output, settings.hidden, settings.output], ending: .affine,
      in: store.scope(key: context.key.folding("predictor")))
    heads = [("projector", encoder.store), ("predictor", store)]
    let following = try encoder.target(
      momentum: TargetMomentum.rising(settings.momentum, steps: context.configuration.steps))
    (target, teacher) = (following.encoder, following.teacher)
  }

  func loss(_ step: StepContext) -> StepLoss {
    let views = step.inputs(context.views)
    func prediction(_ images: Tensor, _ pass: Pass) -> Tensor {
      predictor(encoder(images, pass), pass)
    }
    func goal(_ images: Tensor, _ pass: Pass) -> Tensor {
      withoutGradients { target(images, pass) }
    }
    return StepLoss(
      Self.loss(
        prediction(views.a, step.pass.folding("a")), goal(views.b, step.pass.folding("b′")),
        prediction(views.b, step.pass.folding("b")), goal(views.a, step.pass.folding("a′"))))
  }

  func project(_ images: Tensor) -> Tensor { encoder(images, .evaluate) }

  /// mean(2 − 2 cos(p₁, z₂)) + mean(2 − 2 cos(p₂, z₁)), from 0 to 8.
  ///
  /// - Parameters:
  ///   - p1: predictions from the first view, `[B, D]`.
  ///   - z2: targets of the second view, `[B, D]`; no gradient goes into targets.
  ///   - p2: predictions from the second view.
  ///   - z1: targets of the first view.
  /// - Returns: a scalar.
  package static func loss(_ p1: Tensor, _ z2: Tensor, _ p2: Tensor, _ z1: Tensor) -> Tensor {
    Loss.cosineDistance(p1, z2.detach()) + Loss.cosineDistance(p2, z1.detach())
  }
}

extension BYOL.Settings: PretrainSettings {
  static let name = "byol"
  static let card = MethodCard(
    "a view predicts a slower copy's view of the other crop; no negatives",
    cost: "4 passes an image, 2 of them forward only, O(B·D)",
    regime: "1,000 images and more, batches of 32 and more",
    paper: "Grill et al. 2020")
  static let networks = NetworkDemand.classifier

  func method(_ context: PretrainContext) throws -> any PretrainMethod { try BYOL(self, context) }
}
