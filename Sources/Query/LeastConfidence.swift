import Base
import Torch

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
  static let card = MethodCard(
    "a low highest probability", cost: "O(N·C + N log N)",
    regime: "from a sane model on; few classes", paper: "Lewis, Gale 1994")
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

extension Score {
  /// 1 − the highest probability.
  public static let leastConfidence = Score("least-confidence", of: [.probabilities]) {
    Informativeness.leastConfidence($0[0])
  } map: {
    1 - $0.mean(dim: [0]).amax(dim: [1])
  }
}
