import Base

/// The items whose most probable class has the lowest probability.
///
/// Lewis, Gale. *A Sequential Algorithm for Training Text Classifiers.* SIGIR 1994.
/// <https://arxiv.org/abs/cmp-lg/9407020>. Score: 1 − max p.
///
/// - Reads: `probabilities [N, C]`; in segmentation `uncertainty [N]`.
/// - Utility: the score, of 0 … 1 − 1/C.
/// - Cost: O(N·C + N log N).
/// - Randomness: none but ties, unless `selection` draws.
public struct LeastConfidence: Rule {
  private let sampling: ScoredSampling
  let name = "least-confidence"

  /// The rule with the way in which its batch is made.
  public init(_ selection: Selection = .top) {
    sampling = ScoredSampling(.leastConfidence, selection, name: name)
  }

  /// What the rule reads.
  public var needs: Set<PoolStatistic> { sampling.needs }

  func choose(_ draft: Draft) throws { try sampling.choose(draft) }
}
