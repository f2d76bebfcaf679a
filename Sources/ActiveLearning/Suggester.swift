import Models
import NN
import Torch
import Training

/// What the model would answer, for people to start from.
struct Suggester {
  let data: RunData
  let device: Device

  /// One suggestion an item, in their order; nothing to suggest while there is no model.
  func suggest(_ items: [Int], network: Network?) throws -> [Suggestion] {
    guard let network else { return items.map { Suggestion(item: $0, guess: .none) } }
    var suggestions: [Suggestion] = []
    let inference = PoolInference(data.pixels, normalization: data.normalization, device: device)
    try inference.forEach(items, forward: { network.probabilities($0) }) { rows, probabilities in
      for (offset, row) in rows.enumerated() {
        let one = probabilities.select(dim: 0, index: offset)
        suggestions.append(Suggestion(item: items[row], guess: guess(one)))
      }
    }
    return suggestions
  }

  private func guess(_ probabilities: Tensor) -> Suggestion.Guess {
    let best = probabilities.max(dim: 0)
    guard probabilities.rank == 3 else {
      return .class(best.indices.ints()[0], confidence: best.values.item())
    }
    return .mask(
      best.indices.ints().map { UInt8($0) }, height: probabilities.shape[1],
      width: probabilities.shape[2])
  }
}
