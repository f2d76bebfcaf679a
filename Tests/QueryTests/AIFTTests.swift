import Base
import Foundation
import Query
import Testing

@Suite struct AIFTTests {
  @Test("scores the seven patterns as the authors do", arguments: Golden.shared.aift)
  func patterns(pattern: Golden.Pattern) {
    let views = pattern.views.map { [1 - $0, $0] }
    let settings: [(Double, Double, Double)] = [(1, 1, 0), (0.25, 1, 0), (1, 0, 1), (0.25, 0, 1)]
    for ((majority, entropy, diversity), value) in zip(settings, pattern.values) {
      let score = ViewPatterns.score(
        views, majority: majority, entropy: entropy, diversity: diversity, form: .matlab)
      // Sums of a hundred terms in another order.
      #expect(abs(score - value) < 1e-12 * max(1, value))
    }
  }

  @Test("the closed form of the divergence is the double sum")
  func closedForm() {
    var generator = RandomKey(seed: 1).generator()
    let views = (0..<9).map { _ in Pools.probabilities(4, &generator).map { Double($0) } }
    var sum = 0.0
    for a in views {
      for b in views { sum += Self.divergence(a, b) }
    }
    let score = ViewPatterns.score(views, majority: 1, entropy: 0, diversity: 1)
    #expect(abs(score - sum) < 1e-9)
    let mean = ViewPatterns.score(
      views, majority: 1, entropy: 0, diversity: 1, form: .normalised)
    #expect(abs(mean - sum / 72 / 32.236185) < 1e-12)
    #expect(ViewPatterns.score([views[0]], majority: 1, entropy: 0, diversity: 1) == 0)
  }

  @Test("normalised, 1 is the most that entropy and diversity can be, however many views")
  func normalised() {
    for count in [2, 4, 10] {
      let unsure = Array(repeating: [0.5, 0.5], count: count)
      let entropy = ViewPatterns.score(
        unsure, majority: 1, entropy: 1, diversity: 0, form: .normalised)
      #expect(abs(entropy - 1) < 1e-12)
    }
    let apart = ViewPatterns.score(
      [[0, 1], [1, 0]], majority: 1, entropy: 0, diversity: 1, form: .normalised)
    #expect(abs(apart - 1) < 1e-6)
  }

  @Test("draws within the window only, in proportion to the lead over its last")
  func window() throws {
    var pool = PoolStatistics(count: 9, labelled: [7: 0, 8: 1])
    let p: [Float] = [0.5, 0.45, 0.4, 0.35, 0.3, 0.1, 0.05, 0.5, 0.5]
    pool.views = Matrix(p.flatMap { [$0, 1 - $0, $0, 1 - $0] }, shape: [9, 2, 2])
    let rule = AIFT(majority: 1, extensionFactor: 2)
    var counts = [Int](repeating: 0, count: 9)
    for seed in 0..<200 {
      for pick in try rule.query(pool, budget: 2, key: RandomKey(seed: UInt64(seed))) {
        counts[pick.item] += 1
      }
    }
    // The last of the window of four has the chance 0, what is behind it is not drawn.
    #expect(counts[3...].allSatisfy { $0 == 0 })
    #expect(counts[0] > counts[2])
    let top = try AIFT(majority: 1, extensionFactor: 1).query(
      pool, budget: 2, key: RandomKey(seed: 0))
    #expect(top.map(\.item) == [0, 1])
  }

  private static func divergence(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { sum, pair in
      let (p, q) = pair
      return sum + (p - q) * log(p / q)
    }
  }
}
