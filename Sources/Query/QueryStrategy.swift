public import Base

/// One chosen item, and why.
public struct Pick: Codable, Sendable, Equatable {
  /// The item.
  public let item: Int
  /// How much the rule wanted it when it was chosen; the scale is the rule's own.
  public let utility: Double
  /// A few words for people, such as "covers 31 items".
  public let reason: String
  /// The part of the item that is asked for; nil: all of it.
  public let tile: Tile?
  /// The probability with which it was drawn, given what had been taken before.
  ///
  /// Nil where nothing was drawn. From these a risk on the chosen items can be made unbiased.
  public let probability: Double?

  /// A chosen item, or a chosen part of it.
  public init(
    item: Int, utility: Double, reason: String, tile: Tile? = nil, probability: Double? = nil
  ) {
    (self.item, self.utility, self.reason) = (item, utility, reason)
    (self.tile, self.probability) = (tile, probability)
  }
}

/// What the images are labelled with.
public enum QueryTask: String, Sendable {
  /// A class an image.
  case classification
  /// A mask an image.
  case segmentation
}

/// A rule that chooses which items to have labelled next.
///
/// Laws, which tests hold every rule of the catalogue to:
/// - The answer is a pure function of the pool, the budget and the key.
/// - It does not depend on the order of the pool's rows: ties break by a hash of key and item, and
///   noise belongs to the item.
/// - It holds `budget` distinct unlabelled items in the order chosen, or all of them when the
///   budget reaches their number.
/// - Near copies and items of one group are limited by `pool.limits`, which give way rather than
///   leave the batch short. The random controls alone take no notice of them.
/// - A number that is not finite is an error that names the item.
/// - A rule that asks the current model refuses a pool without labels; where the labels hold one
///   class, or every item scores the same, it falls back to coverage and says so.
public protocol QueryStrategy: Sendable {
  /// What the rule is for.
  var tasks: Set<QueryTask> { get }
  /// The largest batch that it can choose; nil for any.
  var largestBatch: Int? { get }
  /// What the rule reads in classification.
  var needs: Set<PoolStatistic> { get }
  /// What the rule reads in segmentation, where scores of pixels are aggregated beforehand.
  var needsInSegmentation: Set<PoolStatistic> { get }

  /// Chooses up to `budget` items.
  ///
  /// - Throws: a `Diagnostic` where a statistic is absent or holds numbers of no use.
  func query(_ pool: PoolStatistics, budget: Int, key: RandomKey) throws -> [Pick]
}

extension QueryStrategy {
  /// Both.
  public var tasks: Set<QueryTask> { [.classification, .segmentation] }

  /// Any.
  public var largestBatch: Int? { nil }

  /// Whether the rule compares the current model with an earlier one.
  public var comparesModels: Bool { needs.contains(.previousProbabilities) }

  /// What the rule reads in classification, with `uncertainty` for the statistics of which scores
  /// are made and `descriptors` for the features.
  public var needsInSegmentation: Set<PoolStatistic> {
    Set(
      needs.map { statistic in
        switch statistic {
        case .probabilities, .logits, .memberProbabilities, .passes, .views,
          .previousProbabilities:
          .uncertainty
        case .embeddings, .currentEmbeddings: .descriptors
        default: statistic
        }
      })
  }
}
