public import Base
import NN
package import Torch
import Training

/// Variance, invariance, covariance: views agree, and every feature varies for itself.
///
/// Bardes, Ponce, LeCun. *VICReg: Variance-Invariance-Covariance Regularization for Self-Supervised
/// Learning.* ICLR 2022. <https://arxiv.org/abs/2105.04906>
///
/// The loss itself keeps projections apart: no negatives, queue, predictor or second network. It is
/// what a run is told to use whose own method has collapsed.
///
/// - Reads: images `[B, C, H, W]`.
/// - Loss: 25 · ``Terms/invariance`` + 25 · ``Terms/variance`` + ``Terms/covariance``. Expander of
///   three layers, the first two normalised.
/// - Cost: two passes an image, O(B D²).
/// - Randomness: views and first values, from the run's key.
/// - Departures: 1024 features (the paper: 8192); SGD (the paper: LARS). The variance term is the
///   mean of both views', as in the authors' program; the paper's text has the sum.
public struct VICReg: JointEmbedding {
  /// Settings.
  public struct Settings: Codable, Sendable, Equatable, Validatable, Documented {
    /// Weight of the agreement of views.
    public var invariance = 25.0
    /// Weight of the spread of each feature.
    public var variance = 25.0
    /// Weight of the independence of features.
    public var covariance = 1.0
    /// Features of the expander.
    public var width = 1024

    /// The defaults.
    public init() {}

    /// What each key means.
    public static let documentation = [
      "invariance": "Weight of the agreement of views.",
      "variance": "Weight of the spread of each feature.",
      "covariance": "Weight of the independence of features.",
      "width": "Features of the expander.",
    ]

    /// What is out of range.
    public func faults() -> [String] {
      invariance >= 0 && variance >= 0 && covariance >= 0 && width > 0
        ? [] : ["vicreg: width must be above 0, the weights at least 0"]
    }
  }

  /// What the loss is made of, scalars.
  package struct Terms {
    /// mean (a − b)², over images and features.
    package let invariance: Tensor
    /// The mean of both views' ``FeatureSpread/hinge(_:)``.
    package let variance: Tensor
    /// Σ over the views of Σ_{j ≠ k} Cov²ⱼₖ / D, unbiased.
    package let covariance: Tensor

    /// The terms of projections of two views, `[B, D]` each, B > 1.
    package init(_ a: Tensor, _ b: Tensor) {
      invariance = Loss.meanSquared(a, b)
      variance = (FeatureSpread.hinge(a) + FeatureSpread.hinge(b)) / 2
      covariance = VICReg.covariance(a) + VICReg.covariance(b)
    }
  }

  let context: PretrainContext
  let heads: [(name: String, store: ParameterStore)]
  private let settings: Settings
  private let encoder: Encoder<MLP>

  init(_ settings: Settings, _ context: PretrainContext) {
    (self.settings, self.context) = (settings, context)
    let width = settings.width
    encoder = Encoder(context.network, key: context.key.folding("projector")) { scope in
      MLP([context.width, width, width, width], ending: .linear, in: scope)
    }
    heads = [("projector", encoder.store)]
  }

  func loss(_ step: StepContext) -> StepLoss {
    let views = step.inputs(context.views)
    let terms = Terms(
      encoder(views.a, step.pass.folding("a")), encoder(views.b, step.pass.folding("b")))
    let total =
      terms.invariance * settings.invariance + terms.variance * settings.variance
      + terms.covariance * settings.covariance
    return StepLoss(
      total,
      [
        ("invariance", terms.invariance), ("variance", terms.variance),
        ("covariance", terms.covariance),
      ])
  }

  func project(_ images: Tensor) -> Tensor { encoder(images, .evaluate) }

  var advice: String {
    "lower baseRate, raise batch, lower method.vicreg.width, or begin from given weights with "
      + "--weights"
  }

  private static func covariance(_ z: Tensor) -> Tensor {
    let centred = z - z.mean(dim: [0])
    let matrix = centred.t().matmul(centred) / Double(z.shape[0] - 1)
    return (matrix.square().sum() - matrix.diagonal().square().sum()) / Double(z.shape[1])
  }
}

extension VICReg.Settings: PretrainSettings {
  static let name = "vicreg"
  static let card = MethodCard(
    "views agree while every feature varies for itself; cannot collapse",
    cost: "2 passes an image, O(B·D²)",
    regime: "fewer than 1,000 images or many of one patient; where others collapse",
    paper: "Bardes, Ponce, LeCun 2022")
  static let networks = NetworkDemand.classifier

  func method(_ context: PretrainContext) -> any PretrainMethod { VICReg(self, context) }
}
