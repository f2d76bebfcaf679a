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
  static let card = MethodCard(
    "drawn with chances in proportion to the score", cost: "O(N log N)",
    regime: "large batches; draws whose probabilities are needed later", paper: "Kirsch 2023")

  /// Chances in proportion to a power of the score, which must not be negative.
  case power
  /// Chances in proportion to an exponential of the score.
  case softmax
  /// Chances in proportion to a power of one over the rank.
  case softrank

  /// Takes places by perturbed scores, each with the probability of its draw.
  func take(
    _ draft: Draft, _ scores: [Double], of places: [Int], upTo limit: Int = .max, beta: Double,
    key: RandomKey, _ reason: (Int) -> String
  ) {
    let weights = logWeights(scores, of: places, beta: beta)
    var noisy = weights
    for place in places { noisy[place] += key.folding(draft.item(place)).gumbel() }
    draft.take(
      inOrder: Draft.descending(places, by: noisy), upTo: limit,
      lottery: Lottery(draft, among: places) { weights[$0] }
    ) { (scores[$0], reason($0)) }
  }

  /// The logarithms of the weights with which places are drawn, by place.
  private func logWeights(_ scores: [Double], of places: [Int], beta: Double) -> [Double] {
    var weights = scores
    if beta == 0 {
      for place in places { weights[place] = 0 }
      return weights
    }
    switch self {
    case .power: for place in places { weights[place] = beta * log(max(scores[place], 0)) }
    case .softmax: for place in places { weights[place] = beta * scores[place] }
    case .softrank:
      for (rank, place) in Draft.descending(places, by: scores).enumerated() {
        weights[place] = -beta * log(Double(rank + 1))
      }
    }
    return weights
  }
}

extension Selection {
  /// The highest scores after noise of the given kind and β.
  public static func noisy(_ noise: Noise, beta: Double) -> Selection {
    Selection { draft, scores, name in
      noise.take(
        draft, scores, of: draft.unlabelled, beta: beta, key: draft.key.folding("noise")
      ) { "\(name) \(scores[$0].short), drawn with noise" }
    }
  }
}
