import Base
import Torch

/// The items in which the two most probable classes are closest.
///
/// Scheffer, Decomain, Wrobel. *Active Hidden Markov Models for Information Extraction.* IDA 2001.
/// Score: 1 − (p₁ − p₂). The best of the plain scores; less drawn to many classes than the entropy.
///
/// - Reads: `probabilities [N, C]`; in segmentation `uncertainty [N]`.
/// - Utility: the score, of 0…1.
/// - Cost: O(N·C + N log N).
/// - Randomness: none but ties, unless `selection` draws.
public struct Margin: Rule {
  static let card = MethodCard(
    "the two most probable classes are close", cost: "O(N·C + N log N)",
    regime: "from a sane model on; the best of the plain scores",
    paper: "Scheffer, Decomain, Wrobel 2001")
  private let sampling: ScoredSampling
  let name = "margin"

  /// The rule with the way in which its batch is made.
  public init(_ selection: Selection = .top) {
    sampling = ScoredSampling(.margin, selection, name: name)
  }

  /// What the rule reads.
  public var needs: Set<PoolStatistic> { sampling.needs }

  func choose(_ draft: Draft) throws { try sampling.choose(draft) }
}

extension Score {
  /// 1 − the lead of the most probable class over the second.
  public static let margin = Score("margin", of: [.probabilities]) {
    Informativeness.margin($0[0])
  } map: { all in
    let top = all.mean(dim: [0]).topk(2, dim: 1).values
    return 1 - top.select(dim: 1, index: 0) + top.select(dim: 1, index: 1)
  }
}
