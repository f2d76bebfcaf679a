import Models
import Pool
import Torch
import Training

/// What the model would answer, for people to start from.
struct Suggester {
  let data: RunData
  let device: Device

  /// One suggestion an item, in their order; nothing to suggest while there is no model.
  func suggest(
    _ items: [Int], probabilities: ((Tensor) -> Tensor)?
  ) throws -> [Suggestion] {
    guard let probabilities else { return items.map { Suggestion(item: $0, guess: .none) } }
    var suggestions: [Suggestion] = []
    let inference = PoolInference(data.pixels, normalization: data.normalization, device: device)
    try inference.forEach(items, forward: probabilities) { rows, probabilities in
      for (offset, row) in rows.enumerated() {
        let one = probabilities.select(dim: 0, index: offset)
        suggestions.append(Suggestion(item: items[row], guess: guess(one)))
      }
    }
    return suggestions
  }

  private func guess(_ probabilities: Tensor) -> Suggestion.Guess {
    if data.mode == .multiLabel {
      let values = probabilities.floats()
      return .classes(Set(values.indices.filter { values[$0] >= 0.5 }))
    }
    let best = probabilities.max(dim: 0)
    guard probabilities.rank == 3 else {
      return .class(best.indices.ints()[0], confidence: best.values.item())
    }
    return .mask(
      best.indices.ints().map { UInt8($0) }, height: probabilities.shape[1],
      width: probabilities.shape[2])
  }
}
