import Base
import Torch

/// What stochastic passes say together: the entropy of their mean, or their variance.
///
/// Gal, Islam, Ghahramani. *Deep Bayesian Active Learning with Image Data.* ICML 2017.
/// <https://arxiv.org/abs/1703.02910>
/// - mc-pred-entropy: H(p̄), p̄ = (1/T) Σ pₜ: what is not known and what cannot be known together.
/// - mc-variance: (1/C) Σ_c Varₜ p_{t,c}, the variance divided by T, not by T − 1.
///
/// - Reads: `passes [T, N, C]`, or `member_probabilities [M, N, C]`; in segmentation `uncertainty`,
///   where the variance leaves the background out.
/// - Cost: T passes of the head over the pool, O(T·N·C).
/// - Randomness: that of the passes.
enum MonteCarlo {
  static let entropyCard = MethodCard(
    "high entropy of the mean of the dropout passes", cost: "T passes of the head; O(T·N·C)",
    regime: "from a sane model on", paper: "Gal 2017")
  static let varianceCard = MethodCard(
    "the probabilities vary over the dropout passes", cost: "T passes of the head; O(T·N·C)",
    regime: "many labels", paper: "Gal 2017")
}

extension Score {
  /// The entropy of the mean of the passes.
  public static let mcPredictiveEntropy = Score("mc-pred-entropy", of: [.passes]) {
    Informativeness.predictiveEntropy($0)
  } map: {
    Query.entropy($0.mean(dim: [0]), dim: 1)
  }

  /// The variance over the passes, averaged over the classes.
  public static let mcVariance = Score("mc-variance", of: [.passes]) {
    Informativeness.variance($0)
  } map: {
    foregroundMean(variance($0))
  }
}

/// The mean over the classes but the background, `[B, H, W]` of `[B, C, H, W]`.
func foregroundMean(_ values: Tensor) -> Tensor {
  values.narrow(dim: 1, start: 1, length: values.shape[1] - 1).mean(dim: [1])
}
