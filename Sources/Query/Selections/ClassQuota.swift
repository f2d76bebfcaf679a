import Base
import Foundation

/// A share of the batch for every predicted class, within which the scores decide.
///
/// The shares are in proportion to (labels + 1)^(−γ) (see `ClassBalanced`, which covers the pool for
/// classes not found); within a class the scores decide, or a draw with chances ∝ score^β. What a
/// class cannot fill goes by the scores alone. After the quotas and the noise of nnActive (Lüth et
/// al., TMLR 2025), as parts that any score can be combined with.
///
/// - Reads: the score and `probabilities [N, C]`.
/// - Utility: the score.
/// - Cost: O(N·C + N log N).
/// - Randomness: one number per item from the key where β is given, else none but ties.
struct ClassQuota {
  /// γ: 0 for equal shares; the higher, the more goes to classes with few labels.
  var exponent = 1.0
  /// β of the noise; nil for none.
  var beta: Double?

  func take(_ draft: Draft, _ scores: [Double], name: String) throws {
    let members = try draft.membersByPrediction(for: "class-quota")
    let counts = draft.labelCounts(classes: members.count)
    let quotas = ClassBalanced.shares(
      of: draft.budget, counts.map { pow(Double($0) + 1, -exponent) })
    for number in quotas.indices.sorted(by: { (counts[$0], $0) < (counts[$1], $1) }) {
      let open = members[number].filter(draft.isOpen)
      take(
        draft, scores, of: open, upTo: min(quotas[number], open.count), number
      ) { "\(name) \(scores[$0].short), predicted class \(number)" }
    }
    take(draft, scores, of: draft.unlabelled, upTo: .max, members.count) {
      "\(name) \(scores[$0].short), beyond the classes' shares"
    }
  }

  private func take(
    _ draft: Draft, _ scores: [Double], of places: [Int], upTo limit: Int, _ number: Int,
    _ reason: (Int) -> String
  ) {
    if let beta {
      let key = draft.key.folding("quota").folding(number)
      Noise.power.take(draft, scores, of: places, upTo: limit, beta: beta, key: key, reason)
    } else {
      draft.takeBest(scores, of: places, upTo: limit, reason)
    }
  }
}

extension Selection {
  /// A share of the batch for every predicted class; with β by a noisy ranking.
  public static func classQuota(exponent: Double = 1, beta: Double? = nil) -> Selection {
    Selection(needs: [.probabilities]) { draft, scores, name in
      try ClassQuota(exponent: exponent, beta: beta).take(draft, scores, name: name)
    }
  }
}
