public import Base
public import Foundation
import GRDB

/// What an image was said to be.
public enum Label: Sendable, Hashable {
  /// The number of a class.
  case `class`(Int)
  /// The hash of a mask in the pool.
  case mask(String)
  /// The numbers of all classes that it has; empty: it has none of them.
  case classes(Set<Int>)
}

/// Where a label came from.
public enum LabelSource: Int, Sendable, Codable, CaseIterable, CustomStringConvertible {
  /// Hidden truth: only an oracle and an evaluation may read it.
  case truth = 0
  /// A person who was asked.
  case annotator = 1
  /// A simulated person, who answers from the truth.
  case oracle = 2
  /// Came with the images, by `import --labels`.
  case imported = 3

  /// The sources of labels that came with the images.
  static let certain: Set<LabelSource> = [.truth, .imported]

  /// The name as it is printed.
  public var description: String { ["truth", "annotator", "oracle", "import"][rawValue] }
}

/// One row of the ledger of labels; rows are added and never changed.
public struct LabelRow: Sendable, Hashable {
  /// The number of the item.
  public var item: Int
  /// What it was said to be.
  public var label: Label
  /// Who said so: a name for the person, or of the program's part.
  public var author: String
  /// When.
  public var time: Date
  /// How it came here.
  public var source: LabelSource
  /// The run whose ledger this is; empty for the pool itself.
  ///
  /// Runs never see each other's rows, so several arms and seeds of a study share one pool.
  public var run: String

  /// A row for the ledger of `run`.
  public init(
    item: Int, label: Label, author: String, time: Date = Date(), source: LabelSource,
    run: String = ""
  ) {
    self.item = item
    self.label = label
    self.author = author
    self.time = time
    self.source = source
    self.run = run
  }
}

extension Pool {
  /// Adds rows to the ledger: all of them, or none where one is wrong.
  ///
  /// - Throws: `PoolError.unknownItem`, `.unknownClass`, `.wrongKind`, `.maskMissing`.
  public func append(labels rows: [LabelRow]) throws {
    try database.write { db in
      let mode = try Self.property("mode", db).flatMap(PoolMode.init)
      let classes = try Self.classes(db).count
      let items = try Int.fetchOne(db, sql: "SELECT MAX(id) + 1 FROM item") ?? 0
      for row in rows {
        guard (0..<items).contains(row.item) else { throw PoolError.unknownItem(row.item) }
        try check(row, mode: mode, classes: classes)
        try Self.insert(row, db)
      }
    }
  }

  private func check(_ row: LabelRow, mode: PoolMode?, classes: Int) throws {
    if let mode, row.label.mode != mode { throw PoolError.wrongKind(item: row.item, mode: mode) }
    let values: Set<Int>
    switch row.label {
    case .class(let value): values = [value]
    case .classes(let all): values = all
    case .mask(let hash):
      if !masks.contains(hash) { throw PoolError.maskMissing(hash) }
      values = []
    }
    if let value = values.sorted().first(where: { !(0..<classes).contains($0) }) {
      throw PoolError.unknownClass(value, known: classes)
    }
  }

  static func insert(_ row: LabelRow, _ db: Database) throws {
    var value: Int?
    var mask: String?
    var classes: String?
    switch row.label {
    case .class(let number): value = number
    case .mask(let hash): mask = hash
    case .classes(let numbers):
      classes = Label.text(of: numbers)
    }
    let statement = try db.cachedStatement(
      sql: """
        INSERT INTO label (item, run, class, mask, classes, author, time, source)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """)
    try statement.execute(arguments: [
      row.item, row.run, value, mask, classes, row.author, row.time.timeIntervalSince1970,
      row.source.rawValue,
    ])
  }

  /// The current (newest) label of every labelled item in the ledger of `run`, counting only rows
  /// of the given sources (of all sources for nil).
  public func currentLabels(
    run: String = "", sources: Set<LabelSource>? = nil
  ) throws -> [Int: Label] {
    try database.read { db in
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT item, class, mask, classes, MAX(id) FROM label
          WHERE run = ? \(Self.condition(sources)) GROUP BY item
          """,
        arguments: [run])
      var labels: [Int: Label] = [:]
      while let row = try rows.next() { labels[row[0]] = Self.label(row[1], row[2], row[3]) }
      return labels
    }
  }

  /// The class of every item of the pool itself whose current label, counting only rows of the given
  /// sources, is a class: 4 bytes an item.
  public func currentClasses(sources: Set<LabelSource>) throws -> ItemTable {
    try database.read { db in
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT item, class, MAX(id) FROM label
          WHERE run = '' \(Self.condition(sources)) GROUP BY item
          """)
      var classes: ItemTable = [:]
      while let row = try rows.next() { classes[row[0]] = row[1] }
      return classes
    }
  }

  /// The current labels of these items in the ledger of `run`, counting only rows of the given
  /// sources (of all sources for nil); items without one are left out.
  ///
  /// - Complexity: O(m log n) for m items of a pool of n.
  public func currentLabels(
    of items: some Sequence<Int>, run: String = "", sources: Set<LabelSource>? = nil
  ) throws -> [Int: Label] {
    try database.read { db in
      var labels: [Int: Label] = [:]
      for item in items {
        labels[item] = try Self.currentLabel(item, run: run, sources: sources, db)
      }
      return labels
    }
  }

  /// What is known of these items for certain: the labels that came with the images, hidden ones
  /// too.
  ///
  /// For an oracle that plays the annotator and for evaluation; no stage may learn from them.
  public func truth(of items: some Sequence<Int>) throws -> [Int: Label] {
    try currentLabels(of: items, sources: LabelSource.certain)
  }

  /// The items of a split of which something is known for certain, in order.
  public func itemsWithTruth(in split: Split) throws -> [Int] {
    try database.read { db in
      try Int.fetchAll(
        db,
        sql: """
          SELECT id FROM item WHERE split = ? AND EXISTS (
            SELECT 1 FROM label
            WHERE run = '' AND label.item = item.id \(Self.condition(LabelSource.certain))
          ) ORDER BY id
          """, arguments: [split.rawValue])
    }
  }

  /// Every row of the ledger of `run` (of all ledgers for nil) from the row number `first` on, in
  /// the order of writing: a page.
  ///
  /// The row number of the next page is the last row's plus 1.
  public func history(
    run: String? = "", from first: Int64 = 0, limit: Int = Int.max
  ) throws -> [(number: Int64, row: LabelRow)] {
    try database.read { db in
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT \(Self.historyColumns) FROM label
          WHERE \(run == nil ? "" : "run = ? AND") id >= ? ORDER BY id LIMIT ?
          """,
        arguments: StatementArguments(run.map { [$0] } ?? [])
          + StatementArguments([first, Int64(limit)]))
      return try Array(rows.map { try Self.historyRow($0) })
    }
  }

  static let historyColumns = "id, item, class, mask, author, time, source, run, classes"

  static func historyRow(_ row: Row) throws -> (number: Int64, row: LabelRow) {
    guard let label = label(row[2], row[3], row[8]), let source = LabelSource(rawValue: row[6])
    else {
      throw PoolError.damaged("label row \(row[0] as Int64)", place: "pool.sqlite")
    }
    let entry = LabelRow(
      item: row[1], label: label, author: row[4], time: Date(timeIntervalSince1970: row[5]),
      source: source, run: row[7])
    return (row[0], entry)
  }

  static func currentLabel(
    _ item: Int, run: String, sources: Set<LabelSource>? = nil, _ db: Database
  ) throws -> Label? {
    let statement = try db.cachedStatement(
      sql: """
        SELECT class, mask, classes FROM label WHERE run = ? AND item = ? \(condition(sources))
        ORDER BY id DESC LIMIT 1
        """)
    return try Row.fetchOne(statement, arguments: [run, item]).flatMap {
      label($0[0], $0[1], $0[2])
    }
  }

  private static func label(_ value: Int?, _ mask: String?, _ classes: String?) -> Label? {
    if let value { return .class(value) }
    if let mask { return .mask(mask) }
    return classes.map { .classes(Label.classes(of: $0)) }
  }

  static func condition(_ sources: Set<LabelSource>?) -> String {
    guard let sources else { return "" }
    let numbers = sources.map(\.rawValue).sorted().map(String.init)
    return "AND source IN (\(numbers.joined(separator: ",")))"
  }
}
