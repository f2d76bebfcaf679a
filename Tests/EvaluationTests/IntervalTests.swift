import Base
import Evaluation
import Foundation
import Testing

@Suite struct IntervalTests {
  @Test("Student's t is SciPy's")
  func studentT() throws {
    let known = try Reference.load().statistics
    for row in known.t_quantile {
      #expect(close(StudentT(freedom: row[0]).quantile(0.975), row[1], Tolerance.search))
    }
    for row in known.t_two_sided {
      #expect(close(StudentT(freedom: row[1]).twoSided(row[0]), row[2], Tolerance.search))
    }
    #expect(StudentT(freedom: 3).quantile(0.025) == -StudentT(freedom: 3).quantile(0.975))
  }

  @Test(
    "half-widths of the t-interval in deviations",
    arguments: [(3, 2.48), (5, 1.24), (8, 0.84), (10, 0.72)])
  func halfWidths(seeds: Int, expected: Double) {
    #expect(abs(tHalfWidth(count: seeds) - expected) < 5e-3)
  }

  @Test("the signed ranks' p and interval are SciPy's")
  func signedRank() throws {
    let known = try Reference.load().statistics.paired
    #expect(close(signedRankTest(known.differences), known.signed_rank_p))
    let interval = signedRankInterval(known.differences)
    #expect(close(interval.low, known.walsh_low) && close(interval.high, known.walsh_high))
  }

  @Test("five seeds of one sign cannot be significant, six can")
  func sixSeeds() {
    #expect(signedRankTest([1, 2, 3, 4, 5]) == 0.0625)
    #expect(signedRankTest([1, 2, 3, 4, 5, 6]) == 0.03125)
    #expect(signedRankInterval([1, 2, 3, 4, 5]).low == -.infinity)
    #expect(signedRankInterval([1, 2, 3, 4, 5, 6]) == Interval(low: 1, high: 6))
  }

  @Test("an infinite difference is the largest rank and leaves an open end")
  func infiniteDifference() {
    let differences = [1, 2, 3, 4, 5, 6, 7, .infinity]
    #expect(close(signedRankTest(differences), 2.0 / 256))
    let interval = signedRankInterval(differences)
    #expect(interval.low == 2 && interval.high == .infinity)
  }

  @Test("no difference is no evidence")
  func zeros() {
    #expect(signedRankTest([0, 0, 0]) == 1)
    #expect(signedRankTest([0, 1, 2, 3, 4, 5, 6]) == 0.03125)
  }

  @Test("the t-interval needs three values")
  func fewValues() throws {
    #expect(tInterval([1, 2]) == nil)
    #expect(studentTTest([1, 2]) == nil)
    #expect(studentTTest([0, 0, 0]) == 1)
    let interval = try #require(tInterval([1, 2, 3]))
    #expect(close(interval.high - 2, 4.302652729749464 / 3.0.squareRoot(), Tolerance.search))
  }

  @Test("percentiles interpolate as NumPy's do")
  func percentiles() throws {
    let known = try Reference.load().statistics.percentile
    #expect(close(percentile(known.values, 0.95), known.p95))
    #expect(close(percentile(known.values, 0.25), known.p25))
    #expect(percentile([], 0.5) == nil)
  }

  @Test("Wilson's interval is SciPy's")
  func wilson() throws {
    let known = try Reference.load().statistics.wilson
    let interval = wilsonInterval(successes: 17, of: 23)
    #expect(close(interval.low, known[0], Tolerance.search))
    #expect(close(interval.high, known[1], Tolerance.search))
  }

  @Test("effects are pooled as a regression on a constant pools them")
  func randomEffects() throws {
    let known = try Reference.load().statistics.pooled
    let pooled = RandomEffects(effects: known.effects, errors: known.errors)
    #expect(close(pooled.variance, known.tau2) && close(pooled.mean, known.mean))
    #expect(close(pooled.interval?.low, known.low, Tolerance.search))
    #expect(close(pooled.interval?.high, known.high, Tolerance.search))
    #expect(RandomEffects(effects: [0.5], errors: [0.1]).interval == nil)
  }
}
