import Base
import Torch

/// The items whose class probabilities have the highest entropy.
///
/// Shannon 1948; as a query Dagan, Engelson. *Committee-Based Sampling for Training Probabilistic
/// Classifiers.* ICML 1995. Score: −Σ p log p. With more than two classes usually worse than
/// `Margin`.
///
/// - Reads: `probabilities [N, C]`; in segmentation `uncertainty [N]`.
/// - Utility: the score, of 0 … log C.
/// - Cost: O(N·C + N log N).
/// - Randomness: none but ties, unless `selection` draws.
public struct Entropy: Rule {
  static let card = MethodCard(
    "high entropy of the class probabilities", cost: "O(N·C + N log N)",
    regime: "from a sane model on; two classes", paper: "Dagan, Engelson 1995")
  private let sampling: ScoredSampling
  let name = "entropy"

  /// The rule with the way in which its batch is made.
  public init(_ selection: Selection = .top) {
    sampling = ScoredSampling(.entropy, selection, name: name)
  }

  /// What the rule reads.
  public var needs: Set<PoolStatistic> { sampling.needs }

  func choose(_ draft: Draft) throws { try sampling.choose(draft) }
}

extension Score {
  /// The entropy of the class probabilities.
  public static let entropy = Score("entropy", of: [.probabilities]) {
    Informativeness.entropy($0[0])
  } map: {
    Query.entropy($0.mean(dim: [0]), dim: 1)
  }
}
