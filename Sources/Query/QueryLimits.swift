public import Base

/// What a batch may hold at most of things that tell the same.
///
/// Limits give way when they would leave the batch short: first the share of a group grows by one
/// at a time, then near copies are allowed.
public struct QueryLimits: Sendable, Codable, Equatable, Documented {
  /// Items of one group (a patient) in a batch; nil for no limit.
  public var perGroup: Int?
  /// The cosine of the centred embeddings from which two items count as near copies, of which one
  /// stands for all; nil to compare none.
  public var nearCopy: Double?

  /// What each setting means.
  public static let documentation = [
    "perGroup": "Items of one group (a patient) in a batch; null for no limit.",
    "nearCopy": "The cosine of centred embeddings from which two items count as near copies, of "
      + "which one stands for all; null to compare none.",
  ]

  /// Limits of a batch; the defaults are those for classification of whole images.
  public init(perGroup: Int? = 2, nearCopy: Double? = 0.999) {
    (self.perGroup, self.nearCopy) = (perGroup, nearCopy)
  }
}
