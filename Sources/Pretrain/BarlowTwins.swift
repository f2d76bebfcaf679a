public import Base
import NN
package import Torch
import Training

/// Redundancy reduction: the features of two views correlate one to one and with nothing else.
///
/// Zbontar, Jing, Misra, LeCun, Deny. *Barlow Twins: Self-Supervised Learning via Redundancy
/// Reduction.* ICML 2021. <https://arxiv.org/abs/2103.03230>
///
/// - Reads: images `[B, C, H, W]`; images of one group in a batch raise correlations that no training
///   can lower.
/// - Loss: `scale` times ``loss(_:_:redundancy:)``. Projector of three layers, the first two
///   normalised.
/// - Cost: two passes an image, O(B D²).
/// - Randomness: views and first values, from the run's key.
/// - Departures: 1024 features (the paper: 8192), and no more than eight an image of the batch, since
///   the rank of C is below B; SGD and a scale of 0.1 (the paper: LARS).
public struct BarlowTwins: JointEmbedding {
  /// Settings.
  public struct Settings: Codable, Sendable, Equatable, Validatable, Documented {
    /// λ.
    public var redundancy = 0.0051
    /// Factor on the loss.
    public var scale = 0.1
    /// Features of the projector.
    public var width = 1024

    /// The defaults.
    public init() {}

    /// What each key means.
    public static let documentation = [
      "redundancy": "Weight λ of the correlations between different features.",
      "scale": "Factor on the loss.",
      "width": "Features of the projector; never more than 8 times the batch.",
    ]

    /// What is out of range.
    public func faults() -> [String] {
      redundancy >= 0 && scale > 0 && width > 0
        ? [] : ["barlow: scale and width must be above 0, redundancy at least 0"]
    }
  }

  let context: PretrainContext
  let heads: [(name: String, store: ParameterStore)]
  private let settings: Settings
  private let encoder: Encoder<MLP>

  init(_ settings: Settings, _ context: PretrainContext) {
    (self.settings, self.context) = (settings, context)
    let width = min(settings.width, 8 * context.batch)
    encoder = Encoder(context.network, key: context.key.folding("projector")) { scope in
      MLP([context.width, width, width, width], ending: .linear, in: scope)
    }
    heads = [("projector", encoder.store)]
  }

  func loss(_ step: StepContext) -> StepLoss {
    let views = step.inputs(context.views)
    let loss = Self.loss(
      encoder(views.a, step.pass.folding("a")), encoder(views.b, step.pass.folding("b")),
      redundancy: settings.redundancy)
    return StepLoss(loss * settings.scale)
  }

  func project(_ images: Tensor) -> Tensor { encoder(images, .evaluate) }

  /// Σⱼ (1 − Cⱼⱼ)² + λ Σⱼ Σ_{k ≠ j} Cⱼₖ², C the correlations of the features of both views over the
  /// batch (biased variance + 1e-5).
  ///
  /// - Parameters:
  ///   - a: projections of one view, `[B, D]`.
  ///   - b: projections of the other.
  ///   - redundancy: λ.
  /// - Returns: a scalar.
  package static func loss(_ a: Tensor, _ b: Tensor, redundancy: Double) -> Tensor {
    func standardized(_ x: Tensor) -> Tensor {
      let centred = x - x.mean(dim: [0])
      return centred / (x.variance(dim: [0], unbiased: false) + 1e-5).sqrt()
    }
    let correlation = standardized(a).t().matmul(standardized(b)) / Double(a.shape[0])
    let diagonal = correlation.diagonal()
    let others = correlation.square().sum() - diagonal.square().sum()
    return (1 - diagonal).square().sum() + others * redundancy
  }
}

extension BarlowTwins.Settings: PretrainSettings {
  static let name = "barlow"
  static let card = MethodCard(
    "features of two views correlate one to one and with nothing else",
    cost: "2 passes an image, O(B·D²)",
    regime: "batches of 64 and more, images of many patients",
    paper: "Zbontar, Jing, Misra, LeCun, Deny 2021")
  static let networks = NetworkDemand.classifier

  func method(_ context: PretrainContext) -> any PretrainMethod { BarlowTwins(self, context) }
}
