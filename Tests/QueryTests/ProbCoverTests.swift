import Base
import Query
import Testing

@Suite struct ProbCoverTests {
  @Test("covers the line with the fewest balls, ties by index")
  func golden() throws {
    let golden = Golden.shared.cover
    let key = RandomKey(seed: 4)
    let ids = Pools.ids(golden.x.count, under: key)
    var pool = PoolStatistics(ids: ids)
    pool.embeddings = Matrix(golden.x, shape: [golden.x.count, 1])
    let picks = try ProbCover(radius: 0.15).query(pool, budget: 4, key: key)
    #expect(Pools.rows(picks, in: pool) == golden.order)
    var covered = 0.0
    for (pick, share) in zip(picks, golden.share) {
      covered += pick.utility
      #expect(abs(covered / 7 - share) < 1e-6)
    }
  }

  @Test("hands over when every item lies in a ball")
  func covered() throws {
    var pool = PoolStatistics(count: 7)
    pool.embeddings = Matrix(Golden.shared.cover.x, shape: [7, 1])
    let picks = try ProbCover(radius: 0.15).query(pool, budget: 6, key: RandomKey(seed: 4))
    #expect(picks.count == 6)
    #expect(picks.dropFirst(4).allSatisfy { $0.reason.contains("every item lies in a ball") })
  }

  @Test("finds the largest radius at which 95 of 100 balls hold one cluster")
  func purity() throws {
    let golden = Golden.shared.pool
    let answer = try #require(golden.answers["probcover"])
    var pool = golden.statistics
    // As many classes as the pool has clusters.
    for item in pool.labelled.keys { pool.labelled[item] = item % 6 }
    let picks = try ProbCover().query(pool, budget: answer.items.count, key: RandomKey(seed: 6))
    #expect(answer.error(of: picks) == 0)
  }

  @Test("finds a radius that keeps clusters apart")
  func radius() throws {
    let pool = PlantedMixture(seed: 1).pool
    let picks = try ProbCover().query(pool, budget: 10, key: RandomKey(seed: 1))
    #expect(Set(picks.map { PlantedMixture.component(of: $0.item) }).count >= 8)
  }
}
