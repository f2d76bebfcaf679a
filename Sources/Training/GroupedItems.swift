internal import Base

/// Items sorted by their group, in two flat arrays: four bytes an item and four a group.
struct GroupedItems {
  private let items: [Int32]
  /// Where each group ends in `items`.
  private let ends: [Int32]

  /// Groups ascending; the items of one in the order in which they are given.
  ///
  /// - Precondition: every item has a group.
  /// - Complexity: O(N log N).
  init(_ items: [Int], groups: ItemTable) {
    // Group and place in one word, so that a plain sort does both.
    let order = items.enumerated().map { place, item -> Int64 in
      guard let group = groups[item] else { preconditionFailure("item \(item) has no group") }
      return Int64(group) << 32 | Int64(place)
    }.sorted()
    self.items = order.map { Int32(items[Int($0 & 0xffff_ffff)]) }
    ends = order.indices.filter { $0 + 1 == order.count || order[$0] >> 32 != order[$0 + 1] >> 32 }
      .map { Int32($0 + 1) }
  }

  /// The number of groups.
  var count: Int { ends.count }

  /// The items of the group at a place.
  subscript(place: Int) -> ArraySlice<Int32> {
    items[(place == 0 ? 0 : Int(ends[place - 1]))..<Int(ends[place])]
  }

  /// How many items each group has.
  var sizes: [Int32] {
    ends.indices.map { $0 == 0 ? ends[0] : ends[$0] - ends[$0 - 1] }
  }
}
