import Base
import Query
import Testing

@Suite struct KMeansSamplingTests {
  @Test("finds the best of all divisions of twelve points, from every start", arguments: 0..<20)
  func exhaustive(seed: Int) throws {
    let golden = Golden.shared.clusters
    var pool = PoolStatistics(count: golden.points.count)
    pool.embeddings = Matrix(golden.points)
    let picks = try KMeansSampling().query(pool, budget: 3, key: RandomKey(seed: UInt64(seed)))
    #expect(picks.map(\.item) == golden.items)
    for (pick, share) in zip(picks, golden.shares) { #expect(abs(pick.utility - share) < 1e-12) }
  }

  @Test("takes one item out of each component of a mixture", arguments: 0..<5)
  func mixture(seed: Int) throws {
    let pool = PlantedMixture(seed: UInt64(seed)).pool
    let picks = try KMeansSampling().query(pool, budget: 10, key: RandomKey(seed: UInt64(seed)))
    #expect(Set(picks.map { PlantedMixture.component(of: $0.item) }).count >= 9)
    #expect(abs(picks.reduce(0) { $0 + $1.utility } - 1) < 1e-9)
  }
}
