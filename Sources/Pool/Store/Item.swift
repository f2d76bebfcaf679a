public import Base
import Foundation
import GRDB

/// The side on which a group stands.
public enum Split: Int, Sendable, Codable, CaseIterable, CustomStringConvertible {
  /// May be asked for, labelled and learnt from.
  case train = 0
  /// Kept apart by the data set's authors; no stage learns from it.
  case validation = 1
  /// Only measured on.
  case test = 2

  /// `train`, `validation` or `test`.
  public var description: String { ["train", "validation", "test"][rawValue] }

  /// The split that a labels file means by this word; nil for another word.
  public init?(word: String) {
    switch word.lowercased() {
    case "train", "training": self = .train
    case "val", "valid", "validation", "dev": self = .validation
    case "test", "testing": self = .test
    default: return nil
    }
  }
}

extension Pool {
  /// One image of the pool.
  public struct Item: Sendable, Identifiable {
    /// The number, from 0 without gaps; also its row in every cache.
    public let id: Int
    /// The identity of its pixels.
    public let contentHash: ContentHash
    /// The number of its group: no group stands in two splits.
    public let group: Int
    /// The side of its group.
    public let split: Split
    /// The stored size in pixels.
    public let height: Int
    /// The stored size in pixels.
    public let width: Int
    /// 1 (grey) or 3 (RGB).
    public let channels: Int
    private let pseudonymHigh: UInt64
    private let pseudonymLow: UInt64

    /// The identity of its pixels, 64 hexadecimal digits.
    public var hash: String { contentHash.description }

    /// What stands for its file's name, 32 hexadecimal digits.
    public var pseudonym: String {
      let words = [pseudonymHigh.bigEndian, pseudonymLow.bigEndian]
      return words.withUnsafeBytes { Data($0) }.hexadecimal
    }

    init(_ row: Row) throws {
      let pseudonym: Data = row["pseudonym"]
      guard let hash = ContentHash(row["hash"]), let split = Split(rawValue: row["split"]),
        pseudonym.count == 16
      else { throw PoolError.damaged("item \(row["id"] as Int)", place: "pool.sqlite") }
      id = row["id"]
      contentHash = hash
      group = row["groupID"]
      self.split = split
      height = row["height"]
      width = row["width"]
      channels = row["channels"]
      (pseudonymHigh, pseudonymLow) = pseudonym.withUnsafeBytes {
        (
          UInt64(bigEndian: $0.loadUnaligned(as: UInt64.self)),
          UInt64(bigEndian: $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        )
      }
    }
  }

  /// The number of items.
  ///
  /// - Complexity: O(log n).
  public var count: Int {
    get throws {
      try database.read { try Int.fetchOne($0, sql: "SELECT MAX(id) + 1 FROM item") ?? 0 }
    }
  }

  /// The number of items on each side.
  public func counts() throws -> [Split: Int] {
    try database.read { db in
      let rows = try Row.fetchAll(db, sql: "SELECT split, COUNT(*) FROM item GROUP BY split")
      return rows.reduce(into: [:]) { counts, row in
        if let split = Split(rawValue: row[0]) { counts[split] = row[1] }
      }
    }
  }

  /// The number of groups.
  public var groupCount: Int {
    get throws {
      try database.read { try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM itemGroup") ?? 0 }
    }
  }

  /// At most `limit` items of a split whose number is at least `first`, in order: a page.
  ///
  /// - Complexity: O(limit + log n), whatever the page.
  public func items(in split: Split?, from first: Int, limit: Int) throws -> [Item] {
    try database.read { db in
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT item.id, item.groupID, item.split, item.pseudonym,
            content.hash, content.height, content.width, content.channels
          FROM item JOIN content ON content.id = item.content
          WHERE \(split == nil ? "" : "item.split = ? AND") item.id >= ?
          ORDER BY item.id LIMIT ?
          """,
        arguments: StatementArguments((split.map { [$0.rawValue] } ?? []) + [first, limit]))
      return try Array(rows.map { try Item($0) })
    }
  }

  /// One item.
  ///
  /// - Throws: `PoolError.unknownItem`.
  public func item(_ id: Int) throws -> Item {
    guard let item = try items(in: nil, from: id, limit: 1).first, item.id == id else {
      throw PoolError.unknownItem(id)
    }
    return item
  }

  /// The numbers of the items of a split (of all splits for nil), in order: 8 bytes an item.
  public func ids(in split: Split? = nil) throws -> [Int] {
    try database.read { db in
      guard let split else { return try Int.fetchAll(db, sql: "SELECT id FROM item ORDER BY id") }
      return try Int.fetchAll(
        db, sql: "SELECT id FROM item WHERE split = ? ORDER BY id", arguments: [split.rawValue])
    }
  }

  /// The items of the training side among these, in order.
  func trainingItems(in items: Range<Int>) throws -> [Int] {
    try database.read { db in
      let statement = try db.cachedStatement(
        sql: "SELECT id FROM item WHERE split = ? AND id >= ? AND id < ? ORDER BY id")
      return try Int.fetchAll(
        statement, arguments: [Split.train.rawValue, items.lowerBound, items.upperBound])
    }
  }

  /// The group of every item: 4 bytes an item.
  public func groups() throws -> ItemTable {
    try database.read { db in
      var groups: [Int32] = []
      groups.reserveCapacity(try Int.fetchOne(db, sql: "SELECT MAX(id) + 1 FROM item") ?? 0)
      let cursor = try Int32.fetchCursor(db, sql: "SELECT groupID FROM item ORDER BY id")
      while let group = try cursor.next() { groups.append(group) }
      return ItemTable(groups)
    }
  }
}
