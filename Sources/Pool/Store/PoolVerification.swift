import Base
import Foundation
import GRDB

/// What a check of a pool found.
public struct PoolReport: Sendable, Codable {
  /// Items.
  public var items = 0
  /// Stored images that were decoded and compared with their identity.
  public var images = 0
  /// Masks that were decoded and compared with their hash.
  public var masks = 0
  /// Cache files whose checksums were compared.
  public var caches = 0
  /// Everything that is wrong; empty for a sound pool.
  public var faults: [String] = []
}

extension Pool {
  /// Checks everything: the database's own consistency, ids without gaps, groups on one side,
  /// every image and mask against its hash, every block of every cache against its checksum.
  ///
  /// With `repair`, damaged caches are removed; they are made again when needed.
  public func verify(
    threads: Int = 2, repair: Bool = false, progress: String? = "verify"
  ) throws -> PoolReport {
    var report = PoolReport()
    report.items = try count
    report.faults = try database.read { try Self.tableFaults($0) }
    try verifyImages(&report, threads: threads, progress: progress)
    try verifyMasks(&report, threads: threads)
    verifyCaches(&report, repair: repair)
    return report
  }

  private static func tableFaults(_ db: Database) throws -> [String] {
    var faults: [String] = []
    if try String.fetchOne(db, sql: "PRAGMA quick_check") != "ok" {
      faults.append("the database file is damaged")
    }
    let checks = [
      ("rows refer to rows that are missing", "SELECT COUNT(*) FROM pragma_foreign_key_check"),
      ("item numbers have gaps", "SELECT COALESCE(MAX(id) + 1, 0) - COUNT(*) FROM item"),
      (
        "items stand on another side than their group",
        """
        SELECT COUNT(*) FROM item JOIN itemGroup ON itemGroup.id = item.groupID
        WHERE item.split <> itemGroup.split
        """
      ),
    ]
    for (fault, sql) in checks {
      let count = try Int.fetchOne(db, sql: sql) ?? 0
      if count != 0 { faults.append("\(fault) (\(count))") }
    }
    return faults
  }

  private static let page = 256

  private func verifyImages(
    _ report: inout PoolReport, threads: Int, progress: String?
  ) throws {
    let last = try database.read { try Int.fetchOne($0, sql: "SELECT MAX(id) FROM content") ?? 0 }
    let bar = progress.map { Base.Progress($0, total: last, unit: "images") }
    let pages = (last + Self.page - 1) / Self.page
    try OrderedWorkers(threads: threads).run(pages) { page in
      // Numbers have gaps where a pool was compacted.
      let (first, end) = (Int64(page * Self.page + 1), Int64((page + 1) * Self.page))
      let images = try self.storedImages(from: first, limit: Self.page)
        .filter { $0.content <= end }
      return (images.count, images.compactMap(self.fault))
    } take: { page, result in
      report.images += result.0
      report.faults += result.1
      bar?.advance(to: min(last, (page + 1) * Self.page))
    }
    bar?.finish()
  }

  private func fault(of image: StoredImage) -> String? {
    do {
      return try self.image(image).identity == image.hash
        ? nil : "image \(image.content) is not the one that was imported"
    } catch {
      return "image \(image.content): \((error as? any Diagnosable)?.what ?? "\(error)")"
    }
  }

  private func verifyMasks(_ report: inout PoolReport, threads: Int) throws {
    var last = ""
    while true {
      let hashes = try database.read { try Self.namedMasks(after: last, limit: Self.page, $0) }
      guard let end = hashes.last else { return }
      try OrderedWorkers(threads: threads).run(hashes.count) { place -> String? in
        self.fault(ofMask: hashes[place])
      } take: { _, fault in
        if let fault { report.faults.append(fault) }
      }
      report.masks += hashes.count
      last = end
    }
  }

  /// The hashes of masks that rows name, ascending: a page.
  private static func namedMasks(
    after last: String, limit: Int, _ db: Database
  ) throws -> [String] {
    try String.fetchAll(
      db,
      sql: """
        SELECT mask FROM label WHERE mask > ?1 UNION SELECT mask FROM source WHERE mask > ?1
        ORDER BY 1 LIMIT ?2
        """, arguments: [last, limit])
  }

  private func fault(ofMask hash: String) -> String? {
    do {
      let identity = try mask(hash).identity.description
      return identity == hash ? nil : "mask \(hash.prefix(12)) was changed"
    } catch {
      return "mask \(hash.prefix(12)): \((error as? any Diagnosable)?.what ?? "\(error)")"
    }
  }

  private func verifyCaches(_ report: inout PoolReport, repair: Bool) {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: cacheFolder.path)) ?? []
    for name in files.sorted() where name.hasSuffix(CacheFile.suffix) {
      let cache = CacheFile(cacheFolder, name: String(name.dropLast(CacheFile.suffix.count)))
      report.caches += 1
      let damaged = cache.open().map {
        CachedRows($0.header, $0.file) { _, _ in }.damagedBlocks.count
      }
      if damaged == 0 { continue }
      if repair {
        try? FileManager.default.removeItem(at: cache.url)
      } else {
        report.faults.append(
          "cache \(name) " + (damaged.map { "has \($0) damaged blocks" } ?? "is not whole"))
      }
    }
  }
}
