import Base
import Query
import Testing

@Suite struct TypiClustTests {
  @Test("ranks a cluster by the mean distance to the nearest neighbours")
  func typicality() throws {
    let golden = Golden.shared.typicality
    let key = RandomKey(seed: 5)
    // The same once more far away, so that there is a turn for each of the five before all is taken.
    let ids = Pools.ids(10, under: key)
    var pool = PoolStatistics(ids: ids)
    pool.embeddings = Matrix(golden.x + golden.x.map { $0 + 100 }, shape: [10, 1])
    let picks = try TypiClust(clusters: 2).query(pool, budget: 9, key: key)
    let near = picks.filter { Pools.rows([$0], in: pool)[0] < 5 }
    #expect(Pools.rows(near, in: pool) == [1, 2, 0, 3, 4])
    for (pick, row) in zip(near, [1, 2, 0, 3, 4]) {
      #expect(abs(pick.utility - golden.values[row]) < 1e-5)
    }
  }

  @Test("goes round the clusters, those of few labels first, as the plain definition does")
  func reference() throws {
    let golden = Golden.shared.pool
    let answer = try #require(golden.answers["typiclust"])
    let picks = try TypiClust(clusters: 6)
      .query(golden.statistics, budget: answer.items.count, key: RandomKey(seed: 6))
    #expect(answer.error(of: picks) < 1e-6)
  }

  @Test("finds the components of a mixture", arguments: 0..<20)
  func mixture(seed: Int) throws {
    let pool = PlantedMixture(seed: UInt64(seed)).pool
    let picks = try TypiClust().query(pool, budget: 10, key: RandomKey(seed: UInt64(seed)))
    #expect(Set(picks.map { PlantedMixture.component(of: $0.item) }).count >= 9)
  }

  @Test("turns to clusters without a label first")
  func labelled() throws {
    var pool = PlantedMixture(seed: 2).pool
    // Labels in the five largest components.
    pool.labelled = [0: 0, 125: 1, 235: 2, 335: 3, 425: 4]
    let picks = try TypiClust().query(pool, budget: 5, key: RandomKey(seed: 2))
    #expect(picks.count { PlantedMixture.component(of: $0.item) >= 5 } >= 4)
  }
}
