import Base
import Query
import Testing

@Suite struct FacilityLocationTests {
  @Test("chooses what the plain definition chooses")
  func reference() throws {
    let golden = Golden.shared.pool
    let answer = try #require(golden.answers["facility-location"])
    let picks = try FacilityLocation()
      .query(golden.statistics, budget: answer.items.count, key: RandomKey(seed: 6))
    #expect(answer.error(of: picks) < floatSum)
  }

  @Test("finds the components of a mixture", arguments: 0..<3)
  func mixture(seed: Int) throws {
    let pool = PlantedMixture(seed: UInt64(seed)).pool
    let picks = try FacilityLocation().query(pool, budget: 10, key: RandomKey(seed: UInt64(seed)))
    #expect(Set(picks.map { PlantedMixture.component(of: $0.item) }).count >= 9)
  }
}
