import Base
import Foundation
import Query
import Testing

@Suite struct AIFTTests {
  @Test("scores the seven patterns as the authors do", arguments: Golden.shared.aift)
  func patterns(pattern: Golden.Pattern) {
    for (score, value) in zip(Self.values(of: pattern), pattern.values) {
      // Sums of a hundred terms in another order.
      #expect(abs(score - value) < 1e-12 * max(1, value))
    }
  }

  /// Entropy and diversity of a pattern, each of all views and of the majority's quarter.
  private static func values(of pattern: Golden.Pattern) -> [Double] {
    let views = pattern.views.map { [1 - $0, $0] }
    let settings: [(Double, Double, Double)] = [(1, 1, 0), (0.25, 1, 0), (1, 0, 1), (0.25, 0, 1)]
    return settings.map { majority, entropy, diversity in
      ViewPatterns.score(
        views, majority: majority, entropy: entropy, diversity: diversity, form: .matlab)
    }
  }

  @Test("the seven patterns have the values of the published table")
  func published() throws {
    let table: [String: [Double]] = [
      "A": [7.5239, 2.0190, 4.3790, 0], "B": [4.5667, 0.8255, 1237.2075, 20.7944],
      "C": [1.3003, 0, 2816.6600, 0], "D": [1.3003, 0, 189.5400, 0], "E": [1.3003, 0, 189.5400, 0],
      "F": [3.2371, 0.3251, 1076.8696, 13.5386], "G": [3.2371, 0.3251, 1076.8696, 13.5386],
    ]
    #expect(Golden.shared.aift.count == table.count)
    for pattern in Golden.shared.aift {
      let wanted = try #require(table[pattern.name])
      for (value, wanted) in zip(Self.values(of: pattern), wanted) {
        #expect(abs(value - wanted) < 1e-3, "\(pattern.name)")
      }
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

  @Test("of the scores 5 … 1, two of four candidates: chances of 1/2, 1/3, 1/6 and none")
  func chances() throws {
    var pool = PoolStatistics(count: 7, labelled: [5: 0, 6: 1])
    // A pixel aggregate stands in for the score.
    pool.uncertainty = Matrix([5, 4, 3, 2, 1, 0, 0], shape: [7])
    let rule = AIFT(extensionFactor: 2)
    let chances = [3 / 6.0, 2 / 6.0, 1 / 6.0, 0, 0]
    var counts = [Double](repeating: 0, count: 5)
    for seed in 0..<6000 {
      let picks = try rule.query(pool, budget: 2, key: RandomKey(seed: UInt64(seed)))
      #expect(abs((picks[0].probability ?? 0) - chances[picks[0].item]) < 1e-12)
      let left = chances[picks[1].item] / (1 - chances[picks[0].item])
      #expect(abs((picks[1].probability ?? 0) - left) < 1e-12)
      counts[picks[0].item] += 1
    }
    for (count, chance) in zip(counts, chances) { #expect(abs(count / 6000 - chance) < 0.03) }
    // Fewer with a chance than are asked for: the last of the window fills by rank.
    let all = try AIFT(extensionFactor: 1.3).query(pool, budget: 3, key: RandomKey(seed: 0))
    #expect(Set(all.map(\.item)) == [0, 1, 2])
  }

  private static func divergence(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { sum, pair in
      let (p, q) = pair
      return sum + (p - q) * log(p / q)
    }
  }
}
