import Base

/// Suggestive annotation's second step: the uncertain items that represent the pool best.
///
/// Yang, Zhang, Chen, Zhang, Chen. *Suggestive Annotation: A Deep Active Learning Framework for
/// Biomedical Image Segmentation.* MICCAI 2017. <https://arxiv.org/abs/1706.04737>
///
/// S_c are the K items of highest committee variance; S_a ⊂ S_c is built greedily to maximise
/// F(S_a) = Σ_{j unlabelled} max_{i∈S_a} cos(i, j), within 1 − 1/e of the best.
///
/// - Reads: `member_probabilities [M, N, C]` and `embeddings_current [N, H]`; in segmentation
///   `uncertainty [N]` and `descriptors [N, D]`.
/// - Utility: F after the pick.
/// - Cost: O(K·N·D), bounded from 65,536 items (see `Representatives`).
/// - Randomness: none but ties, and the sample in larger pools.
/// - Hyper-parameters: K = twice the budget (the paper: K = 16 for k = 8).
public struct MaxCover: Rule {
  static let card = MethodCard(
    "uncertain for a committee and representative",
    cost: "M members; O(K·min(N, 65,536)·D)", regime: "segmentation; small to medium pools",
    paper: "Yang 2017")
  private let sampling: ScoredSampling
  let name = "max-cover"

  /// The rule with its score and the size of its shortlist (nil: twice the budget).
  public init(score: Score = .committee, candidates: Int? = nil) {
    sampling = ScoredSampling(score, .maxCover(candidates: candidates), name: name)
  }

  /// What the rule reads.
  public var needs: Set<PoolStatistic> { sampling.needs }

  func choose(_ draft: Draft) throws { try sampling.choose(draft) }
}
