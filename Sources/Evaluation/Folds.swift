public import Base

/// A division of the labelled items for cross-validation that never splits a group and keeps the
/// classes' shares alike.
///
/// Groups are dealt greedily, the most uneven first, each to the fold where the spread of the
/// classes' shares over the folds stays smallest (the idea of scikit-learn's `StratifiedGroupKFold`);
/// ties go to the smaller fold, then to the key.
///
/// A class that only one group holds cannot be both learnt and tested: that group stays in training
/// in every fold.
///
/// - Randomness: the order among equal groups and the choice among equal folds, from `key`; the
///   order of the items does not matter beyond the groups' numbers.
/// - Cost: O(groups · folds² · classes).
public struct Folds: Sendable, Equatable {
  /// The number of folds: that asked for, or fewer where the groups do not suffice; 0 where no
  /// cross-validation is possible.
  public let count: Int
  /// The fold in which each item is tested; `nil` for an item that is always trained on.
  public let fold: [Int?]

  /// Divides the items.
  ///
  /// - Parameters:
  ///   - classes: a class (or stratum) index of each item, from 0.
  ///   - groups: the group of each item; any numbers.
  ///   - count: the number of folds wanted, at least 2.
  ///   - key: where ties are drawn.
  public init(classes: [Int], groups: [Int], count: Int, key: RandomKey) {
    precondition(classes.count == groups.count && count > 1, "one group per item, and two folds")
    let classCount = (classes.max() ?? -1) + 1
    var members: [Int: [Int]] = [:]
    for (item, group) in groups.enumerated() { members[group, default: []].append(item) }
    let pools = members.keys.sorted().map {
      Self.tally(group: $0, classes: members[$0, default: []].map { classes[$0] }, of: classCount)
    }
    let free = Self.free(of: pools, classCount: classCount)
    self.count = min(count, free.count) < 2 ? 0 : min(count, free.count)
    guard self.count > 0 else {
      fold = Array(repeating: nil, count: classes.count)
      return
    }
    let dealt = Self.deal(free, into: self.count, key: key)
    fold = groups.map { dealt[$0] }
  }

  /// The items that are trained on while `number` is tested.
  public func training(_ number: Int) -> [Int] { fold.indices.filter { fold[$0] != number } }

  /// The items tested in fold `number`.
  public func testing(_ number: Int) -> [Int] { fold.indices.filter { fold[$0] == number } }

  private struct Tally {
    let group: Int
    let counts: [Int]
  }

  private static func tally(group: Int, classes: [Int], of count: Int) -> Tally {
    var counts = Array(repeating: 0, count: count)
    for label in classes { counts[label] += 1 }
    return Tally(group: group, counts: counts)
  }

  /// The groups that hold no class alone.
  private static func free(of pools: [Tally], classCount: Int) -> [Tally] {
    let holders = (0..<classCount).map { label in pools.count(where: { $0.counts[label] > 0 }) }
    return pools.filter { pool in
      !holders.indices.contains { pool.counts[$0] > 0 && holders[$0] == 1 }
    }
  }

  private static func deal(_ pools: [Tally], into count: Int, key: RandomKey) -> [Int: Int] {
    let order = pools.sorted { a, b in
      let (left, right) = (unevenness(a.counts), unevenness(b.counts))
      if left != right { return left > right }
      return key.tieRank(a.group) < key.tieRank(b.group)
    }
    let totals = order.reduce(into: order[0].counts.map { _ in 0.0 }) { sum, pool in
      for label in sum.indices { sum[label] += Double(pool.counts[label]) }
    }
    var folds = Array(repeating: totals.map { _ in 0.0 }, count: count)
    var result: [Int: Int] = [:]
    for (place, pool) in order.enumerated() {
      let left = order.count - place
      let open = openFolds(folds, groupsLeft: left)
      let chosen = best(of: open, for: pool, folds: folds, totals: totals, key: key)
      for label in totals.indices { folds[chosen][label] += Double(pool.counts[label]) }
      result[pool.group] = chosen
    }
    return result
  }

  /// All folds, or only the empty ones once the groups left just suffice to fill them.
  private static func openFolds(_ folds: [[Double]], groupsLeft: Int) -> [Int] {
    let empty = folds.indices.filter { folds[$0].reduce(0, +) == 0 }
    return groupsLeft <= empty.count ? empty : Array(folds.indices)
  }

  private static func best(
    of open: [Int], for pool: Tally, folds: [[Double]], totals: [Double], key: RandomKey
  ) -> Int {
    let ranked = open.map { number -> (number: Int, spread: Double, size: Double) in
      let size = folds[number].reduce(0, +)
      return (number, spread(folds, adding: pool, to: number, totals: totals), size)
    }
    let ties = key.folding("fold").folding(pool.group)
    let chosen = ranked.min { a, b in
      if abs(a.spread - b.spread) > 1e-12 { return a.spread < b.spread }
      if a.size != b.size { return a.size < b.size }
      return ties.tieRank(a.number) < ties.tieRank(b.number)
    }
    return chosen?.number ?? 0
  }

  /// The variance over the folds of each class's share, summed over the classes.
  private static func spread(
    _ folds: [[Double]], adding pool: Tally, to number: Int, totals: [Double]
  ) -> Double {
    totals.indices.reduce(0) { sum, label in
      guard totals[label] > 0 else { return sum }
      let shares = folds.indices.map { fold in
        (folds[fold][label] + (fold == number ? Double(pool.counts[label]) : 0)) / totals[label]
      }
      let centre = 1.0 / Double(folds.count) * shares.reduce(0, +)
      return sum + shares.reduce(0) { $0 + ($1 - centre) * ($1 - centre) }
    }
  }

  private static func unevenness(_ counts: [Int]) -> Double {
    standardDeviation(counts.map(Double.init)) ?? Double(counts.reduce(0, +))
  }
}
