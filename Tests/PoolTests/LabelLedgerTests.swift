import Base
import Foundation
import GRDB
import Pool
import Testing

@Suite("The ledger of labels")
struct LabelLedgerTests {
  /// A pool of `count` items without pixels, written as an import would write it.
  static func pool(_ count: Int, classes: [String] = ["a", "b"]) throws -> (Scratch, Pool) {
    let scratch = try Scratch()
    let pool = try Pool.create(
      scratch.url.appendingPathComponent("pool"), mode: .classification, classes: classes)
    let file = pool.url.appendingPathComponent("pool.sqlite")
    let numbers = "WITH RECURSIVE n(i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n LIMIT \(count))"
    try DatabaseQueue(path: file.path).write { db in
      for insert in [
        "INSERT INTO itemGroup \(numbers) SELECT i, randomblob(16), "
          + "CASE i % 5 WHEN 0 THEN 2 ELSE 0 END FROM n WHERE i < (\(count) + 1) / 2",
        "INSERT INTO content \(numbers) SELECT i, randomblob(32), 1, 1, 1, 'uint8', 'grey', '{}', "
          + "i, 1, 0, 0 FROM n",
        "INSERT INTO item \(numbers) SELECT i, i, i / 2, "
          + "CASE i / 2 % 5 WHEN 0 THEN 2 ELSE 0 END, randomblob(16) FROM n",
      ] {
        try db.execute(sql: insert)
      }
    }
    return (scratch, pool)
  }

  private func row(_ item: Int, _ value: Int, run: String = "") -> LabelRow {
    LabelRow(
      item: item, label: .class(value), author: "reader", time: Date(timeIntervalSince1970: 5),
      source: .annotator, run: run)
  }

  @Test("the newest label counts, and all of them stay")
  func newest() throws {
    let (scratch, pool) = try Self.pool(4)
    defer { scratch.remove() }
    try pool.append(labels: [row(1, 0), row(2, 1)])
    try pool.append(labels: [row(1, 1)])
    #expect(try pool.currentLabels() == [1: .class(1), 2: .class(1)])
    #expect(try pool.history().map(\.row) == [row(1, 0), row(2, 1), row(1, 1)])
    #expect(try pool.history(from: 2, limit: 1).map(\.row) == [row(2, 1)])
  }

  @Test("runs never see each other's labels, and sources can be told apart")
  func scopes() throws {
    let (scratch, pool) = try Self.pool(4)
    defer { scratch.remove() }
    let truth = LabelRow(item: 0, label: .class(1), author: "import", source: .truth)
    try pool.append(labels: [truth, row(0, 0, run: "arm 1"), row(3, 0)])
    #expect(try pool.currentLabels(run: "arm 1") == [0: .class(0)])
    #expect(try pool.currentLabels(run: "arm 2").isEmpty)
    #expect(try pool.currentLabels(sources: [.truth]) == [0: .class(1)])
    #expect(try pool.currentLabels(sources: [.annotator]) == [3: .class(0)])
    #expect(try pool.truth(of: 0..<4) == [0: .class(1)])
  }

  @Test("one wrong row keeps all rows out")
  func together() throws {
    let (scratch, pool) = try Self.pool(4)
    defer { scratch.remove() }
    #expect(throws: PoolError.self) { try pool.append(labels: [row(0, 0), row(9, 0)]) }
    #expect(throws: PoolError.self) { try pool.append(labels: [row(0, 0), row(1, 2)]) }
    let mask = LabelRow(item: 0, label: .mask("00"), author: "reader", source: .annotator)
    #expect(throws: PoolError.self) { try pool.append(labels: [row(0, 0), mask]) }
    #expect(try pool.history().isEmpty)
  }

  @Test("the database itself refuses to change or delete a label")
  func appendOnly() throws {
    let (scratch, pool) = try Self.pool(2)
    defer { scratch.remove() }
    try pool.append(labels: [row(0, 0)])
    let file = pool.url.appendingPathComponent("pool.sqlite")
    for statement in ["DELETE FROM label", "UPDATE label SET class = 1"] {
      #expect(throws: DatabaseError.self) {
        try DatabaseQueue(path: file.path).write { try $0.execute(sql: statement) }
      }
    }
    #expect(try pool.currentLabels() == [0: .class(0)])
  }

  @Test("a pool of 100 000 items is read in pages")
  func pages() throws {
    let (scratch, pool) = try Self.pool(100_000)
    defer { scratch.remove() }
    #expect(try pool.count == 100_000)
    #expect(try pool.counts() == [.train: 80_000, .test: 20_000])
    #expect(try pool.groupCount == 50_000)
    let page = try pool.items(in: .train, from: 90_000, limit: 100)
    #expect(page.map(\.id) == Array((90_000..<90_200).filter { $0 / 2 % 5 != 0 }.prefix(100)))
    #expect(page.allSatisfy { $0.split == .train && $0.group == $0.id / 2 })
    #expect(try pool.ids(in: .test).count == 20_000)
    #expect(try pool.item(99_999).id == 99_999)
    #expect(throws: PoolError.self) { try pool.item(100_000) }
    let sideOfGroup = Dictionary(
      try pool.items().map { ($0.group, [$0.split]) }, uniquingKeysWith: { $0 + $1 })
    #expect(sideOfGroup.values.allSatisfy { Set($0).count == 1 })
  }
}

/// A folder of its own for one test.
struct Scratch {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory
      .appendingPathComponent("modicum-pool-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  func remove() { try? FileManager.default.removeItem(at: url) }
}
