import Base
import Query
import Testing

@Suite struct UncertaintyHerdingTests {
  @Test("with equal weights it is the plain coverage")
  func equalWeights() throws {
    var pool = Pools.full(labelled: 2)
    pool.probabilities = nil
    pool.uncertainty = Matrix((0..<60).map { $0 == 40 ? 0.500_01 : 0.5 }, shape: [60])
    let key = RandomKey(seed: 1)
    let weighted = try UncertaintyHerding().query(pool, budget: 10, key: key)
    let plain = try MaxHerding().query(pool, budget: 10, key: key)
    #expect(weighted.map(\.item) == plain.map(\.item))
  }

  @Test("covers the uncertain cluster only, where the others are sure")
  func cluster() throws {
    var pool = PlantedMixture(seed: 3).pool
    pool.labelled = [0: 0, 749: 1]
    pool.uncertainty = Matrix(
      (0..<750).map { PlantedMixture.component(of: $0) == 4 ? 1 : 0 }, shape: [750])
    let picks = try UncertaintyHerding().query(pool, budget: 5, key: RandomKey(seed: 1))
    #expect(picks.allSatisfy { PlantedMixture.component(of: $0.item) == 4 })
  }

  @Test("with rarity the weight is the margin's times the share of few labels")
  func rarity() throws {
    // Four corners far from one another; every margin is 0.8, so coverage alone sees no difference.
    var pool = PoolStatistics(count: 6, labelled: [4: 0, 5: 1, 3: 0])
    pool.embeddings = Matrix([[0, 0], [90, 0], [0, 90], [90, 90], [50, 45], [45, 50]])
    pool.probabilities = Matrix([
      [0.6, 0.4], [0.4, 0.6], [0.9, 0.1], [0.6, 0.4], [0.7, 0.3], [0.3, 0.7],
    ])
    pool.limits = QueryLimits(perGroup: nil, nearCopy: nil)
    let key = RandomKey(seed: 1)
    let rule = UncertaintyHerding(bandwidth: 0.1, rarity: true)
    let picks = try rule.query(pool, budget: 1, key: key)
    // 0.6/2 + 0.4/1 = 0.7 for a guess of class 0, 0.4/2 + 0.6/1 = 0.8 for item 1 of class 1.
    #expect(picks.map(\.item) == [1])
    #expect(abs(picks[0].utility - 0.8 * 0.8) < 1e-3)
  }
}
