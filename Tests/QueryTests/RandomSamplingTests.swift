import Base
import Query
import Testing

@Suite struct RandomSamplingTests {
  @Test("draws every item equally often")
  func uniform() throws {
    let pool = PoolStatistics(count: 10, labelled: [9: 0])
    var counts = [Int](repeating: 0, count: 10)
    for seed in 0..<3000 {
      for pick in try RandomSampling().query(pool, budget: 3, key: RandomKey(seed: UInt64(seed))) {
        counts[pick.item] += 1
      }
    }
    // A third of 3,000, within four standard deviations.
    #expect(counts.prefix(9).allSatisfy { abs($0 - 1000) < 104 })
    #expect(counts[9] == 0)
  }

  @Test("finds six of the ten components of a mixture, as is to be expected")
  func mixture() throws {
    var found = 0.0
    for seed in 0..<200 {
      let key = RandomKey(seed: UInt64(seed))
      let picks = try RandomSampling().query(PoolStatistics(count: 750), budget: 10, key: key)
      found += Double(Set(picks.map { PlantedMixture.component(of: $0.item) }).count)
    }
    // Σ 1 − C(750 − nₖ, 10) / C(750, 10) = 6.25, within four standard errors.
    #expect(abs(found / 200 - 6.25) < 0.35)
  }

  @Test("the control that knows the classes balances a pool of 99 to 1")
  func balanced() throws {
    var pool = PoolStatistics(count: 1000)
    pool.truth = Matrix((0..<1000).map { $0 < 10 ? 1 : 0 }, shape: [1000])
    let picks = try RandomBalanced().query(pool, budget: 12, key: RandomKey(seed: 1))
    #expect((2...10).contains(picks.count { $0.item < 10 }))
    // When the rare class has run out the rest comes from the other.
    #expect(try RandomBalanced().query(pool, budget: 100, key: RandomKey(seed: 1)).count == 100)
  }

  @Test("the control that knows the areas takes two thirds with foreground")
  func foreground() throws {
    var pool = PoolStatistics(count: 300)
    pool.truthAreas = Matrix(
      (0..<300).map { item in item < 12 ? [0.9, 0.1, 0] : item < 20 ? [0.9, 0, 0.1] : [1, 0, 0] })
    let picks = try RandomForeground().query(pool, budget: 12, key: RandomKey(seed: 1))
    #expect(picks.prefix(8).allSatisfy { $0.item < 20 })
    #expect(picks.dropFirst(8).contains { $0.item >= 20 })
  }
}
