package import Base

/// Items divided into those that are learnt from and those that only measure: whole groups, about a
/// tenth of the items.
package struct HeldOutItems {
  /// What is learnt from, ascending.
  package let learnt: [Int]
  /// What measures, ascending.
  package let measuring: [Int]

  /// - Parameters:
  ///   - items: at least two groups of them.
  ///   - groups: item → group; an item without one is its own.
  ///   - limit: how many measure at most; where every group is larger, the smallest one does.
  ///   - key: draws the groups.
  /// - Throws: a diagnostic where all items are of one group.
  package init(_ items: [Int], groups: ItemTable, limit: Int, key: RandomKey) throws {
    let byGroup = Dictionary(grouping: items) { groups[$0] ?? -1 - $0 }
    let names = byGroup.keys.sorted()
    guard names.count > 1 else {
      throw Diagnostic(
        "all images to learn from are of one group, so that none can be held out to measure with",
        fix: "import images of more groups, or use a method that holds none out, such as simclr")
    }
    let wanted = max(1, min(limit, items.count / 10))
    var measuring: [Int] = []
    for place in key.permutation(names.count) {
      let members = byGroup[names[place]] ?? []
      if measuring.count + members.count <= wanted { measuring += members }
    }
    if measuring.isEmpty {
      measuring = names.compactMap { byGroup[$0] }.min { $0.count < $1.count } ?? []
    }
    self.measuring = measuring.sorted()
    let held = Set(measuring)
    learnt = items.filter { !held.contains($0) }
  }
}
