import Base
import Foundation
import Query
import Testing

@Suite(.serialized) struct QueryScaleTests {
  @Test("covers 20,000 items without a matrix of their pairs")
  func memory() throws {
    let (count, width) = (20_000, 256)
    var generator = RandomKey(seed: 1).generator()
    let values = (0..<count * width).map { _ in Float(generator.uniform()) }
    var pool = PoolStatistics(count: count)
    pool.embeddings = Matrix(values, shape: [count, width])
    let before = Self.residentBytes()
    let start = Date()
    let picks = try MaxHerding().query(pool, budget: 4, key: RandomKey(seed: 1))
    #expect(picks.count == 4)
    // All pairs would take 1.6 GB, the prepared points take 20 MB.
    #expect(Self.residentBytes() - before < 300 << 20)
    #expect(Date().timeIntervalSince(start) < 120)
  }

  private static func residentBytes() -> Int {
    let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
    let fields = text.split(separator: " ")
    return fields.count > 1 ? (Int(fields[1]) ?? 0) * 4096 : 0
  }
}
