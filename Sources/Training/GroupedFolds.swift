public import Base

/// Divides labelled items into folds so that a group never stands on two sides and every fold has
/// about its share of each class.
///
/// Groups go, largest first and ties by key, to the fold where they leave the class counts most
/// even (as scikit-learn's `StratifiedGroupKFold`). The items of a class that only one group
/// holds are never held out, because a training part without the class could not predict it; nor
/// are other items of such a group.
///
/// - Returns: the fold of every item, or −1 where it is always trained on; `folds` is lowered to
///   the number of groups that can be held out, and with fewer than two of those all are −1.
public func groupedFolds(labels: [Int], groups: [Int], folds: Int, key: RandomKey) -> [Int] {
  precondition(labels.count == groups.count, "\(labels.count) labels, \(groups.count) groups")
  let members = Dictionary(grouping: labels.indices) { groups[$0] }
  let holders = Dictionary(zip(labels, groups.map { Set([$0]) })) { $0.union($1) }
  let movable = members.filter { _, rows in
    rows.allSatisfy { (holders[labels[$0]]?.count ?? 0) > 1 }
  }
  var result = [Int](repeating: -1, count: labels.count)
  let folds = min(folds, movable.count)
  guard folds >= 2 else { return result }
  let order = movable.keys.sorted { one, other in
    let (a, b) = (movable[one]?.count ?? 0, movable[other]?.count ?? 0)
    return a != b ? a > b : key.tieRank(one) < key.tieRank(other)
  }
  var balance = FoldBalance(labels: labels, folds: folds)
  for group in order {
    let rows = movable[group] ?? []
    let fold = balance.place(rows.map { labels[$0] })
    for row in rows { result[row] = fold }
  }
  return result
}

/// Class counts of the folds being filled.
private struct FoldBalance {
  private let totals: [Int: Int]
  private var counts: [[Int: Int]]

  init(labels: [Int], folds: Int) {
    totals = Dictionary(labels.map { ($0, 1) }, uniquingKeysWith: +)
    counts = Array(repeating: [:], count: folds)
  }

  /// Adds a group's labels to the fold that stays most even, the emptier one and then the first
  /// where several do.
  mutating func place(_ labels: [Int]) -> Int {
    let best = counts.indices.min { one, other in
      let (a, b) = (cost(one, labels), cost(other, labels))
      return a != b ? a < b : size(one) < size(other)
    }
    let fold = best ?? 0
    for label in labels { counts[fold][label, default: 0] += 1 }
    return fold
  }

  private func size(_ fold: Int) -> Int { counts[fold].values.reduce(0, +) }

  /// Σ over classes of the squared shares of the folds, were the group added to `fold`: least when
  /// every fold has the same share.
  private func cost(_ fold: Int, _ labels: [Int]) -> Double {
    let added = Dictionary(labels.map { ($0, 1) }, uniquingKeysWith: +)
    return totals.sorted { $0.key < $1.key }.reduce(0) { sum, entry in
      let (label, total) = entry
      let shares = counts.indices.map { other in
        Double((counts[other][label] ?? 0) + (other == fold ? added[label] ?? 0 : 0))
          / Double(total)
      }
      return sum + shares.reduce(0) { $0 + $1 * $1 }
    }
  }
}
