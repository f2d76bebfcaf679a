import Base

/// Two stages: the most uncertain items for a committee, then those among them that resemble one
/// another least.
///
/// Wang, Feng, Zhang. A web system for active learning in medical image segmentation. Computer
/// Systems & Applications 32(2), 2023, equations (1) and (2); after suggestive annotation (see
/// `MaxCover`).
///
/// S_K = the K items of highest committee variance; then S = {the first}, and while |S| < k added
/// is argmin_{x ∈ S_K∖S} max_{i∈S} cos(x, i). Farthest-first within the shortlist, hence within a
/// factor of two of the most spread batch, in the distance √(2 − 2 cos).
///
/// - Reads: `member_probabilities [M, N, C]` and `embeddings_current [N, H]`; in segmentation
///   `uncertainty [N]` (the mean pixel variance) and `descriptors [N, D]`.
/// - Utility: the uncertainty.
/// - Cost: O(N·M·C) for the scores and O(k·K·D) for the choice.
/// - Randomness: none but ties, which break by uncertainty first.
/// - Hyper-parameters: K = twice the budget (the paper: K = 16 for k = 8), M = 4 members.
/// - Departures: the paper gives no first item; ours is the most uncertain.
public struct Hybrid: Rule {
  static let card = MethodCard(
    "uncertain for a committee and unlike one another",
    cost: "M members; O(b·K·D)", regime: "small pools of some hundred images",
    paper: "Wang, Feng, Zhang 2023; Yang 2017")
  /// What makes an item uncertain.
  public let score: Score
  /// K; nil for twice the budget.
  public let candidates: Int?
  /// Whether labelled items count as chosen from the start, so that the batch avoids them.
  public let seedWithLabelled: Bool
  /// Whether the pool's mean is subtracted before cosines are taken.
  public let centred: Bool
  let name = "hybrid"

  /// The rule; the defaults are the paper's.
  public init(
    score: Score = .committee, candidates: Int? = nil, seedWithLabelled: Bool = false,
    centred: Bool = false
  ) {
    (self.score, self.candidates) = (score, candidates)
    (self.seedWithLabelled, self.centred) = (seedWithLabelled, centred)
  }

  /// What the rule reads.
  public var needs: Set<PoolStatistic> { score.needs.union([.currentEmbeddings]) }

  func choose(_ draft: Draft) throws {
    guard let matrix = draft.pool.similarityFeatures,
      let scores = try draft.scoresOrCoverage(score)
    else { return }
    let stage = LeastSimilar(
      candidates: candidates, seedWithLabelled: seedWithLabelled, centred: centred)
    try stage.take(draft, scores: scores, matrix)
    draft.fillAtRandom()
  }
}
