import Base
import Foundation
import GRDB
import Imaging
import Pool
import Testing

@Suite("Compaction")
struct CompactionTests {
  private struct Killed: Error {}

  /// A pool with images and masks that no row names.
  ///
  /// An import of 30 was killed before its decision, 12 of its files went, and an import of another
  /// kind took the others. There are caches of two sizes, one of an older program, and a file of
  /// pixels that a killed compaction left.
  private func bench() throws -> ImportBench {
    let bench = try ImportBench()
    for place in 0..<30 {
      try bench.image("images/\(place).png", place)
      try bench.mask("masks/\(place).png", [UInt8(place % 3), UInt8(place / 3 % 2)])
    }
    #expect(throws: Killed.self) {
      try bench.run {
        $0.maskValues = [0, 1, 2]
      } probe: {
        if $0 == .beforeDecision { throw Killed() }
      }
    }
    for place in stride(from: 0, to: 30, by: 5) {
      try bench.remove("images/\(place).png")
      try bench.remove("images/\(place + 1).png")
    }
    try bench.run()
    let pool = try bench.pool()
    let forgotten = try pool.store(mask: Array(repeating: 2, count: 120), height: 12, width: 10)
    try bench.age(mask: forgotten)
    _ = try pool.store(mask: Array(repeating: 1, count: 120), height: 12, width: 10)
    for size in [8, 16] { _ = try pool.cache(size: size, channels: 1, progress: nil) }
    try bench.writePool("cache/pixels-4-1-uint8.json", "{}")
    try bench.writePool("pixels-7.dat", "what a kill left behind")
    return bench
  }

  private func pixels(_ pool: Pool) throws -> [[UInt8]] {
    try pool.ids().map { try pool.image($0).bytes }
  }

  @Test("images and masks that no row names go, and caches of other sizes; all else stays")
  func removes() throws {
    let bench = try bench()
    defer { bench.remove() }
    let pool = try bench.pool()
    let before = (try pixels(pool), try pool.items().map(\.hash), try pool.currentLabels())
    #expect(before.0.count == 18)
    let report = try pool.compact(keeping: [16])
    #expect([report.images, report.masks, report.caches] as [Int] == [12, 1, 2])
    #expect(report.bytes > 0)
    for pool in [pool, try bench.pool()] {
      #expect(try pixels(pool) == before.0)
      #expect(try pool.items().map(\.hash) == before.1)
      #expect(try pool.currentLabels() == before.2)
      #expect(try pool.verify(progress: nil).faults.isEmpty)
      #expect(try pool.verify(progress: nil).images == 18)
    }
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: bench.poolURL.path)
        .filter { $0.contains("pixels") } == ["pixels-1.dat"])
    #expect(
      try FileManager.default.contentsOfDirectory(
        atPath: bench.poolURL.appendingPathComponent("cache").path) == ["pixels-16-1-uint8.cache"])
    let again = try pool.compact()
    #expect([again.images, again.masks, again.caches] as [Int] == [0, 0, 0])
  }

  @Test("what a kill at any moment leaves is a whole pool, and the same command ends as it would")
  func killed() throws {
    let bench = try bench()
    defer { bench.remove() }
    let pool = try bench.pool()
    let before = try pixels(pool)
    var left: [(moment: CompactionMoment, folder: URL)] = []
    _ = try pool.compact(keeping: [16]) { moment in
      // A copy at this moment is what a kill would leave: nothing is in the process's memory alone.
      let folder = bench.scratch.url.appendingPathComponent("left-\(left.count)")
      try bench.copyPool(to: folder)
      left.append((moment, folder))
    }
    #expect(Set(left.map(\.moment)) == Set(CompactionMoment.allCases))
    let whole = try bench.contents(of: bench.poolURL)
    for (moment, folder) in left {
      let pool = try Pool.open(folder)
      #expect(try pixels(pool) == before, "\(moment)")
      #expect(try pool.verify(progress: nil).faults.isEmpty, "\(moment)")
      _ = try pool.compact(keeping: [16])
      #expect(try bench.contents(of: folder) == whole, "\(moment)")
      #expect(try pixels(pool) == before, "\(moment)")
    }
  }

  @Test("an import goes on after a compaction, into the new file")
  func imports() throws {
    let bench = try bench()
    defer { bench.remove() }
    _ = try bench.pool().compact()
    try bench.image("images/new.png", 99)
    #expect(try bench.run().items == 19)
    let pool = try bench.pool()
    #expect(try pixels(pool).count == 19)
    #expect(try pool.verify(progress: nil).faults.isEmpty)
  }

  @Test("a backup of a compacted pool is whole")
  func backups() throws {
    let bench = try bench()
    defer { bench.remove() }
    let pool = try bench.pool()
    _ = try pool.compact()
    let copy = bench.scratch.url.appendingPathComponent("copy")
    try pool.backup(to: copy)
    #expect(try pixels(Pool.open(copy)) == pixels(pool))
  }

  @Test("damaged pixels stop a compaction before it changes anything")
  func damaged() throws {
    let bench = try bench()
    defer { bench.remove() }
    let file = bench.poolURL.appendingPathComponent("pixels.dat")
    let mapped = try MappedFile(updating: file)
    mapped.withMutableBytes { $0[$0.count - 3] ^= 1 }
    let whole = try Data(contentsOf: file)
    #expect(throws: PoolError.self) { try bench.pool().compact() }
    #expect(try Data(contentsOf: file) == whole)
    #expect(try bench.pool().items().count == 18)
  }

  @Test("an import and a compaction keep out of each other's way")
  func busy() throws {
    let bench = try bench()
    defer { bench.remove() }
    let pool = try bench.pool()
    try bench.image("images/new.png", 99)
    var refusals = 0
    try bench.run { _ in
    } probe: { _ in
      #expect(throws: PoolError.self) { try pool.compact() }
      refusals += 1
    }
    #expect(refusals > 0)
  }
}

extension ImportBench {
  /// Removes a file of the source.
  fileprivate func remove(_ name: String) throws {
    try FileManager.default.removeItem(at: source.appendingPathComponent(name))
  }

  /// Writes a file of the pool's folder.
  fileprivate func writePool(_ name: String, _ text: String) throws {
    try Data(text.utf8).write(to: poolURL.appendingPathComponent(name))
  }

  /// Makes a mask two hours old.
  fileprivate func age(mask hash: String) throws {
    let file = poolURL.appendingPathComponent("masks/\(hash.prefix(2))/\(hash).png")
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSinceNow: -7200)], ofItemAtPath: file.path)
  }

  /// Copies the pool's folder with its files' ages.
  fileprivate func copyPool(to folder: URL) throws {
    let process = try Process.run(
      URL(fileURLWithPath: "/bin/cp"), arguments: ["-a", poolURL.path, folder.path])
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }

  /// Rows and files of a pool's folder.
  fileprivate func contents(of folder: URL) throws -> [String] {
    let database = folder.appendingPathComponent("pool.sqlite")
    let rows = try DatabaseQueue(path: database.path).read { db in
      try ["property", "content", "item", "source", "label", "labelCount"].flatMap { table in
        try Row.fetchAll(db, sql: "SELECT * FROM \(table) ORDER BY 1").map { "\(table): \($0)" }
      }
    }
    let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
      .filter { !$0.hasPrefix("pool.sqlite") && !$0.hasSuffix(".lock") }
    let pixels = files.filter { $0.hasPrefix("pixels") }
    return rows + files + (try pixels.map { try sha256(file: folder.appendingPathComponent($0)) })
  }
}
