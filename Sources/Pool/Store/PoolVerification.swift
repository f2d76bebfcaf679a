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

  private func verifyImages(
    _ report: inout PoolReport, threads: Int, progress: String?
  ) throws {
    let contents = try database.read { db in
      try Int64.fetchAll(db, sql: "SELECT id FROM content ORDER BY id")
    }
    let bar = progress.map { Base.Progress($0, total: contents.count, unit: "images") }
    var faults: [String] = []
    try OrderedWorkers(threads: threads).run(contents.count) { place in
      try self.fault(ofContent: contents[place])
    } take: { place, fault in
      if let fault { faults.append(fault) }
      bar?.advance(to: place + 1)
    }
    bar?.finish()
    report.images = contents.count
    report.faults += faults
  }

  private func fault(ofContent content: Int64) throws -> String? {
    let known = try stored(content: content)
    do {
      let identity = try image(known).identity
      return identity == known.hash ? nil : "image \(content) is not the one that was imported"
    } catch let error as any Diagnosable {
      return "image \(content): \(error.what)"
    }
  }

  private func verifyMasks(_ report: inout PoolReport, threads: Int) throws {
    let hashes = try database.read { db in
      try String.fetchAll(
        db,
        sql: """
          SELECT mask FROM label WHERE mask IS NOT NULL
          UNION SELECT mask FROM source WHERE mask IS NOT NULL ORDER BY 1
          """)
    }
    var faults: [String] = []
    try OrderedWorkers(threads: threads).run(hashes.count) { place -> String? in
      do {
        let identity = try self.mask(hashes[place]).identity.description
        return identity == hashes[place] ? nil : "mask \(hashes[place].prefix(12)) was changed"
      } catch let error as any Diagnosable {
        return "mask \(hashes[place].prefix(12)): \(error.what)"
      }
    } take: { _, fault in
      if let fault { faults.append(fault) }
    }
    report.masks = hashes.count
    report.faults += faults
  }

  private func verifyCaches(_ report: inout PoolReport, repair: Bool) {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: cacheFolder.path)) ?? []
    for file in files.sorted() where file.hasSuffix(".json") {
      let name = String(file.dropLast(5))
      let cache = CacheFile(cacheFolder, name: name)
      report.caches += 1
      guard let text = try? Data(contentsOf: cache.sidecar),
        let known = try? JSONDecoder().decode(CacheSidecar.self, from: text),
        let (_, bytes) = cache.open(rowBytes: known.rowBytes)
      else {
        note("cache \(name) is not whole", cache, &report, repair)
        continue
      }
      let damaged = CacheFile.damagedBlocks(known, bytes)
      if !damaged.isEmpty {
        note("cache \(name): \(damaged.count) blocks are damaged", cache, &report, repair)
      }
    }
  }

  private func note(
    _ fault: String, _ cache: CacheFile, _ report: inout PoolReport, _ repair: Bool
  ) {
    if repair {
      cache.remove()
    } else {
      report.faults.append(fault)
    }
  }
}
