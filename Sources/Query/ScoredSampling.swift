import Base

/// A rule made of parts: a score, and how a batch is made of it.
///
/// The named rules are such parts under the name that the literature gives them.
///
/// - Reads: what the score and the selection read.
/// - Utility: the score, or the gain of the selection.
public struct ScoredSampling: Rule {
  /// What makes an item worth asking for.
  public let score: Score
  /// How a batch is made of the scores.
  public let selection: Selection
  let name: String

  /// A rule out of its parts.
  public init(_ score: Score, _ selection: Selection = .top) {
    self.init(score, selection, name: score.name)
  }

  /// The same under the name that the literature gives it.
  init(_ score: Score, _ selection: Selection, name: String) {
    (self.score, self.selection, self.name) = (score, selection, name)
  }

  /// What the rule reads.
  public var needs: Set<PoolStatistic> { selection.needs.union(score.needs) }

  /// What the score is for.
  public var tasks: Set<QueryTask> { score.tasks }

  /// What the rule reads in segmentation.
  public var needsInSegmentation: Set<PoolStatistic> {
    score.needsInSegmentation.union(
      selection.needs.map { $0 == .probabilities ? $0 : .descriptors })
  }

  func choose(_ draft: Draft) throws {
    guard let scores = try draft.scoresOrCoverage(score) else { return }
    try selection.take(draft, scores, score.name)
    draft.fillAtRandom()
  }
}
