import Base
import Foundation

/// Noise on scores, so that a large batch is not made of near equals at the top of a ranking.
///
/// Kirsch, Farquhar, Atighehchian, Jesson, Branchaud-Charron, Gal. *Stochastic Batch Acquisition: A
/// Simple Baseline for Deep Active Learning.* TMLR 2023. <https://arxiv.org/abs/2106.12059>
///
/// With G from a standard Gumbel distribution, drawn per item, the batch is the top of
/// - power: β·log s + G, a draw without replacement with chances ∝ s^β;
/// - softmax: β·s + G;
/// - softrank: −β·log rank + G, rank 1 the best.
///
/// β → ∞ is the plain ranking, β = 0 a uniform draw.
public enum Noise: String, Sendable, Codable, CaseIterable {
  /// Chances in proportion to a power of the score, which must not be negative.
  case power
  /// Chances in proportion to an exponential of the score.
  case softmax
  /// Chances in proportion to a power of one over the rank.
  case softrank

  /// Perturbed scores by place.
  func applied(
    to scores: [Double], of places: [Int], beta: Double, _ draft: Draft, key: RandomKey
  ) -> [Double] {
    var noisy = scores
    var ranks: [Int: Int] = [:]
    if self == .softrank {
      for (rank, place) in Draft.descending(places, by: scores).enumerated() {
        ranks[place] = rank + 1
      }
    }
    for place in places {
      let level: Double
      switch self {
      case .power: level = log(max(scores[place], 0))
      case .softmax: level = scores[place]
      case .softrank: level = -log(Double(ranks[place] ?? 1))
      }
      let signal = beta == 0 ? 0 : beta * level
      noisy[place] = signal + key.folding(draft.item(place)).gumbel()
    }
    return noisy
  }
}
