import Base
import Foundation
import Query
import Testing

/// A guard against regressions in what the rules are for; no claim about images.
@Suite struct SavingTests {
  @Test(
    "saves labels against a random draw in a long tail",
    arguments: [("margin", 1.3), ("uherding", 1.5), ("class-balanced", 1.5), ("auto", 2)])
  func saving(name: String, least: Double) throws {
    var logarithm = 0.0
    let seeds = 4
    for seed in 0..<seeds {
      let pool = LongTail(seed: UInt64(seed))
      let target = 0.9 * pool.score(Array(pool.features.indices))
      let key = RandomKey(seed: UInt64(seed))
      let random = try (0..<2).map {
        log(
          try pool.labels(toReach: target, by: RandomSampling(), key: key.folding("random \($0)")))
      }
      let rule = QueryLawTests.rule(name)
      let labels = try pool.labels(toReach: target, by: rule, key: key)
      logarithm += random.reduce(0, +) / 2 - log(labels)
    }
    #expect(exp(logarithm / Double(seeds)) >= least)
  }
}
