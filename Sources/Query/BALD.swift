import Base
import Torch

/// The items on whose class the stochastic passes, or the members of a committee, disagree most.
///
/// Houlsby, Huszár, Ghahramani, Lengyel. *Bayesian Active Learning for Classification and
/// Preference Learning.* 2011. <https://arxiv.org/abs/1112.5745>; with dropout Gal, Islam,
/// Ghahramani. *Deep Bayesian Active Learning with Image Data.* ICML 2017.
/// Score: H(p̄) − (1/T) Σ H(pₜ), the mutual information of class and pass.
///
/// - Reads: `passes [T, N, C]`, or `member_probabilities [M, N, C]` in their place; in segmentation
///   `uncertainty [N]`.
/// - Utility: the score, of 0 … log min(T, C).
/// - Cost: O(T·N·C + N log N).
/// - Randomness: none but ties, unless `selection` draws: with power noise it is PowerBALD.
public struct BALD: Rule {
  static let card = MethodCard(
    "dropout passes, or members, disagree", cost: "T forward passes of the head; O(T·N·C)",
    regime: "many labels; noisy classes, which it leaves out", paper: "Houlsby 2011; Gal 2017")
  private let sampling: ScoredSampling
  let name = "bald"

  /// The rule with the way in which its batch is made.
  public init(_ selection: Selection = .top) {
    sampling = ScoredSampling(.bald, selection, name: name)
  }

  /// What the rule reads.
  public var needs: Set<PoolStatistic> { sampling.needs }

  func choose(_ draft: Draft) throws { try sampling.choose(draft) }
}

extension Score {
  /// The mutual information of class and stochastic pass.
  public static let bald = Score("bald", of: [.passes]) {
    Informativeness.mutualInformation($0)
  } map: {
    mutualInformation($0)
  }

  /// H(p̄) − mean H(pₛ), `[B, H, W]`.
  static func mutualInformation(_ all: Tensor) -> Tensor {
    let expected = Query.entropy(all, dim: 2).mean(dim: [0])
    return (Query.entropy(all.mean(dim: [0]), dim: 1) - expected).clamp(min: 0)
  }
}
