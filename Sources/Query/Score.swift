import Base
package import Torch

/// What makes an item worth asking for: a number an item, higher is asked first.
///
/// A score is one file, which says what it reads, how the number is made of it, and, where it can
/// be had of every pixel, how a map is made of the class probabilities of an image's pixels.
public struct Score: Sendable, Equatable {
  /// The name of the catalogue.
  public let name: String
  /// What is read to compute it in classification.
  public let needs: Set<PoolStatistic>
  /// The score of every pixel, `[B, H, W]`, of class probabilities `[S, B, C, H, W]` of S networks,
  /// passes or views, background first; nil for a score of whole images alone.
  package let map: (@Sendable (Tensor) -> Tensor)?
  /// What it is for.
  let tasks: Set<QueryTask>
  private let compute: @Sendable (Draft) throws -> [Double]

  /// A score that its own program computes: a number for each place, of which those of unlabelled
  /// places count.
  init(
    _ name: String, reads needs: Set<PoolStatistic>,
    tasks: Set<QueryTask> = [.classification, .segmentation],
    values: @escaping @Sendable (Draft) throws -> [Double]
  ) {
    (self.name, self.needs, self.tasks, compute) = (name, needs, tasks, values)
    map = nil
  }

  /// A score of an item's vectors of class probabilities, in the order of the statistics.
  init(
    _ name: String, of statistics: [PoolStatistic],
    _ value: @escaping @Sendable ([[Float]]) -> Double,
    map: @escaping @Sendable (Tensor) -> Tensor
  ) {
    (self.name, self.needs, self.map) = (name, Set(statistics), map)
    tasks = [.classification, .segmentation]
    compute = { draft in try draft.values(of: statistics, value) }
  }

  /// Whether two scores have the same name.
  public static func == (a: Score, b: Score) -> Bool { a.name == b.name }

  /// What is read in segmentation: the aggregated map, or for whole images the same as in
  /// classification with image descriptors and mean probabilities.
  var needsInSegmentation: Set<PoolStatistic> {
    if map != nil { return [.uncertainty] }
    return Set(
      needs.map { $0 == .embeddings || $0 == .currentEmbeddings ? .descriptors : $0 })
  }

  /// The score of every unlabelled place.
  ///
  /// - Throws: an error naming the item where it is not finite.
  func values(_ draft: Draft) throws -> [Double] {
    let hasPixels = map != nil && draft.pool.uncertainty != nil
    let isAbsent = needs.contains { draft.pool.vectors($0) == nil }
    let values = try hasPixels && isAbsent ? draft.pixelScores() : compute(draft)
    for place in draft.unlabelled where !values[place].isFinite {
      throw draft.notFinite("the \(name)", place)
    }
    return values
  }
}

extension Draft {
  /// The score of every unlabelled place.
  ///
  /// In segmentation the pixel-level `uncertainty` stands for it.
  func scores(_ score: Score) throws -> [Double] { try score.values(self) }

  /// The scores, or nil after the batch has been chosen by coverage because all are equal.
  func scoresOrCoverage(_ score: Score) throws -> [Double]? {
    let scores = try scores(score)
    if areInformative(scores) { return scores }
    try coverInstead(because: "every item has the same \(score.name)")
    return nil
  }

  /// Whether a score tells unlabelled items apart.
  private func areInformative(_ scores: [Double]) -> Bool {
    guard let first = unlabelled.first else { return false }
    return unlabelled.contains { scores[$0] != scores[first] }
  }

  /// A number of the probability vectors of every unlabelled place; zero at the others.
  ///
  /// - Complexity: O(N·S·C) time for S vectors an item, O(N) memory.
  func values(
    of statistics: [PoolStatistic], _ value: ([[Float]]) -> Double
  ) throws -> [Double] {
    let slices = statistics.flatMap(slices)
    var values = [Double](repeating: 0, count: count)
    for place in unlabelled {
      values[place] = value(
        try slices.map { try probabilities($0.matrix, $0.row(rows[place]), place) })
    }
    return values
  }

  private struct Slice {
    let matrix: Matrix
    let row: (Int) -> Int
  }

  /// Where the probability vectors of an item stand.
  private func slices(_ statistic: PoolStatistic) -> [Slice] {
    guard let matrix = pool.vectors(statistic) else { return [] }
    switch matrix.shape.count {
    case 3 where statistic == .views:
      let views = matrix.shape[1]
      return (0..<views).map { view in Slice(matrix: matrix) { $0 * views + view } }
    case 3:
      return (0..<matrix.shape[0]).map { member in
        Slice(matrix: matrix) { member * matrix.shape[1] + $0 }
      }
    default: return [Slice(matrix: matrix) { $0 }]
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

extension PoolStatistics {
  /// The class probabilities of the named kind, or those that stand in for them.
  func vectors(_ statistic: PoolStatistic) -> Matrix? {
    switch statistic {
    case .probabilities: probabilities ?? logits
    case .passes: passes ?? memberProbabilities
    case .memberProbabilities: memberProbabilities ?? passes
    default: self[statistic]
    }
  }
}

/// −Σ p log p over a dimension; 0 · log 0 = 0.
func entropy(_ probabilities: Tensor, dim: Int) -> Tensor {
  -probabilities.xlogy(probabilities).sum(dim: [dim])
}

/// The share of the S votes that each class gets, `[B, C, H, W]`, of probabilities `[S, B, C, H, W]`.
func voteShares(_ all: Tensor) -> Tensor {
  let votes = all.argmax(dim: 2)
  return stack((0..<all.shape[2]).map { votes.eq($0).to(.float32).mean(dim: [0]) }, dim: 1)
}

/// The variance over the first dimension (divided by S), `[B, C, H, W]`.
func variance(_ all: Tensor) -> Tensor { all.variance(dim: [0], unbiased: false) }
