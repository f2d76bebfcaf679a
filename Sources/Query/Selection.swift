import Base

/// How a batch is made of scores.
///
/// A selection is one file, which says what it reads beside the score and how it takes places from
/// a draft; what it leaves open is filled at random.
public struct Selection: Sendable {
  /// What is read beside the score.
  let needs: Set<PoolStatistic>
  /// Takes places, given each place's score and the score's name.
  let take: @Sendable (Draft, [Double], String) throws -> Void

  init(
    needs: Set<PoolStatistic> = [],
    take: @escaping @Sendable (Draft, [Double], String) throws -> Void
  ) {
    (self.needs, self.take) = (needs, take)
  }

  /// The highest scores.
  public static let top = Selection { draft, scores, name in
    draft.takeBest(scores) { "\(name) \(scores[$0].short)" }
  }
}

extension PoolStatistics {
  /// What the similarity of two items is read from: image descriptors in segmentation, else the
  /// current head's input.
  var similarityFeatures: Matrix? { descriptors ?? features(.currentEmbeddings) }
}
