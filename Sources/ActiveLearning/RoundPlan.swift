public import Base

/// How many labels each round asks for, and when the rounds end.
public struct RoundPlan: Codable, Sendable, Equatable, Validatable, Documented {
  /// Labels of the first round.
  public var first = 10
  /// A round asks for this share of the labels there are; 0.4 is what the recipe was measured with.
  public var growth = 0.4
  /// Label counts at the ends of the rounds; when given, `first` and `growth` do not count.
  public var budgets: [Int] = []
  /// The rounds end at this many labels, or with the pool.
  public var labels = 200
  /// The rounds end when the out-of-fold score, which is optimistic, reaches this; 0 for never.
  public var target = 0.0

  /// The defaults.
  public init() {}

  /// The number of labels after round `round` (from 0) of a pool of `size` items; nil: no more
  /// rounds.
  public func total(round: Int, size: Int) -> Int? {
    let limit = min(size, budgets.last ?? labels)
    guard round > 0 else { return min(budgets.first ?? first, limit) }
    guard let before = total(round: round - 1, size: size), before < limit else { return nil }
    let wanted =
      budgets.isEmpty
      ? before + max(Int((growth * Double(before)).rounded()), 1)
      : (round < budgets.count ? budgets[round] : limit)
    return min(max(wanted, before + 1), limit)
  }

  /// The most labels that a round asks for, in a pool that is large enough.
  var largestBatch: Int {
    var (round, before, largest) = (0, 0, 0)
    while let total = total(round: round, size: .max) {
      (round, largest, before) = (round + 1, max(largest, total - before), total)
    }
    return largest
  }

  /// What each setting means.
  public static let documentation = [
    "first": "Labels of the first round.",
    "growth": "Each further round asks for this share of the labels there are.",
    "budgets": "Label counts at the ends of the rounds, such as [10, 20, 40]; when given, first, "
      + "growth and labels do not count.",
    "labels": "The rounds end at this many labels, or with the pool.",
    "target": "The rounds end when the out-of-fold score inside the labels, which is optimistic, "
      + "reaches this; 0 for never.",
  ]

  /// What is out of range.
  public func faults() -> [String] {
    var faults: [String] = []
    if first < 1 { faults.append("first must be at least 1") }
    if growth < 0 { faults.append("growth must not be negative") }
    if labels < 1 { faults.append("labels must be at least 1") }
    if !(0...1).contains(target) { faults.append("target must lie in 0 ... 1") }
    if zip(budgets, budgets.dropFirst()).contains(where: >=) || (budgets.first ?? 1) < 1 {
      faults.append("budgets must ascend from 1 or more")
    }
    return faults
  }
}
