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
}
