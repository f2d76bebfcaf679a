import Base

/// What makes an item worth asking for.
public enum Score: String, Sendable, Codable, CaseIterable {
  /// 1 − the highest probability.
  case leastConfidence = "least-confidence"
  /// 1 − the lead of the most probable class over the second.
  case margin
  /// The entropy of the class probabilities.
  case entropy
  /// The mutual information of class and stochastic pass or member.
  case bald
  /// The variance of the probabilities over the members of a committee.
  case committee
  /// The entropy of the members' votes.
  case voteEntropy = "vote-entropy"
  /// The variance of the probabilities over the views of an item.
  case consistency

  /// What is read to compute it.
  public var needs: PoolStatistic {
    switch self {
    case .leastConfidence, .margin, .entropy: .probabilities
    case .bald: .passes
    case .committee, .voteEntropy: .memberProbabilities
    case .consistency: .views
    }
  }
}

extension Draft {
  /// The score of every unlabelled place; zero at the others.
  ///
  /// In segmentation the pixel-level `uncertainty` stands for it.
  ///
  /// - Complexity: O(N·C) or O(N·M·C) time, O(N) memory.
  func scores(_ score: Score) throws -> [Double] {
    var scores = [Double](repeating: 0, count: count)
    guard let source = source(of: score) else { return try pixelScores() }
    for place in unlabelled {
      let vectors = try source.map { try probabilities($0.matrix, $0.row(rows[place]), place) }
      scores[place] = Self.value(score, vectors)
      if !scores[place].isFinite { throw notFinite("the \(score.rawValue)", place) }
    }
    return scores
  }

  /// The scores, or nil after the batch has been chosen by coverage because all are equal.
  func scoresOrCoverage(_ score: Score) throws -> [Double]? {
    let scores = try scores(score)
    if areInformative(scores) { return scores }
    try coverInstead(because: "every item has the same \(score.rawValue)")
    return nil
  }

  /// Whether a score tells unlabelled items apart.
  private func areInformative(_ scores: [Double]) -> Bool {
    guard let first = unlabelled.first else { return false }
    return unlabelled.contains { scores[$0] != scores[first] }
  }

  private struct Slice {
    let matrix: Matrix
    let row: (Int) -> Int
  }

  private static func value(_ score: Score, _ vectors: [[Float]]) -> Double {
    switch score {
    case .leastConfidence: Informativeness.leastConfidence(vectors[0])
    case .margin: Informativeness.margin(vectors[0])
    case .entropy: Informativeness.entropy(vectors[0])
    case .bald: Informativeness.mutualInformation(vectors)
    case .committee: Informativeness.variance(vectors)
    case .voteEntropy: Informativeness.voteEntropy(vectors)
    case .consistency: Informativeness.inconsistency(vectors)
    }
  }

  /// Where the probability vectors of an item stand; nil where only pixel scores are there.
  private func source(of score: Score) -> [Slice]? {
    switch score.needs {
    case .probabilities:
      return (pool.probabilities ?? pool.logits).map { [Slice(matrix: $0) { $0 }] }
    case .views:
      return pool.views.map { matrix in
        let views = matrix.shape[1]
        return (0..<views).map { view in Slice(matrix: matrix) { $0 * views + view } }
      }
    default:
      let matrix =
        score == .bald
        ? pool.passes ?? pool.memberProbabilities : pool.memberProbabilities ?? pool.passes
      return matrix.map { matrix in
        (0..<matrix.shape[0]).map { member in
          Slice(matrix: matrix) { member * matrix.shape[1] + $0 }
        }
      }
    }
  }

  func pixelScores() throws -> [Double] {
    var scores = [Double](repeating: 0, count: count)
    guard let matrix = pool.uncertainty else { return scores }
    for place in unlabelled {
      scores[place] = Double(matrix.row(rows[place])[0])
      if !scores[place].isFinite { throw notFinite("the uncertainty", place) }
    }
    return scores
  }
}
