import Base
import Query
import Testing

/// Every rule without randomness against plain loops in float64 on one pool of 200 items.
@Suite struct ReferenceQueryTests {
  @Test(
    "chooses what the plain definition chooses",
    arguments: [
      "margin", "entropy", "least-confidence", "bald", "max-herding", "uherding", "k-center",
      "hybrid", "max-cover", "batch-bald",
    ])
  func reference(name: String) throws {
    let golden = Golden.shared.pool
    let answer = try #require(golden.answers[name])
    let picks = try QueryLawTests.rule(name)
      .query(golden.statistics, budget: answer.items.count, key: RandomKey(seed: 6))
    #expect(picks.map(\.item) == answer.items)
    for (pick, utility) in zip(picks, answer.utilities) {
      #expect(abs(pick.utility - utility) < floatSum * max(1, utility))
    }
  }
}
