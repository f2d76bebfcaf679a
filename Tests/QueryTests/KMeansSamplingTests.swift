import Base
import Query
import Testing

@Suite struct KMeansSamplingTests {
  @Test("takes one item out of each component of a mixture", arguments: 0..<5)
  func mixture(seed: Int) throws {
    let pool = PlantedMixture(seed: UInt64(seed)).pool
    let picks = try KMeansSampling().query(pool, budget: 10, key: RandomKey(seed: UInt64(seed)))
    #expect(Set(picks.map { PlantedMixture.component(of: $0.item) }).count >= 9)
    #expect(abs(picks.reduce(0) { $0 + $1.utility } - 1) < 1e-9)
  }
}
