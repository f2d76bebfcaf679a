import Base

/// How a batch is made of scores.
public enum Selection: Sendable, Equatable {
  /// The highest scores.
  case top
  /// The highest scores after noise of the given kind and β.
  case noisy(Noise, beta: Double)
  /// Of the `candidates` highest (nil: twice the budget) those that resemble one another least.
  case leastSimilar(candidates: Int?)
  /// Of the `candidates` highest (nil: twice the budget) those that represent the pool best.
  case maxCover(candidates: Int?)
  /// Coverage of the pool weighted by the scores; σ in units of the median distance.
  case herding(bandwidth: Double)

  /// What is read beside the score.
  var needs: Set<PoolStatistic> {
    switch self {
    case .top, .noisy: []
    case .leastSimilar, .maxCover: [.currentEmbeddings]
    case .herding: [.embeddings]
    }
  }

  func take(_ draft: Draft, _ scores: [Double], name: String) throws {
    switch self {
    case .top:
      draft.takeBest(scores) { "\(name) \(scores[$0].short)" }
    case .noisy(let noise, let beta):
      let key = draft.key.folding("noise")
      let noisy = noise.applied(to: scores, of: draft.unlabelled, beta: beta, draft, key: key)
      draft.take(inOrder: Draft.descending(draft.unlabelled, by: noisy)) {
        (scores[$0], "\(name) \(scores[$0].short), drawn with noise")
      }
    case .leastSimilar(let candidates):
      guard let matrix = draft.pool.similarityFeatures else { return }
      try LeastSimilar(candidates: candidates).take(draft, scores: scores, matrix)
    case .maxCover(let candidates):
      guard let matrix = draft.pool.similarityFeatures else { return }
      try Representatives(candidates: candidates).take(draft, scores: scores, matrix)
    case .herding(let bandwidth):
      guard let matrix = draft.pool.features(.embeddings) else { return }
      try WeightedHerding(bandwidth: bandwidth).take(draft, scores: scores, matrix, name: name)
    }
  }
}

extension PoolStatistics {
  /// What the similarity of two items is read from: image descriptors in segmentation, else the
  /// current head's input.
  var similarityFeatures: Matrix? { descriptors ?? features(.currentEmbeddings) }
}
