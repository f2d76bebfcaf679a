import Base
import Torch

/// How little the passes agree on one class.
///
/// Freeman. *Elementary Applied Statistics.* 1965; with dropout Gal, Islam, Ghahramani. *Deep Bayesian
/// Active Learning with Image Data.* ICML 2017. <https://arxiv.org/abs/1703.02910>
/// 1 − max p̄ with p̄ the mean of the T passes, or by votes 1 − (votes of the first class) / T.
///
/// - Reads: `passes [T, N, C]`, or `member_probabilities [M, N, C]`; in segmentation `uncertainty`.
/// - Cost: T passes of the head over the pool, O(T·N·C).
/// - Randomness: that of the passes.
enum VariationRatio {
  static let card = MethodCard(
    "no class leads the mean of the dropout passes", cost: "T passes of the head; O(T·N·C)",
    regime: "from a sane model on", paper: "Freeman 1965; Gal 2017")
  static let votesCard = MethodCard(
    "few dropout passes vote for the same class", cost: "T passes of the head; O(T·N·C)",
    regime: "from a sane model on; many passes, as votes are coarse",
    paper: "Freeman 1965; Gal 2017")
}

extension Score {
  /// 1 − the highest mean probability.
  public static let variationRatio = Score("variation-ratio", of: [.passes]) {
    Informativeness.variationRatio($0)
  } map: {
    1 - $0.mean(dim: [0]).amax(dim: [1])
  }

  /// 1 − the share of the votes for the first class.
  public static let variationRatioVotes = Score("variation-ratio-votes", of: [.passes]) {
    Informativeness.variationRatioOfVotes($0)
  } map: {
    1 - voteShares($0).amax(dim: [1])
  }
}
