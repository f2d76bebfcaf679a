import GRDB

/// A pool in numbers.
public struct PoolOverview: Sendable, Codable, Equatable {
  /// A class and how many items have it as their current label.
  public struct ClassCount: Sendable, Codable, Equatable {
    /// The class.
    public var name: String
    /// The number of items.
    public var items: Int
  }

  /// What the labels are; nil before the first ones.
  public var mode: PoolMode?
  /// Items on each side.
  public var splits: [String: Int] = [:]
  /// Groups.
  public var groups = 0
  /// Items that have a label in the pool's own ledger.
  public var labelled = 0
  /// The classes with their items, of which one may count for several classes; for masks, the items
  /// are not counted by class.
  public var classes: [ClassCount] = []
  /// Frames that are held because a copy disagrees.
  public var held = 0
  /// Frames that cannot be used.
  public var quarantined = 0

  /// All items.
  public var items: Int { splits.values.reduce(0, +) }
}

extension Pool {
  /// The pool in numbers.
  ///
  /// - Complexity: O(n) over two indices of items and groups, some 0.1 s for a million items; labels
  ///   are counted as they are written, but for several classes an image.
  public func overview() throws -> PoolOverview { try database.read { try Self.overview($0) } }

  static func overview(_ db: Database) throws -> PoolOverview {
    var overview = PoolOverview()
    overview.mode = try property("mode", db).flatMap(PoolMode.init)
    for row in try Row.fetchAll(db, sql: "SELECT split, COUNT(*) FROM item GROUP BY split") {
      overview.splits[(Split(rawValue: row[0]) ?? .train).description] = row[1]
    }
    overview.groups = try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM itemGroup") ?? 0
    let labels = try Row.fetchAll(db, sql: "SELECT class, items FROM labelCount WHERE run = ''")
    var counts = labels.reduce(into: [Int: Int]()) { $0[$1[0]] = $1[1] }
    overview.labelled = counts.values.reduce(0, +)
    if overview.mode == .multiLabel { counts = try itemsOfClass(db) }
    overview.classes = try classes(db).enumerated().map {
      PoolOverview.ClassCount(name: $1, items: counts[$0] ?? 0)
    }
    overview.held = try count(.held, db)
    overview.quarantined = try count(.quarantined, db)
    return overview
  }

  /// Class → items whose current label holds it among others.
  private static func itemsOfClass(_ db: Database) throws -> [Int: Int] {
    let sets = try Row.fetchCursor(
      db,
      sql: """
        SELECT classes, COUNT(*) FROM (
          SELECT classes, MAX(id) FROM label WHERE run = '' GROUP BY item
        ) WHERE classes IS NOT NULL GROUP BY classes
        """)
    var counts: [Int: Int] = [:]
    while let row = try sets.next() {
      for label in Label.classes(of: row[0]) { counts[label, default: 0] += row[1] }
    }
    return counts
  }

  private static func count(_ outcome: SourceOutcome, _ db: Database) throws -> Int {
    try Int.fetchOne(
      db, sql: "SELECT COUNT(*) FROM source WHERE outcome = ?", arguments: [outcome.rawValue]) ?? 0
  }
}
