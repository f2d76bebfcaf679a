import Base
import Torch

/// How much the members of a bootstrap committee disagree.
///
/// Seung, Opper, Sompolinsky. *Query by Committee.* COLT 1992; vote entropy: Dagan, Engelson. ICML
/// 1995; divergence: McCallum, Nigam. *Employing EM and Pool-Based Active Learning for Text
/// Classification.* ICML 1998; variance: Yang et al. *Suggestive Annotation.* MICCAI 2017.
/// <https://arxiv.org/abs/1706.04737>
/// - committee: (1/C) Σ_c Var_m p_{m,c}, the variance divided by M.
/// - vote-entropy: −Σ_c v_c log v_c with v_c the share of the members that vote for class c.
/// - committee-kl: (1/M) Σ_m KL(p_m ‖ p̄), which is the mutual information of `bald` with members in
///   the place of passes.
///
/// - Reads: `member_probabilities [M, N, C]`, or `passes [T, N, C]`; in segmentation `uncertainty`,
///   where the variance leaves the background out.
/// - Cost: training M heads or networks, O(M·N·C).
/// - Randomness: that of the bootstrap.
enum CommitteeScores {
  static let varianceCard = MethodCard(
    "the members of a committee differ in their probabilities", cost: "M members; O(M·N·C)",
    regime: "segmentation; small pools", paper: "Yang 2017")
  static let voteCard = MethodCard(
    "the votes of a committee are split", cost: "M members; O(M·N·C)",
    regime: "large committees, as votes are coarse", paper: "Dagan, Engelson 1995")
  static let divergenceCard = MethodCard(
    "the members of a committee diverge from their mean", cost: "M members; O(M·N·C)",
    regime: "from a sane model on", paper: "McCallum, Nigam 1998")
}

extension Score {
  /// The variance of the probabilities over the members of a committee.
  public static let committee = Score("committee", of: [.memberProbabilities]) {
    Informativeness.variance($0)
  } map: {
    foregroundMean(variance($0))
  }

  /// The entropy of the members' votes.
  public static let voteEntropy = Score("vote-entropy", of: [.memberProbabilities]) {
    Informativeness.voteEntropy($0)
  } map: {
    Query.entropy(voteShares($0), dim: 1)
  }

  /// The divergence of the members from their mean.
  public static let committeeKL = Score("committee-kl", of: [.memberProbabilities]) {
    Informativeness.mutualInformation($0)
  } map: {
    mutualInformation($0)
  }
}
