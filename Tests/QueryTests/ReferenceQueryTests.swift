import Base
import Query
import Testing

/// Every rule whose answer does not depend on chance against plain loops in float64 on one pool of 200 items.
@Suite struct ReferenceQueryTests {
  @Test(
    "chooses what the plain definition chooses",
    arguments: [
      "margin", "entropy", "least-confidence", "bald", "max-herding", "uherding", "k-center",
      "hybrid", "max-cover", "batch-bald", "k-means", "class-balanced",
    ])
  func reference(name: String) throws {
    let golden = Golden.shared.pool
    let answer = try #require(golden.answers[name])
    let picks = try QueryLawTests.rule(name)
      .query(golden.statistics, budget: answer.items.count, key: RandomKey(seed: 6))
    #expect(answer.error(of: picks) < floatSum)
  }
}
