import Base
import Query
import Testing

@Suite struct NearCopyTests {
  /// 40 items, each followed by one at the given angle's sine from it.
  static func pool(sine: Double) -> PoolStatistics {
    var generator = RandomKey(seed: 6).generator()
    var rows: [[Float]] = []
    for _ in 0..<40 {
      let row = (0..<64).map { _ in generator.normal() }
      let noise = (0..<64).map { _ in generator.normal() }
      rows.append(row.map(Float.init))
      rows.append(zip(row, noise).map { Float($0 + sine * $1) })
    }
    var pool = PoolStatistics(count: 80)
    pool.embeddings = Matrix(rows)
    return pool
  }

  @Test("one of two near copies stands for both")
  func near() throws {
    let picks = try TypiClust().query(Self.pool(sine: 0.02), budget: 40, key: RandomKey(seed: 1))
    #expect(Set(picks.map { $0.item / 2 }).count == 40)
  }

  @Test("items farther apart, or limits that compare none, are left alone")
  func apart() throws {
    let far = try MaxHerding().query(Self.pool(sine: 0.2), budget: 60, key: RandomKey(seed: 1))
    #expect(Set(far.map { $0.item / 2 }).count < 40 + 1)
    #expect(far.count == 60)
    var pool = Self.pool(sine: 0.02)
    pool.limits.nearCopy = nil
    pool.labelled = [0: 0]
    let picks = try KMeansSampling().query(pool, budget: 78, key: RandomKey(seed: 1))
    #expect(picks.map(\.item).contains(1))
  }

  @Test("the rest of the batch is filled with copies when nothing else is left")
  func filled() throws {
    let picks = try MaxHerding().query(Self.pool(sine: 0.02), budget: 70, key: RandomKey(seed: 1))
    #expect(Set(picks.map(\.item)).count == 70)
    #expect(Set(picks.prefix(40).map { $0.item / 2 }).count == 40)
  }
}
