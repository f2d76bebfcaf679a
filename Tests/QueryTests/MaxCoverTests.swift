import Base
import Query
import Testing

@Suite struct MaxCoverTests {
  @Test("takes from the shortlist what represents the unlabelled items best")
  func golden() throws {
    let golden = Golden.shared.twoStage
    let key = RandomKey(seed: 2)
    let pool = HybridTests.pool(key)
    let picks = try MaxCover(candidates: 5).query(pool, budget: 3, key: key)
    #expect(Pools.rows(picks, in: pool) == golden.maxCover)
    for (pick, value) in zip(picks, golden.values) { #expect(abs(pick.utility - value) < 1e-5) }
  }
}
