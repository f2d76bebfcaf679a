public import Base
import NN
package import Torch
import Training

/// Simple siamese learning: a view predicts the other; what is predicted gets no gradient.
///
/// Chen, He. *Exploring Simple Siamese Representation Learning.* CVPR 2021.
/// <https://arxiv.org/abs/2011.10566>
///
/// - Reads: images `[B, C, H, W]`.
/// - Loss: ``loss(_:_:_:_:)``. Projector of three normalised layers, the last without scale;
///   predictor with a bottleneck of a quarter of the width.
/// - Cost: two passes an image, O(B D).
/// - Randomness: views and first values, from the run's key.
/// - Rate: from the first step without warm-up; the predictor's stays the same throughout; both go
///   down no further below a batch of 128.
/// - Departures: 512 features (the paper: 2048). Slow to begin, and on small pools only some
///   dimensions may be used: watch `health_effective_rank`.
public struct SimSiam: JointEmbedding {
  /// Settings.
  public struct Settings: Codable, Sendable, Equatable, Validatable, Documented {
    /// Features of projector and predictor.
    public var width = 512

    /// The defaults.
    public init() {}

    /// What each key means.
    public static let documentation = [
      "width": "Features of projector and predictor; the predictor narrows to a quarter."
    ]

    /// What is out of range.
    public func faults() -> [String] { width >= 4 ? [] : ["simsiam: width must be at least 4"] }
  }

  let context: PretrainContext
  let heads: [(name: String, store: ParameterStore)]
  let schedule = Schedule.cosine(warmUp: 0, floor: 0)
  private let encoder: Encoder<MLP>
  private let predictor: MLP

  init(_ settings: Settings, _ context: PretrainContext) {
    self.context = context
    let width = settings.width
    encoder = Encoder(context.network, key: context.key.folding("projector")) { scope in
      MLP([context.width, width, width, width], ending: .normalized, in: scope)
    }
    let store = ParameterStore(device: encoder.store.device)
    predictor = MLP(
      [width, width / 4, width], ending: .affine,
      in: store.scope(key: context.key.folding("predictor")))
    heads = [("projector", encoder.store), ("predictor", store)]
  }

  func optimizer(slowing: Double) -> any Optimizer {
    context.optimizer(heads, slowing: slowing, leastBatch: 128, steady: ["predictor"])
  }

  func loss(_ step: StepContext) -> StepLoss {
    let views = step.inputs(context.views)
    let passes = (a: step.pass.folding("a"), b: step.pass.folding("b"))
    let (z1, z2) = (encoder(views.a, passes.a), encoder(views.b, passes.b))
    return StepLoss(Self.loss(predictor(z1, passes.a), z2, predictor(z2, passes.b), z1))
  }

  func project(_ images: Tensor) -> Tensor { encoder(images, .evaluate) }

  /// −½ (cos(p₁, z₂) + cos(p₂, z₁)), the mean over the rows, from −1 to 1.
  ///
  /// - Parameters:
  ///   - p1: predictions from the first view, `[B, D]`.
  ///   - z2: projections of the second view, `[B, D]`; no gradient goes into projections here.
  ///   - p2: predictions from the second view.
  ///   - z1: projections of the first view.
  /// - Returns: a scalar.
  package static func loss(_ p1: Tensor, _ z2: Tensor, _ p2: Tensor, _ z1: Tensor) -> Tensor {
    (Loss.cosines(p1, z2.detach()).mean() + Loss.cosines(p2, z1.detach()).mean()) * -0.5
  }
}

extension SimSiam.Settings: PretrainSettings {
  static let name = "simsiam"
  static let card = MethodCard(
    "a view predicts the other, without negatives, queue or second network",
    cost: "2 passes an image, O(B·D)",
    regime: "long runs; slow to begin, so not for a CPU's budget",
    paper: "Chen, He 2021")
  static let networks = NetworkDemand.classifier

  func method(_ context: PretrainContext) -> any PretrainMethod { SimSiam(self, context) }
}
