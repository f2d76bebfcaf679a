/// A whole number for each of some items, by the item's number: four bytes an item.
///
/// Items are numbered from 0 without gaps, so that an array holds in 4 MB for a million items what a
/// dictionary holds in 33.
public struct ItemTable: Sendable, Equatable {
  private static let absent = Int32.min
  private var values: [Int32]

  /// The value of item i at place i.
  public init(_ values: [Int32]) { self.values = values }

  /// The values of items that are numbered from 0.
  public init(_ values: [Int: Int]) {
    self.values = Array(repeating: Self.absent, count: (values.keys.max() ?? -1) + 1)
    for (item, value) in values { self[item] = value }
  }

  /// The place of each of these items among them, such as its row in a table.
  public init(placesOf items: [Int]) {
    values = Array(repeating: Self.absent, count: (items.max() ?? -1) + 1)
    for (place, item) in items.enumerated() { values[item] = Int32(place) }
  }

  /// The value of an item; nil where it has none.
  public subscript(item: Int) -> Int? {
    get {
      guard values.indices.contains(item), values[item] != Self.absent else { return nil }
      return Int(values[item])
    }
    set {
      if item >= values.count {
        values += Array(repeating: Self.absent, count: item + 1 - values.count)
      }
      values[item] = newValue.map { Int32($0) } ?? Self.absent
    }
  }
}

extension ItemTable: ExpressibleByDictionaryLiteral {
  /// Item and value.
  public init(dictionaryLiteral elements: (Int, Int)...) {
    self.init(Dictionary(uniqueKeysWithValues: elements))
  }
}
