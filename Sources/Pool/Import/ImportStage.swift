import Base
import Foundation
import GRDB
import Imaging

/// What became of a frame of a source file; the number stands in the database.
enum SourceOutcome: Int, Sendable {
  /// Decoded; not yet decided on.
  case staged = 0
  /// It is an item.
  case item = 1
  /// It is the copy of an item.
  case merged = 2
  /// It is a copy that disagrees.
  case held = 3
  /// It cannot be used.
  case quarantined = 4
  /// It is a slice of a series that was not asked for.
  case left = 5
}

/// The first half of an import: decoded images go to the disk in the order of the plan.
///
/// Pixels are written as they come, the rows that name them in transactions of some dozens of files,
/// all of a file in one. So after a kill the database knows nothing that is not on the disk, the rest
/// of `pixels.dat` is cut off, and the same import goes on with the first file that has no row.
final class ImportStage {
  private struct Content {
    let hash: ContentHash
    let shape: StoredShape
    let place: PixelPlace
  }

  private struct Frame {
    let number: Int32
    let content: Int64
    let mask: ContentHash?
    let top: Int
    let ignores: Bool
  }

  private struct Entry {
    let version: Pseudonym
    let pseudonym: Pseudonym
    let frames: Result<[Frame], Refusal>
    let firstFrame: Int
    let place: SeriesPlace?
  }

  private let pool: Pool
  let names: SourceNames
  private let pixels: PixelWriter
  private let probe: ImportProbe?
  /// Files that are whole, but have no rows yet.
  private var entries: [Entry] = []
  /// The frames of the file that is being taken.
  private var frames: [Frame] = []
  /// Pixels that have no row yet; the first gets the number `firstContent`.
  private var contents: [Content] = []
  private var placeOf: [ContentHash: Int] = [:]
  private var firstContent: Int64
  /// What there was when the file that is being taken began.
  private var mark: (contents: Int, pixels: Int)

  /// Goes on after what the pool holds.
  ///
  /// Rows that an import of another kind left undecided are forgotten: `signature` tells the kinds
  /// apart.
  init(_ pool: Pool, names: SourceNames, signature: String, probe: ImportProbe?) throws {
    self.pool = pool
    self.names = names
    self.probe = probe
    let last = try pool.database.write { db in
      if try Pool.property("import", db) != signature {
        try db.execute(
          sql: "DELETE FROM source WHERE outcome = ?", arguments: [SourceOutcome.staged.rawValue])
        try Pool.set("import", signature, db)
      }
      return try Row.fetchOne(
        db, sql: "SELECT id, offset + length FROM content ORDER BY id DESC LIMIT 1")
    }
    pixels = try PixelWriter(pool.database.read(pool.pixelFile), after: last?[1] ?? 0)
    firstContent = 1 + (last?[0] ?? 0)
    mark = (0, pixels.end)
  }

  /// The places of the plan's entries that have no row yet; with `retrying`, rows of files that
  /// could not be used are forgotten first.
  func missing(versions: [Pseudonym?], retrying: Bool) throws -> [Int] {
    try pool.database.write { db in
      let statement = try db.cachedStatement(
        sql: "SELECT outcome FROM source WHERE version = ? AND frame >= ? AND frame < ? LIMIT 1")
      return try names.plan.entries.indices.filter { place in
        guard let version = versions[place] else { return false }
        let frames = names.plan.frames(names.plan.entries[place])
        let outcome = try Int.fetchOne(
          statement, arguments: [version.data, frames.lowerBound, frames.upperBound])
        guard retrying, outcome == SourceOutcome.quarantined.rawValue else { return outcome == nil }
        try db.execute(
          sql: "DELETE FROM source WHERE version = ? AND frame >= ? AND frame < ?",
          arguments: [version.data, frames.lowerBound, frames.upperBound])
        return true
      }
    }
  }

  /// Takes the next frame of the file that is being taken.
  func take(_ frame: DecodedFrame) throws {
    if let mask = frame.mask { try pool.masks.store(mask.png, hash: mask.hash.description) }
    frames.append(
      Frame(
        number: Int32(frame.frame), content: try content(frame), mask: frame.mask?.hash,
        top: frame.mask?.top ?? 0, ignores: frame.mask?.ignores ?? false))
  }

  /// Ends the file that was being taken: its frames count together or not at all.
  func finish(
    _ entry: ImportPlan.Entry, version: Pseudonym, _ result: Result<SeriesPlace?, Refusal>
  ) throws {
    if case .failure = result { try abandon() }
    entries.append(
      Entry(
        version: version, pseudonym: names.pseudonym(entry),
        frames: result.map { _ in frames }, firstFrame: names.plan.frames(entry).lowerBound,
        place: (try? result.get()) ?? nil))
    frames = []
    let size = pixels.end - (contents.first?.place.offset ?? pixels.end)
    mark = (contents.count, pixels.end)
    if entries.count >= 64 || size > 64 << 20 { try commit() }
  }

  /// Forgets the file that is being taken.
  func abandon() throws {
    for content in contents[mark.contents...] { placeOf[content.hash] = nil }
    contents.removeSubrange(mark.contents...)
    frames = []
    try pixels.cut(after: mark.pixels)
  }

  /// Brings all whole files to the disk.
  func commit() throws {
    if entries.isEmpty { return }
    try abandon()
    try pool.masks.synchronize(masks)
    try pool.database.write { db in
      for (place, content) in contents.enumerated() {
        try insert(content, firstContent + Int64(place), db)
      }
      for entry in entries { try insert(entry, db) }
      try probe?(.beforeCommit)
      try pixels.synchronize()
    }
    firstContent += Int64(contents.count)
    entries = []
    contents = []
    placeOf = [:]
    mark = (0, pixels.end)
    try probe?(.afterCommit)
  }
}

// MARK: - Rows

extension ImportStage {
  /// The number of the frame's pixels, which are written now unless they are there.
  private func content(_ frame: DecodedFrame) throws -> Int64 {
    if let place = placeOf[frame.hash] { return firstContent + Int64(place) }
    let known = try pool.database.read { db in
      let statement = try db.cachedStatement(sql: "SELECT id FROM content WHERE hash = ?")
      return try Int64.fetchOne(statement, arguments: [frame.hash.data])
    }
    if let known { return known }
    let place = try pixels.append(frame.packed, checksum: frame.checksum)
    placeOf[frame.hash] = contents.count
    contents.append(Content(hash: frame.hash, shape: frame.shape, place: place))
    return firstContent + Int64(contents.count - 1)
  }

  private var masks: [String] {
    var seen: Set<ContentHash> = []
    for entry in entries {
      for frame in (try? entry.frames.get()) ?? [] {
        if let mask = frame.mask { seen.insert(mask) }
      }
    }
    return seen.map(\.description).sorted()
  }

  private func insert(_ content: Content, _ id: Int64, _ db: Database) throws {
    let shape = content.shape
    let statement = try db.cachedStatement(
      sql: """
        INSERT INTO content (id, hash, height, width, channels, sample, photometric, meaning,
          codec, offset, length, checksum) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    try statement.execute(arguments: [
      id, content.hash.data, shape.height, shape.width, shape.channels, shape.sample,
      shape.photometric, shape.meaning, PixelCodec.predicted.rawValue, content.place.offset,
      content.place.length, content.place.checksum,
    ])
  }

  private func insert(_ entry: Entry, _ db: Database) throws {
    let statement = try db.cachedStatement(
      sql: """
        INSERT INTO source (version, frame, pseudonym, outcome, content, mask, maskTop, maskIgnores,
          reason, remedy, patient, series, place) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    let series = entry.place.map(names.series)
    switch entry.frames {
    case .success(let frames):
      for frame in frames {
        let hasMask = frame.mask != nil
        try statement.execute(arguments: [
          entry.version.data, frame.number, entry.pseudonym.data, SourceOutcome.staged.rawValue,
          frame.content, frame.mask?.description, hasMask ? frame.top : nil,
          hasMask ? frame.ignores : nil, nil, nil, series?.patient?.data, series?.series?.data,
          entry.place?.place,
        ])
      }
    case .failure(let refusal):
      try statement.execute(arguments: [
        entry.version.data, entry.firstFrame, entry.pseudonym.data,
        SourceOutcome.quarantined.rawValue, nil, nil, nil, nil, refusal.reason, refusal.remedy, nil,
        nil, nil,
      ])
    }
  }
}

/// Moments of an import at which a test may stop it.
package enum ImportMoment: Sendable {
  /// Pixels are written, their rows are not.
  case beforeCommit
  /// Some files are safe.
  case afterCommit
  /// All files are decoded, nothing is decided.
  case beforeDecision
  /// Items are written, not committed.
  case insideDecision
}

/// Called at every moment; stops the import by throwing.
package typealias ImportProbe = (ImportMoment) throws -> Void
