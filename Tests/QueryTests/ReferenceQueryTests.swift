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
      "variation-ratio", "mc-pred-entropy", "mc-variance", "committee", "committee-kl",
      "temporal-disagreement", "egl", "badge-norm", "density", "info-density", "ranked-batch",
      "learning-loss", "kernel-herding", "rare-class",
    ])
  func reference(name: String) throws {
    let golden = Golden.shared.pool
    let answer = try #require(golden.answers[name])
    let picks = try QueryLawTests.rule(name)
      .query(golden.statistics, budget: answer.items.count, key: RandomKey(seed: 6))
    #expect(answer.error(of: picks) < floatSum)
  }

  @Test("gives every predicted class its share")
  func quota() throws {
    let golden = Golden.shared.pool
    let answer = try #require(golden.answers["class-quota"])
    let rule = try QueryConfigurationTests.read("{score: margin, select: class-quota}").make()
    let picks = try rule.query(
      golden.statistics, budget: answer.items.count, key: RandomKey(seed: 6))
    #expect(answer.error(of: picks) < floatSum)
  }
}
