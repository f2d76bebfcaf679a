import Base

/// A uniform draw without replacement: what every other rule is measured against.
///
/// - Reads: nothing.
/// - Utility: the number drawn for the item.
/// - Cost: O(N log N).
/// - Randomness: one number per item, from the key and the item alone.
/// - Departures: near copies and groups are not limited; it is the control.
public struct RandomSampling: Rule {
  static let card = MethodCard(
    "every item alike: the baseline",
    cost: "O(N log N)", regime: "the control of every study",
    paper: "–")
  /// What the rule reads.
  public let needs: Set<PoolStatistic> = []
  let name = "random"
  let heedsLimits = false

  /// The rule.
  public init() {}

  func choose(_ draft: Draft) { draft.fillAtRandom() }
}
