import Base
import Foundation
import GRDB

/// The second half of an import: which decoded images become items, in one transaction.
///
/// Images are looked at in the order of the plan, the slices of a series in their anatomical order
/// where its first one stands. Copies with the same label (or none) on one side
/// are one item; copies that disagree are all held. Then the sides of groups without one are drawn,
/// and items get the next free numbers. Nothing depends on when or in which order files were
/// decoded.
struct ImportDecision {
  /// Why an image is set aside.
  private enum Dispute: String {
    case groupElsewhere = "its group stands in another split"
    case labels = "copies of this image have different labels"
    case splits = "copies of this image stand in different splits"
  }

  /// A decoded image that is not decided on; a million of them take some 60 MB.
  private struct Claim {
    let row: Int64
    let content: Int64
    let entry: Int32
    /// The first image of its series, and its place there.
    let anchor: Int32
    let place: Double
    let group: Int32
    let label: LabelCode?
    var dispute: Dispute?
    /// The next image with this content.
    var next: Int32?
    /// The item that it becomes, or whose copy it is.
    var item: Int32?
    /// Whether its label is the item's.
    var bringsLabel = false
  }

  /// An item that has the same content.
  private struct Known {
    let item: Int
    let split: Split
    let label: LabelCode?
  }

  private let names: SourceNames
  private let versions: [Pseudonym?]
  private let options: ImportOptions
  private let classOf: [String: Int]
  private var sets = ClassSets()
  private var sides = GroupSides()
  private var claims: [Claim] = []
  /// The first image with a content, and the last one so far.
  private var chains: [Int64: (first: Int32, last: Int32)] = [:]
  private var anchors: [Pseudonym: Int32] = [:]
  private var drawn: Set<Int> = []
  private var groupRows: [Int: Int64] = [:]
  /// What the import did.
  private(set) var summary = ImportSummary()

  init(
    _ names: SourceNames, _ versions: [Pseudonym?], options: ImportOptions, classes: [String]
  ) {
    self.names = names
    self.versions = versions
    self.options = options
    classOf = Dictionary(uniqueKeysWithValues: classes.enumerated().map { ($1, $0) })
  }

  /// Decides on everything that is staged.
  mutating func decide(_ db: Database) throws {
    for place in versions.indices { try collect(place, db) }
    if !anchors.isEmpty { try arrange(db) }
    try settle(db)
    sides.draw(drawn, testShare: options.testShare)
    try write(db)
  }
}

/// A label in 8 bytes: a class, the number of a set of classes, or the first half of the first half
/// of a mask's hash.
private struct LabelCode: Equatable, Hashable {
  private let word: UInt64

  init(_ label: Label, _ sets: inout ClassSets) {
    switch label {
    case .class(let value): word = UInt64(value)
    case .classes(let values): word = UInt64(sets.number(values)) | 1 << 62
    case .mask(let hash): word = (UInt64(hash.prefix(16), radix: 16) ?? 0) | 1 << 63
    }
  }

  /// The class; nil for a mask or several classes.
  var value: Int? { word >> 62 == 0 ? Int(word) : nil }

  /// The number of the set of classes; nil for others.
  var set: Int? { word >> 62 == 1 ? Int(word & (1 << 62 - 1)) : nil }
}

/// The sets of classes that occur, each under a number.
private struct ClassSets {
  private(set) var all: [Set<Int>] = []
  private var numbers: [Set<Int>: Int] = [:]

  mutating func number(_ values: Set<Int>) -> Int {
    if let number = numbers[values] { return number }
    numbers[values] = all.count
    all.append(values)
    return all.count - 1
  }
}

// MARK: - Collecting

extension ImportDecision {
  private mutating func collect(_ place: Int, _ db: Database) throws {
    guard let version = versions[place] else { return }
    let entry = names.plan.entries[place]
    let frames = names.plan.frames(entry)
    let statement = try db.cachedStatement(
      sql: """
        SELECT id, frame, outcome, content, mask, item, reason, patient, series, place FROM source
        WHERE version = ? AND frame >= ? AND frame < ? ORDER BY frame
        """)
    let rows = try Row.fetchCursor(
      statement, arguments: [version.data, frames.lowerBound, frames.upperBound])
    while let row = try rows.next() {
      let label = self.label(entry, frame: row[1], mask: row[4])
      switch SourceOutcome(rawValue: row[2]) {
      case .staged: try claim(place, row, label, db)
      case .item:
        summary.items += 1
        try addLater(label, to: row[5], db)
      case .merged:
        summary.merged += 1
        try addLater(label, to: row[5], db)
      case .left: summary.left += 1
      case .held: setAside(\.held, row[6] ?? "")
      case .quarantined, nil: setAside(\.quarantined, row[6] ?? "")
      }
    }
  }

  private mutating func setAside(_ count: WritableKeyPath<ImportSummary, Int>, _ reason: String) {
    summary[keyPath: count] += 1
    summary.reasons[reason, default: 0] += 1
  }

  private func label(_ entry: ImportPlan.Entry, frame: Int, mask: String?) -> Label? {
    if let mask { return .mask(mask) }
    guard let field = names.plan.label(entry, frame: frame) else { return nil }
    guard names.plan.mode == .multiLabel else { return classOf[field].map(Label.class) }
    return .classes(Set(ClassList.names(field).compactMap { classOf[$0] }))
  }

  private mutating func claim(
    _ place: Int, _ row: Row, _ label: Label?, _ db: Database
  ) throws {
    let entry = names.plan.entries[place]
    let patient = entry.group == nil ? (row[7] as Data?).flatMap { Pseudonym($0) } : nil
    let pseudonym = patient ?? names.group(entry, frame: row[1])
    let name = patient?.data.hexadecimal ?? names.drawName(entry, frame: row[1])
    let seed = options.seed
    let group = try sides.number(pseudonym, rank: SplitAssignment.rank(name, seed: seed)) {
      let statement = try db.cachedStatement(
        sql: "SELECT split FROM itemGroup WHERE pseudonym = ?")
      return try Int.fetchOne(statement, arguments: [pseudonym.data])
        .flatMap(Split.init(rawValue:))
    }
    var anchor = Int32(claims.count)
    if let series = (row[8] as Data?).flatMap({ Pseudonym($0) }) {
      anchor = anchors[series] ?? anchor
      anchors[series] = anchor
    }
    var claim = Claim(
      row: row[0], content: row[3], entry: Int32(place), anchor: anchor, place: row[9] ?? 0,
      group: Int32(group), label: label.map { LabelCode($0, &sets) })
    if let split = entry.split, !sides.place(group, on: split) { claim.dispute = .groupElsewhere }
    if let value = claim.label?.value { sides.spread(group, by: value) }
    claims.append(claim)
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
}

// MARK: - Series

extension ImportDecision {
  /// Brings the slices of every series into anatomical order, and leaves out those that were not
  /// asked for.
  private mutating func arrange(_ db: Database) throws {
    claims.sort { left, right in
      (left.anchor, left.place, left.entry, left.row)
        < (right.anchor, right.place, right.entry, right.row)
    }
    if options.frames == .all { return }
    var kept: [Claim] = []
    var start = 0
    while start < claims.count {
      let end = claims[start...].firstIndex { $0.anchor != claims[start].anchor } ?? claims.count
      let series = claims[start..<end]
      // Of a series in one file the frames were chosen when it was decoded.
      let isSpread = series.contains { $0.entry != claims[start].entry }
      let chosen = isSpread ? Set(options.frames.numbers(of: series.count)) : []
      for (number, claim) in series.enumerated() {
        if !isSpread || chosen.contains(number) {
          kept.append(claim)
        } else {
          try mark(claim, .left, item: nil, reason: nil, db)
          summary.left += 1
        }
      }
      start = end
    }
    claims = kept
  }
}

// MARK: - Settling copies

extension ImportDecision {
  /// Holds copies that disagree, joins the groups of those that agree.
  private mutating func settle(_ db: Database) throws {
    for place in claims.indices where claims[place].dispute == nil {
      let number = Int32(place)
      if let chain = chains[claims[place].content] {
        claims[Int(chain.last)].next = number
        chains[claims[place].content] = (chain.first, number)
      } else {
        chains[claims[place].content] = (number, number)
      }
    }
    for place in claims.indices where claims[place].dispute == nil {
      guard chains[claims[place].content]?.first == Int32(place) else { continue }
      let copies = chain(from: place)
      let known = try self.known(claims[place].content, db)
      if let dispute = dispute(copies, known) {
        for copy in copies { claims[copy].dispute = dispute }
        continue
      }
      for copy in copies {
        claims[copy].item = known.map { Int32($0.item) }
        drawn.insert(Int(claims[copy].group))
      }
      if known?.label == nil, let first = copies.first(where: { claims[$0].label != nil }) {
        claims[first].bringsLabel = true
      }
    }
  }

  private func chain(from place: Int) -> [Int] {
    Array(sequence(first: place) { claims[$0].next.map { Int($0) } })
  }

  private mutating func dispute(_ copies: [Int], _ known: Known?) -> Dispute? {
    var labels = Set(copies.compactMap { claims[$0].label })
    if let label = known?.label { labels.insert(label) }
    if labels.count > 1 { return .labels }
    return sides.join(copies.map { Int(claims[$0].group) }, on: known?.split) ? nil : .splits
  }

  private mutating func known(_ content: Int64, _ db: Database) throws -> Known? {
    let statement = try db.cachedStatement(sql: "SELECT id, split FROM item WHERE content = ?")
    guard let row = try Row.fetchOne(statement, arguments: [content]) else { return nil }
    return Known(
      item: row[0], split: Split(rawValue: row[1]) ?? .train,
      label: try Pool.currentLabel(row[0], run: "", db).map { LabelCode($0, &sets) })
  }
}

// MARK: - Writing

extension ImportDecision {
  private mutating func write(_ db: Database) throws {
    let first = try Int.fetchOne(db, sql: "SELECT MAX(id) + 1 FROM item") ?? 0
    var chain = Digest()
    chain.update(Data((try Pool.revisions(db).last?.digest ?? sha256("")).utf8))
    for place in claims.indices {
      let claim = claims[place]
      if let dispute = claim.dispute {
        try mark(claim, .held, item: nil, reason: dispute.rawValue, db)
        setAside(\.held, dispute.rawValue)
        continue
      }
      let item = claim.item.map { Int($0) } ?? first + summary.added
      if claim.item == nil {
        chain.update(try insert(claim, as: item, db))
        var copy = claim.next
        while let next = copy {
          claims[Int(next)].item = Int32(item)
          copy = claims[Int(next)].next
        }
        summary.added += 1
        summary.items += 1
        try mark(claim, .item, item: item, reason: nil, db)
      } else {
        summary.merged += 1
        try mark(claim, .merged, item: item, reason: nil, db)
      }
      if claim.bringsLabel { try addLabel(of: claim, to: item, db) }
    }
    if summary.added > 0 {
      try db.execute(
        sql: "INSERT INTO revision (items, digest, time) VALUES (?, ?, ?)",
        arguments: [first + summary.added, chain.hex(), Date().timeIntervalSince1970])
    }
  }

  private mutating func addLabel(of claim: Claim, to item: Int, _ db: Database) throws {
    if let value = claim.label?.value {
      try add(.class(value), to: item, db)
    } else if let set = claim.label?.set {
      try add(.classes(sets.all[set]), to: item, db)
    } else {
      let statement = try db.cachedStatement(sql: "SELECT mask FROM source WHERE id = ?")
      guard let mask = try String.fetchOne(statement, arguments: [claim.row]) else { return }
      try add(.mask(mask), to: item, db)
    }
  }

  /// Writes the item; returns the identity of its pixels.
  private mutating func insert(_ claim: Claim, as item: Int, _ db: Database) throws -> Data {
    let side = sides.side(Int(claim.group))
    let group = try groupRow(Int(claim.group), side, db)
    let statement = try db.cachedStatement(
      sql: "INSERT INTO item (id, content, groupID, split, pseudonym) VALUES (?, ?, ?, ?, ?)")
    try statement.execute(arguments: [
      item, claim.content, group, side.rawValue,
      names.pseudonym(names.plan.entries[Int(claim.entry)]).data,
    ])
    let hash = try db.cachedStatement(sql: "SELECT hash FROM content WHERE id = ?")
    return try Data.fetchOne(hash, arguments: [claim.content]) ?? Data()
  }

  private mutating func groupRow(_ group: Int, _ side: Split, _ db: Database) throws -> Int64 {
    if let row = groupRows[group] { return row }
    let pseudonym = sides.pseudonym(group).data
    let insertion = try db.cachedStatement(
      sql: "INSERT OR IGNORE INTO itemGroup (pseudonym, split) VALUES (?, ?)")
    try insertion.execute(arguments: [pseudonym, side.rawValue])
    let statement = try db.cachedStatement(sql: "SELECT id FROM itemGroup WHERE pseudonym = ?")
    let row = try Int64.fetchOne(statement, arguments: [pseudonym])
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
