import Base
import Foundation
import GRDB

/// The second half of an import: which decoded images become items, in one transaction.
///
/// Images are looked at in the order of the plan. Copies with the same label (or none) on one side
/// are one item; copies that disagree are all held. Then the sides of groups without one are drawn,
/// and items get the next free numbers. Nothing depends on when or in which order files were
/// decoded.
struct ImportDecision {
  /// A decoded image that is not decided on.
  private struct Claim {
    let row: Int64
    let entry: Int
    let frame: Int
    let content: Int64
    let label: Label?
    let group: Int
    var refusal: String?
  }

  /// An item that has the same content.
  private struct Known {
    let item: Int
    let split: Split
    let label: Label?
  }

  private let plan: ImportPlan
  private let options: ImportOptions
  private let names: SourceNames
  private let classOf: [String: Int]
  private var sides = GroupSides()
  private var claims: [Claim] = []
  private var drawn: Set<Int> = []
  private var groupRows: [Int: Int64] = [:]
  /// What the import did.
  private(set) var summary = ImportSummary()

  init(_ plan: ImportPlan, options: ImportOptions, names: SourceNames, classes: [String]) {
    self.plan = plan
    self.options = options
    self.names = names
    classOf = Dictionary(uniqueKeysWithValues: classes.enumerated().map { ($1, $0) })
  }

  /// Decides on everything that is staged.
  mutating func decide(_ db: Database) throws {
    for place in plan.entries.indices { try collect(place, db) }
    let known = try settle(db)
    sides.draw(drawn, testShare: options.testShare)
    try write(known, db)
  }

  // MARK: Collecting

  private mutating func collect(_ place: Int, _ db: Database) throws {
    let entry = plan.entries[place]
    let last = entry.block.map { $0.firstFrame + $0.count } ?? Int.max
    let statement = try db.cachedStatement(
      sql: """
        SELECT id, frame, outcome, content, mask, item, reason FROM source
        WHERE version = ? AND frame >= ? AND frame < ? ORDER BY frame
        """)
    let rows = try Row.fetchAll(
      statement, arguments: [names.version(entry), entry.firstFrame, last])
    for row in rows {
      let label = self.label(entry, frame: row["frame"], mask: row["mask"])
      switch SourceOutcome(rawValue: row["outcome"]) {
      case .staged: claims.append(try claim(place, row, label, db))
      case .item:
        summary.items += 1
        try addLater(label, to: row["item"], db)
      case .merged:
        summary.merged += 1
        try addLater(label, to: row["item"], db)
      case .held: setAside(\.held, row["reason"] ?? "")
      case .quarantined, nil: setAside(\.quarantined, row["reason"] ?? "")
      }
    }
  }

  private mutating func setAside(_ count: WritableKeyPath<ImportSummary, Int>, _ reason: String) {
    summary[keyPath: count] += 1
    summary.reasons[reason, default: 0] += 1
  }

  private func label(_ entry: ImportPlan.Entry, frame: Int, mask: String?) -> Label? {
    if let mask { return .mask(mask) }
    return entry.label(ofFrame: frame).flatMap { classOf[$0] }.map(Label.class)
  }

  private mutating func claim(
    _ place: Int, _ row: Row, _ label: Label?, _ db: Database
  ) throws -> Claim {
    let entry = plan.entries[place]
    let frame: Int = row["frame"]
    let pseudonym = names.group(entry, frame: frame)
    let name = names.drawName(entry, frame: frame)
    let seed = options.seed
    let group = try sides.number(pseudonym, rank: SplitAssignment.rank(name, seed: seed)) {
      try Int.fetchOne(
        db, sql: "SELECT split FROM itemGroup WHERE pseudonym = ?", arguments: [pseudonym]
      ).flatMap(Split.init(rawValue:))
    }
    var claim = Claim(
      row: row["id"], entry: place, frame: frame, content: row["content"], label: label,
      group: group)
    if let split = entry.split, !sides.place(group, on: split) {
      claim.refusal = "its group stands in another split"
    }
    if case .class(let value)? = label { sides.spread(group, by: value) }
    return claim
  }

  /// Adds the label of an image that came with an earlier import, where it had none.
  private mutating func addLater(_ label: Label?, to item: Int?, _ db: Database) throws {
    guard let label, let item else { return }
    let current = try Pool.currentLabel(item, run: "", db)
    if current == nil {
      try add(label, to: item, db)
    } else if current != label {
      summary.differing += 1
    }
  }

  // MARK: Settling copies

  /// Holds copies that disagree, joins the groups of those that agree; returns the items that the
  /// pool has of a content.
  private mutating func settle(_ db: Database) throws -> [Int64: Known] {
    var copies: [Int64: [Int]] = [:]
    var order: [Int64] = []
    for (place, claim) in claims.enumerated() where claim.refusal == nil {
      if copies[claim.content] == nil { order.append(claim.content) }
      copies[claim.content, default: []].append(place)
    }
    var known: [Int64: Known] = [:]
    for content in order {
      let places = copies[content] ?? []
      known[content] = try self.known(content, db)
      let refusal = disagreement(places, known[content])
      for place in places { claims[place].refusal = refusal }
      if refusal == nil { drawn.formUnion(places.map { claims[$0].group }) }
    }
    return known
  }

  private mutating func disagreement(_ places: [Int], _ known: Known?) -> String? {
    let labels = Set(places.compactMap { claims[$0].label } + (known?.label.map { [$0] } ?? []))
    if labels.count > 1 { return "copies of this image have different labels" }
    if !sides.join(places.map { claims[$0].group }, on: known?.split) {
      return "copies of this image stand in different splits"
    }
    return nil
  }

  private func known(_ content: Int64, _ db: Database) throws -> Known? {
    let statement = try db.cachedStatement(sql: "SELECT id, split FROM item WHERE content = ?")
    guard let row = try Row.fetchOne(statement, arguments: [content]) else { return nil }
    return Known(
      item: row[0], split: Split(rawValue: row[1]) ?? .train,
      label: try Pool.currentLabel(row[0], run: "", db))
  }

  // MARK: Writing

  private mutating func write(_ known: [Int64: Known], _ db: Database) throws {
    var itemOf = known.mapValues(\.item)
    var labelled = Set(known.values.filter { $0.label != nil }.map(\.item))
    var next = try Int.fetchOne(db, sql: "SELECT MAX(id) + 1 FROM item") ?? 0
    var chain = Digest()
    chain.update(Data((try Pool.revisions(db).last?.digest ?? sha256("")).utf8))
    for claim in claims {
      if let refusal = claim.refusal {
        try mark(claim, .held, item: nil, reason: refusal, db)
        setAside(\.held, refusal)
        continue
      }
      let item = itemOf[claim.content] ?? next
      if item == next {
        chain.update(try insert(claim, as: item, db))
        itemOf[claim.content] = item
        next += 1
        summary.added += 1
        summary.items += 1
        try mark(claim, .item, item: item, reason: nil, db)
      } else {
        summary.merged += 1
        try mark(claim, .merged, item: item, reason: nil, db)
      }
      if let label = claim.label, labelled.insert(item).inserted { try add(label, to: item, db) }
    }
    if summary.added > 0 {
      try db.execute(
        sql: "INSERT INTO revision (items, digest, time) VALUES (?, ?, ?)",
        arguments: [next, chain.hex(), Date().timeIntervalSince1970])
    }
  }

  /// Writes the item; returns the identity of its pixels.
  private mutating func insert(_ claim: Claim, as item: Int, _ db: Database) throws -> Data {
    let side = sides.side(claim.group)
    let group = try groupRow(claim.group, side, db)
    let statement = try db.cachedStatement(
      sql: "INSERT INTO item (id, content, groupID, split, pseudonym) VALUES (?, ?, ?, ?, ?)")
    try statement.execute(arguments: [
      item, claim.content, group, side.rawValue, names.pseudonym(plan.entries[claim.entry]),
    ])
    let hash = try db.cachedStatement(sql: "SELECT hash FROM content WHERE id = ?")
    return try Data.fetchOne(hash, arguments: [claim.content]) ?? Data()
  }

  private mutating func groupRow(_ group: Int, _ side: Split, _ db: Database) throws -> Int64 {
    if let row = groupRows[group] { return row }
    let pseudonym = sides.pseudonym(group)
    try db.execute(
      sql: "INSERT OR IGNORE INTO itemGroup (pseudonym, split) VALUES (?, ?)",
      arguments: [pseudonym, side.rawValue])
    let row = try Int64.fetchOne(
      db, sql: "SELECT id FROM itemGroup WHERE pseudonym = ?", arguments: [pseudonym])
    groupRows[group] = row
    return row ?? 0
  }

  private func mark(
    _ claim: Claim, _ outcome: SourceOutcome, item: Int?, reason: String?, _ db: Database
  ) throws {
    let statement = try db.cachedStatement(
      sql: "UPDATE source SET outcome = ?, item = ?, reason = ? WHERE id = ?")
    try statement.execute(arguments: [outcome.rawValue, item, reason, claim.row])
  }

  private mutating func add(_ label: Label, to item: Int, _ db: Database) throws {
    summary.labels += 1
    try Pool.insert(
      LabelRow(
        item: item, label: label, author: "import",
        source: options.asTruth ? .truth : .imported), db)
  }
}
