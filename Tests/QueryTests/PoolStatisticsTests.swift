import Base
import Foundation
import Query
import Testing

@Suite struct PoolStatisticsTests {
  /// A folder of statistics, removed at the end.
  static func folder<R>(_ body: (URL) throws -> R) throws -> R {
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("statistics-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: url) }
    return try body(url)
  }

  static func write(_ matrix: Matrix?, _ statistic: PoolStatistic, to folder: URL) throws {
    guard let matrix else { return }
    let values = (0..<matrix.rows).flatMap { matrix.row($0) }
    let url = folder.appendingPathComponent(statistic.rawValue + ".npy")
    try ArrayFile.write(values, shape: matrix.shape, to: url)
  }

  static func write(_ text: String, _ name: String, to folder: URL) throws {
    try Data(text.utf8).write(to: folder.appendingPathComponent(name))
  }

  @Test("a mapped folder gives the picks of the pool in memory", arguments: QueryLawTests.rules)
  func mapped(name: String) throws {
    let pool = Pools.full()
    let rule = QueryLawTests.rule(name)
    let mapped = try Self.folder { folder in
      for statistic in PoolStatistic.allCases {
        try Self.write(pool[statistic], statistic, to: folder)
      }
      let labels = pool.labelled.map { "\($0.key),\($0.value)" }
      try Self.write((["item,label"] + labels).joined(separator: "\n"), "labelled.csv", to: folder)
      let groups = (pool.groups ?? []).enumerated().map { "\($0.offset),patient \($0.element)" }
      try Self.write((["item,group"] + groups).joined(separator: "\n"), "groups.csv", to: folder)
      let strata = (pool.strata ?? []).enumerated().map { "\($0.offset),site \($0.element)" }
      try Self.write((["item,stratum"] + strata).joined(separator: "\n"), "strata.csv", to: folder)
      let key = RandomKey(seed: 2)
      return try rule.query(PoolStatistics(directory: folder), budget: 9, key: key)
    }
    #expect(try mapped == rule.query(pool, budget: 9, key: RandomKey(seed: 2)))
  }

  @Test("reads rows of 16 bits")
  func half() throws {
    try Self.folder { folder in
      let url = folder.appendingPathComponent("embeddings.npy")
      let writer = try ArrayFile.Writer(url, rowShape: [3], type: .float16)
      try writer.append([1, 0.5, -2, 3, 0.25, 4])
      try writer.close()
      let pool = try PoolStatistics(directory: folder)
      #expect(pool.embeddings?.row(1) == [3, 0.25, 4])
      #expect(pool.count == 2)
    }
  }

  @Test("logits stand in for probabilities")
  func logits() throws {
    var pool = Pools.full()
    let key = RandomKey(seed: 1)
    let answer = try Entropy().query(pool, budget: 5, key: key)
    let rows = (0..<60).map { (pool.probabilities?.row($0) ?? []).map { log($0) + 3 } }
    pool.logits = Matrix(rows)
    pool.probabilities = nil
    #expect(try Entropy().query(pool, budget: 5, key: key).map(\.item) == answer.map(\.item))
  }

  @Test(
    "says what is wrong with a table",
    arguments: [
      ("item,class\n1,0", "does not name the columns"),
      ("item,label\n60,0", "does not name an item"),
      ("item,label\nx,0", "does not name an item"),
      ("item,label\n1,0\n1,2", "two different values"),
    ])
  func tables(text: String, message: String) throws {
    try Self.folder { folder in
      try Self.write(Pools.full().embeddings, .embeddings, to: folder)
      try Self.write(text, "labelled.csv", to: folder)
      let error = #expect(throws: Diagnostic.self) { try PoolStatistics(directory: folder) }
      #expect(error?.what.contains(message) == true)
    }
  }

  @Test("says what is wrong with a folder, a shape, a trust or probabilities")
  func faults() throws {
    try Self.folder { folder in
      #expect(throws: Diagnostic.self) { try PoolStatistics(directory: folder) }
      try Self.write(Pools.full().embeddings, .embeddings, to: folder)
      try Self.write("{}", "trust.json", to: folder)
      #expect(throws: Diagnostic.self) { try PoolStatistics(directory: folder) }
    }
    var pool = Pools.full()
    pool.probabilities = Matrix([[0.5, 0.5]])
    let shape = #expect(throws: Diagnostic.self) {
      try Margin().query(pool, budget: 2, key: RandomKey(seed: 0))
    }
    #expect(shape?.what.contains("probabilities has the shape [1, 2]") == true)
    pool.probabilities = Matrix(Array(repeating: [3, -1], count: 60))
    let sum = #expect(throws: Diagnostic.self) {
      try Margin().query(pool, budget: 2, key: RandomKey(seed: 0))
    }
    #expect(sum?.what.contains("negative") == true)
  }

  @Test("numbers of half precision are read as they are, in any row length", arguments: [64, 57])
  func halves(width: Int) throws {
    let all = (0..<65_536 / width * width).map { Float16(bitPattern: UInt16($0)) }
    try Self.folder { folder in
      let url = folder.appendingPathComponent("embeddings.npy")
      try ArrayFile.write(all, shape: [all.count / width, width], to: url)
      let matrix = Matrix(try ArrayFile(url))
      let read = (0..<matrix.rows).flatMap(matrix.row)
      #expect(
        zip(all, read).allSatisfy {
          $0.isNaN ? $1.isNaN : Float($0).bitPattern == $1.bitPattern
        })
    }
  }
}
