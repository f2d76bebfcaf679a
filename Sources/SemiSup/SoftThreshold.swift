public import Base
package import Torch

/// Weights instead of a threshold: the less sure a prediction is than usual, the less it weighs.
///
/// Chen et al. *SoftMatch.* ICLR 2023. <https://arxiv.org/abs/2301.10921>
///
/// w = exp(−max(μ − confidence, 0)² / (2 σ² / 4)), where μ and σ² follow the mean and the unbiased
/// variance of the confidences (they begin at 1 / C and 1). Probabilities are first multiplied by
/// target / p̃, where p̃ follows their mean, and made to sum to 1.
///
/// - Departures: the target of this alignment is the labels' prior, which p̃ begins at: uniform, as
///   in the paper, is wrong for diseases. In maps the statistics are those of pixels predicted as
///   foreground, and nothing is aligned (``ThresholdChoice``).
public struct SoftThreshold: Threshold {
  static let card = MethodCard(
    "weights by confidence instead of a threshold", cost: "none",
    regime: "few predictions reach a threshold", paper: "Chen et al. 2023")
  /// Settings.
  public struct Settings: Codable, Sendable, Equatable, Validatable, Documented {
    /// m of the statistics; nil: 1 − 1 / (0.05 S), at least 0.9.
    public var momentum: Double?
    /// Whether predictions are shifted to the labels' prior (classification).
    public var aligns = true

    /// The defaults.
    public init() {}

    /// What each key means.
    public static let documentation = [
      "momentum": "Momentum of the statistics; null: fit for the run's length.",
      "aligns": "Whether predictions are shifted to the labels' prior (classification).",
    ]

    /// What is out of range.
    public func faults() -> [String] { ThresholdFrame.faults(momentum: momentum) }
  }

  package let extras: [(name: String, tensor: Tensor)]
  private let frame: ThresholdFrame
  private let momentum: Double
  private let aligns: Bool
  /// μ and σ².
  package let (mean, variance): (Tensor, Tensor)
  /// p̃ and its target.
  private let (shares, target): (Tensor, Tensor)

  package init(_ settings: Settings, _ frame: ThresholdFrame) {
    self.frame = frame
    momentum = settings.momentum ?? frame.momentum
    aligns = settings.aligns && !frame.isSegmentation
    mean = Tensor.full([], 1 / Double(frame.classes)).to(frame.device)
    variance = Tensor.ones([]).to(frame.device)
    target = Tensor(frame.prior.map { Float($0) }, [frame.classes]).to(frame.device)
    shares = target.clone()
    extras = [("soft.mean", mean), ("soft.variance", variance), ("soft.shares", shares)]
  }

  package func weights(_ probabilities: Tensor, items: [Int]) -> Tensor {
    let confidences = frame.countedRows(probabilities).amax(dim: [1])
    if confidences.count > 0 { mean.follow(confidences.mean(), momentum: momentum) }
    if confidences.count > 1 {
      variance.follow(confidences.variance(unbiased: true), momentum: momentum)
    }
    return Self.weights(probabilities.amax(dim: [1]), mean: mean, variance: variance)
  }

  /// exp(−max(μ − c, 0)² / (2 σ² / 4)).
  package static func weights(_ confidence: Tensor, mean: Tensor, variance: Tensor) -> Tensor {
    let short = (confidence - mean.to(confidence.dtype)).clamp(max: 0)
    return (-(short * short) / (variance.to(confidence.dtype) * 0.5).clamp(min: 1e-12)).exp()
  }

  package func aligned(_ probabilities: Tensor) -> Tensor {
    guard aligns else { return probabilities }
    shares.follow(probabilities.mean(dim: [0]), momentum: momentum)
    let shifted = probabilities * (target / shares.clamp(min: 1e-6)).to(probabilities.dtype)
    return shifted / shifted.sum(dim: [1], keepdim: true).clamp(min: 1e-12)
  }
}
