import Base
import Query
import Testing

@Suite struct AutoPhasesTests {
  @Test("covers, then goes by noisy margins, then by gradients")
  func phases() throws {
    let key = RandomKey(seed: 3)
    let pool = Pools.full(labelled: 12)
    func picks(_ rule: AutoPhases) throws -> [Pick] { try rule.query(pool, budget: 5, key: key) }
    #expect(try picks(AutoPhases()) == MaxHerding().query(pool, budget: 5, key: key))
    #expect(
      try picks(AutoPhases(coverage: 4))
        == Margin(.noisy(.power, beta: 1)).query(pool, budget: 5, key: key))
    #expect(
      try picks(AutoPhases(coverage: 2, margin: 3)) == BADGE().query(pool, budget: 5, key: key))
  }
}
