import Base
import Foundation
import GRDB

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
}

/// The first half of an import: decoded images go to the disk in the order of the plan.
///
/// Pixels first, then the rows that name them, in transactions of some dozens of files. So after a
/// kill the database knows nothing that is not on the disk, the rest of `pixels.dat` is cut off,
/// and the same import goes on with the first file that has no row.
final class ImportStage {
  private let pool: Pool
  private let names: SourceNames
  private let pixels: PixelWriter
  private let probe: ImportProbe?
  private var waiting: [(entry: ImportPlan.Entry, decoded: DecodedEntry)] = []
  private var waitingBytes = 0

  /// Goes on after what the pool holds.
  ///
  /// Rows that an import of another kind left undecided are forgotten: `signature` tells the kinds
  /// apart.
  init(_ pool: Pool, names: SourceNames, signature: String, probe: ImportProbe?) throws {
    self.pool = pool
    self.names = names
    self.probe = probe
    let end = try pool.database.write { db in
      if try Pool.property("import", db) != signature {
        try db.execute(
          sql: "DELETE FROM source WHERE outcome = ?", arguments: [SourceOutcome.staged.rawValue])
        try Pool.set("import", signature, db)
      }
      return try Int.fetchOne(
        db, sql: "SELECT offset + length FROM content ORDER BY id DESC LIMIT 1")
    }
    pixels = try PixelWriter(pool.database.read(pool.pixelFile), after: end ?? 0)
  }

  /// The places of the plan's entries that have no row yet.
  func missing(in plan: ImportPlan) throws -> [Int] {
    try pool.database.read { db in
      let statement = try db.cachedStatement(
        sql: "SELECT 1 FROM source WHERE version = ? AND frame = ?")
      return try plan.entries.indices.filter { place in
        let entry = plan.entries[place]
        return try Row.fetchOne(
          statement, arguments: [names.version(entry), entry.firstFrame]) == nil
      }
    }
  }

  /// Takes the next entry, in the order of the plan.
  func take(_ entry: ImportPlan.Entry, _ decoded: DecodedEntry) throws {
    waiting.append((entry, decoded))
    if case .frames(let frames, _) = decoded {
      waitingBytes += frames.reduce(0) { $0 + $1.deflated.count }
    }
    if waiting.count >= 64 || waitingBytes > 32 << 20 { try commit() }
  }

  /// Brings everything taken so far to the disk.
  func commit() throws {
    if waiting.isEmpty { return }
    try storeMasks()
    try pool.database.write { db in
      for (entry, decoded) in waiting { try write(entry, decoded, db) }
      try probe?(.beforeCommit)
      try pixels.synchronize()
    }
    waiting = []
    waitingBytes = 0
    try probe?(.afterCommit)
  }

  private func storeMasks() throws {
    var stored: [String] = []
    for case .frames(let frames, _) in waiting.map(\.decoded) {
      for case let mask? in frames.map(\.mask) {
        try pool.masks.store(mask.png, hash: mask.hash)
        stored.append(mask.hash)
      }
    }
    try pool.masks.synchronize(stored)
  }

  private func write(
    _ entry: ImportPlan.Entry, _ decoded: DecodedEntry, _ db: Database
  ) throws {
    let version = try names.version(entry)
    let pseudonym = names.pseudonym(entry)
    let statement = try db.cachedStatement(
      sql: """
        INSERT INTO source (version, frame, pseudonym, outcome, content, mask, maskTop, maskIgnores,
          reason, remedy) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    switch decoded {
    case .frames(let frames, _):
      for frame in frames {
        try statement.execute(arguments: [
          version, frame.frame, pseudonym, SourceOutcome.staged.rawValue,
          try content(frame, db), frame.mask?.hash, frame.mask?.top, frame.mask?.ignores, nil, nil,
        ])
      }
    case .refused(let reason, let remedy):
      try statement.execute(arguments: [
        version, entry.firstFrame, pseudonym, SourceOutcome.quarantined.rawValue,
        nil, nil, nil, nil, reason, remedy,
      ])
    }
  }

  /// The row of the frame's pixels, written now unless they are there.
  private func content(_ frame: DecodedFrame, _ db: Database) throws -> Int64 {
    let known = try db.cachedStatement(sql: "SELECT id FROM content WHERE hash = ?")
    if let id = try Int64.fetchOne(known, arguments: [frame.hash.data]) { return id }
    let place = try pixels.append(frame.deflated, checksum: frame.checksum)
    let shape = frame.shape
    let statement = try db.cachedStatement(
      sql: """
        INSERT INTO content (hash, height, width, channels, sample, photometric, meaning, offset,
          length, checksum) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    try statement.execute(arguments: [
      frame.hash.data, shape.height, shape.width, shape.channels, shape.sample,
      shape.photometric, shape.meaning, place.offset, place.length, place.checksum,
    ])
    return db.lastInsertedRowID
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
