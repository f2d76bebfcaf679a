import Base
import Query
import Testing

@Suite struct KCenterTests {
  @Test("takes the farthest from what is labelled or chosen")
  func golden() throws {
    let golden = Golden.shared.kCenter
    let key = RandomKey(seed: 3)
    let ids = Pools.ids(golden.x.count, under: key)
    var pool = PoolStatistics(ids: ids, labelled: [ids[0]: 0])
    pool.embeddings = Matrix(golden.x, shape: [golden.x.count, 1])
    let picks = try KCenter().query(pool, budget: 3, key: key)
    #expect(Pools.rows(picks, in: pool) == golden.order)
    for (pick, distance) in zip(picks, golden.distances) {
      #expect(abs(pick.utility - distance) < 1e-4)
    }
  }

  @Test("starts without labels at the most central item")
  func central() throws {
    var pool = PoolStatistics(count: 5)
    pool.embeddings = Matrix([0, 1, 2, 3, 9], shape: [5, 1])
    let picks = try KCenter().query(pool, budget: 2, key: RandomKey(seed: 0))
    #expect(picks.map(\.item) == [3, 4])
  }
}
