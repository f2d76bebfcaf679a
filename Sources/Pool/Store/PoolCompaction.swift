import Base
import Foundation
import GRDB

/// What a compaction gave back.
public struct CompactionReport: Sendable, Codable, Equatable {
  /// Images that no row named.
  public var images = 0
  /// Masks that no row named.
  public var masks = 0
  /// Cache files that were given up.
  public var caches = 0
  /// Bytes that the pool's folder takes less than before.
  public var bytes = 0
}

/// Gives back what a pool no longer needs: images and masks that no row names, room inside the
/// database, caches of sizes that were given up.
///
/// It may be killed at any moment, and readers may go on meanwhile. The pixels that stay are written
/// to a new file under a name of its own and brought to the disk; then one transaction deletes the
/// rows of the others, sets the new places and names the new file; only then the old file goes.
/// Before that transaction the pool is the old one, after it the new one; a file of pixels that the
/// database does not name is what a kill left behind, and goes with the next compaction. Masks and
/// caches are files of their own, and an unnamed one is missed by nobody. The database compacts
/// itself last (`VACUUM`, a transaction of SQLite's).
struct PoolCompaction {
  /// Unnamed masks younger than this stay: their labels may be about to be written.
  static let maskAge = 3600.0

  let pool: Pool
  /// Called at every moment; a test looks at what a kill would leave.
  var probe: CompactionProbe?
  private var report = CompactionReport()

  init(_ pool: Pool, probe: CompactionProbe?) {
    self.pool = pool
    self.probe = probe
  }

  /// Compacts; `sizes` are the only caches that stay, nil: those of the pool as it is now.
  mutating func run(keeping sizes: Set<Int>?) throws -> CompactionReport {
    let lock = try WriterLock(pool.url)
    defer { withExtendedLifetime(lock) {} }
    let before = byteCount
    // Its statements touch the whole database, of which a copy must not lie in memory.
    try holdTemporaries("FILE")
    defer { try? holdTemporaries("MEMORY") }
    try compactPixels()
    try removeStrayPixels()
    try removeUnnamedMasks()
    try removeCaches(keeping: sizes)
    try probe?(.beforeVacuum)
    try pool.database.vacuum()
    // A reader may hold the log a while longer; the next one who closes the pool empties it.
    _ = try? pool.database.writeWithoutTransaction { try $0.checkpoint(.truncate) }
    report.bytes = max(0, before - byteCount)
    return report
  }

  private func holdTemporaries(_ place: String) throws {
    try pool.database.writeWithoutTransaction {
      try $0.execute(sql: "PRAGMA temp_store = \(place)")
    }
  }

  /// Bytes of all files of the pool.
  private var byteCount: Int {
    let files = FileManager.default.enumerator(
      at: pool.url, includingPropertiesForKeys: [.fileSizeKey])
    return files?.reduce(0) { sum, file in
      let values = try? (file as? URL)?.resourceValues(forKeys: [.fileSizeKey])
      return sum + (values?.fileSize ?? 0)
    } ?? 0
  }

  // MARK: Pixels

  private static let unnamed = """
    NOT EXISTS (SELECT 1 FROM item WHERE item.content = content.id)
    AND NOT EXISTS (SELECT 1 FROM source WHERE source.content = content.id)
    """

  private mutating func compactPixels() throws {
    let (old, used) = try pool.database.read { db in
      try (
        pool.pixelFile(db),
        Int.fetchOne(
          db, sql: "SELECT SUM(length) FROM content WHERE NOT (\(Self.unnamed))") ?? 0
      )
    }
    let size = try? FileManager.default.attributesOfItem(atPath: old.path)[.size] as? Int
    if (size ?? 0) == used { return }
    let next = pool.url.appendingPathComponent(Self.name(after: old.lastPathComponent))
    try AtomicFile.replace(next) { partial in
      try copyNamed(to: partial)
      try probe?(.pixelsWritten)
    }
    try probe?(.pixelsPublished)
    try pool.database.write { db in
      try db.execute(sql: "DELETE FROM content WHERE \(Self.unnamed)")
      report.images = db.changesCount
      try Self.setPlaces(db)
      try Pool.set("pixels", next.lastPathComponent, db)
      try probe?(.insideTransaction)
    }
    try probe?(.committed)
  }

  /// `pixels.dat`, `pixels-1.dat`, `pixels-2.dat`, …: a name is never used for other pixels.
  private static func name(after old: String) -> String {
    let number = old.dropFirst("pixels-".count).dropLast(".dat".count)
    return "pixels-\((Int(number) ?? 0) + 1).dat"
  }

  /// Copies the bytes of named images in the order of their rows, each compared with its checksum.
  private func copyNamed(to url: URL) throws {
    let file = try OutputFile(creating: url)
    var first: Int64 = 0
    while true {
      let page = try pool.storedImages(from: first, limit: 1024, where: "NOT (\(Self.unnamed))")
      guard let last = page.last else { break }
      for image in page { try pool.bytes(of: image).withUnsafeBytes { try file.write($0) } }
      first = last.content + 1
    }
    try file.synchronize()
  }

  /// The places of all images that are left, one after the other in the order of their rows.
  private static func setPlaces(_ db: Database) throws {
    try db.execute(
      sql: """
        UPDATE content SET offset = place.start FROM (
          SELECT id, SUM(length) OVER (ORDER BY id) - length AS start FROM content
        ) AS place WHERE place.id = content.id
        """)
  }

  /// Removes files of pixels that the database does not name.
  private func removeStrayPixels() throws {
    let named = try pool.database.read(pool.pixelFile).lastPathComponent
    for name in Folder.names(in: pool.url)
    where (name.hasPrefix("pixels") || name.hasPrefix(".pixels")) && name != named {
      try? FileManager.default.removeItem(at: pool.url.appendingPathComponent(name))
      try probe?(.pixelsRemoved)
    }
  }

  // MARK: Masks and caches

  private mutating func removeUnnamedMasks() throws {
    let folder = pool.masks.folder
    for part in Folder.names(in: folder) {
      let part = folder.appendingPathComponent(part)
      for name in Folder.names(in: part) where try isForgotten(name, in: part) {
        try? FileManager.default.removeItem(at: part.appendingPathComponent(name))
        report.masks += 1
        try probe?(.maskRemoved)
      }
    }
  }

  private func isForgotten(_ name: String, in folder: URL) throws -> Bool {
    let file = folder.appendingPathComponent(name)
    let date = try? file.resourceValues(forKeys: [.contentModificationDateKey])
      .contentModificationDate
    guard let date, date.timeIntervalSinceNow < -Self.maskAge else { return false }
    let hash = String(name.dropLast(name.hasSuffix(".png") ? 4 : 0))
    return try pool.database.read { db in
      try Int.fetchOne(
        db,
        sql: """
          SELECT EXISTS (SELECT 1 FROM label WHERE mask = ?1)
            OR EXISTS (SELECT 1 FROM source WHERE mask = ?1)
          """, arguments: [hash]) == 0
    }
  }

  /// Removes caches of other sizes, and whatever in their folder is no cache.
  private mutating func removeCaches(keeping sizes: Set<Int>?) throws {
    for name in Folder.names(in: pool.cacheFolder) where !isBeingWritten(name) {
      if isWhole(name), let sizes, let size = size(name), sizes.contains(size) { continue }
      if isWhole(name), sizes == nil { continue }
      try? FileManager.default.removeItem(at: pool.cacheFolder.appendingPathComponent(name))
      report.caches += 1
      try probe?(.cacheRemoved)
    }
  }

  private func isWhole(_ name: String) -> Bool {
    name.hasSuffix(CacheFile.suffix)
      && CacheFile(pool.cacheFolder, name: String(name.dropLast(CacheFile.suffix.count))).open()
        != nil
  }

  /// The size in pixels: `pixels-64-3-uint8.cache` and `masks-64.cache` have 64.
  private func size(_ name: String) -> Int? {
    let parts = name.dropLast(CacheFile.suffix.count).split(separator: "-")
    return parts.count > 1 ? Int(parts[1]) : nil
  }

  /// Whether a running process writes this file: `.NAME.PROCESS.partial`.
  private func isBeingWritten(_ name: String) -> Bool {
    guard name.hasSuffix(".partial"),
      let process = name.split(separator: ".").dropLast().last.flatMap({ Int32($0) })
    else { return false }
    return kill(process, 0) == 0
  }
}

/// Moments of a compaction at which a kill would leave something else.
package enum CompactionMoment: Sendable, CaseIterable {
  /// The new pixels are written under a temporary name.
  case pixelsWritten
  /// They have their name, which no row mentions.
  case pixelsPublished
  /// The rows are changed, not committed.
  case insideTransaction
  /// The pool is the new one; the old pixels are still there.
  case committed
  /// A file of pixels that no row mentions is gone.
  case pixelsRemoved
  /// A mask is gone.
  case maskRemoved
  /// A cache is gone.
  case cacheRemoved
  /// Everything but the database's own room.
  case beforeVacuum
}

/// Called at every moment of a compaction.
package typealias CompactionProbe = (CompactionMoment) throws -> Void

extension Pool {
  /// Gives back what the pool no longer needs: images and masks that no row names, room inside the
  /// database, caches.
  ///
  /// It may be killed at any moment; given again, it ends in the same pool.
  ///
  /// - Parameter sizes: the sizes in pixels whose caches stay; nil: all whole ones stay.
  /// - Returns: what went.
  /// - Throws: `PoolError.busy` while an import runs, `.damaged` where pixels that are needed are
  ///   not those that were written: nothing is changed then.
  public func compact(keeping sizes: Set<Int>? = nil) throws -> CompactionReport {
    try compact(keeping: sizes, probe: nil)
  }

  package func compact(
    keeping sizes: Set<Int>?, probe: CompactionProbe?
  ) throws -> CompactionReport {
    var compaction = PoolCompaction(self, probe: probe)
    return try compaction.run(keeping: sizes)
  }
}
