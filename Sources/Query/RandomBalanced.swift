import Base

/// A control that knows the truth: a class uniformly, then an item of it uniformly.
///
/// No rule for use: it shows what balance alone would save. Lüth, Bungert, Klein, Jaeger.
/// *Navigating the Pitfalls of Active Learning Evaluation.* NeurIPS 2023.
/// <https://arxiv.org/abs/2301.10625>
///
/// - Reads: `truth [N]`, the true class of every item; refuses without it.
/// - Utility: the chance of the class.
/// - Cost: O(N log N).
/// - Randomness: one number per pick and one per item, from the key.
/// - Departures: near copies and groups are not limited, as in `RandomSampling`.
public struct RandomBalanced: Rule {
  static let card = MethodCard(
    "control that knows the truth: classes in balance",
    cost: "O(N log N)", regime: "simulations of classification",
    paper: "Lüth 2023")
  /// What the rule reads.
  public let needs: Set<PoolStatistic> = [.truth]
  /// Classification alone.
  public let tasks: Set<QueryTask> = [.classification]
  let name = "random-balanced"
  let heedsLimits = false

  /// The rule.
  public init() {}

  func choose(_ draft: Draft) throws {
    guard let truth = draft.pool.truth else { return }
    var members: [[Int]] = []
    for place in draft.unlabelled {
      var value: Float = 0
      try draft.copyRow(of: truth, at: place, into: &value, "the true class")
      let number = max(0, Int(value))
      while members.count <= number { members.append([]) }
      members[number].append(place)
    }
    draft.takeByClass(members, upTo: .max, key: draft.key.folding("balanced"))
  }
}
