import Base
import Foundation
import Query
import Testing

/// The ways to make a batch of scores that have no reference of their own.
@Suite struct SelectionTests {
  /// Items on a line with given chances of class 1, and two labelled ones far away.
  static func line(_ x: [Float], _ p: [Float]) -> PoolStatistics {
    var pool = PoolStatistics(
      count: x.count + 2, labelled: [x.count: 0, x.count + 1: 1])
    pool.limits = QueryLimits(perGroup: nil, nearCopy: nil)
    pool.embeddings = Matrix((x + [-100, 100]).map { [$0] })
    pool.probabilities = Matrix((p + [0, 1]).map { [1 - $0, $0] })
    return pool
  }

  @Test("of each cluster the most uncertain item, large clusters first")
  func clusters() throws {
    let pool = Self.line(
      [0, 0.1, 0.2, 0.3, 10, 10.1, 10.2, 20, 20.1], [0.1, 0.4, 0.2, 0.1, 0.3, 0.2, 0.1, 0.2, 0.45])
    let rule = ScoredSampling(.margin, .clusters)
    for seed in 0..<5 {
      let picks = try rule.query(pool, budget: 3, key: RandomKey(seed: UInt64(seed)))
      #expect(picks.map(\.item) == [1, 4, 8])
    }
  }

  @Test("clue moves the centre of a cluster to what is uncertain")
  func clue() throws {
    // The plain centre of the first five is at 2, the weighted one at 3.6.
    let x: [Float] = [0, 1, 2, 3, 4, 50, 51, 52]
    let pool = Self.line(x, [0.001, 0.001, 0.001, 0.2, 0.5, 0.3, 0.5, 0.3])
    for seed in 0..<5 {
      let picks = try ScoredSampling(.entropy, .clue)
        .query(pool, budget: 2, key: RandomKey(seed: UInt64(seed)))
      #expect(Set(picks.map(\.item)) == [4, 6])
    }
  }

  @Test("ranked batches weigh distance by what is unlabelled: 0.9 at 90 of 100")
  func ranked() throws {
    var pool = PoolStatistics(
      count: 100, labelled: Dictionary(uniqueKeysWithValues: (0..<10).map { ($0, $0 % 2) }))
    pool.limits = QueryLimits(perGroup: nil, nearCopy: nil)
    pool.embeddings = Matrix((0..<100).map { [Float($0 < 99 ? 0 : 9)] })
    pool.probabilities = Matrix(Array(repeating: [0.75, 0.25], count: 99) + [[1, 0]])
    let picks = try ScoredSampling(.leastConfidence, .rankedBatch)
      .query(pool, budget: 2, key: RandomKey(seed: 0))
    #expect(picks[0].item == 99)
    #expect(abs(picks[0].utility - 0.9 * (1 - 1 / 10.0)) < 1e-6)
    // The others lie on labelled ones: what is left is 0.11 · 0.25.
    #expect(abs(picks[1].utility - 0.11 * 0.25) < 1e-6)
  }

  @Test("quotas find the rare class that a ranking leaves out")
  func quota() throws {
    var pool = PoolStatistics(
      count: 202, labelled: Dictionary(uniqueKeysWithValues: [(200, 0), (201, 1)]))
    pool.limits = QueryLimits(perGroup: nil, nearCopy: nil)
    // Two of the hundred are predicted to be rare, both with certainty.
    let p = (0..<202).map { item -> Float in
      item % 100 == 7 ? 0.99 : 0.4 + Float(item % 9) / 100
    }
    pool.probabilities = Matrix(p.map { [1 - $0, $0] })
    let plain = try ScoredSampling(.margin, .top).query(pool, budget: 10, key: RandomKey(seed: 0))
    #expect(plain.allSatisfy { $0.item % 100 != 7 })
    for beta in [nil, 1.0] {
      let picks = try ScoredSampling(.margin, .classQuota(beta: beta))
        .query(pool, budget: 10, key: RandomKey(seed: 0))
      #expect(picks.count { $0.item % 100 == 7 } == 2)
      #expect(picks.count == 10)
    }
  }

  @Test("density leaves outliers out that the score alone would take")
  func density() throws {
    var generator = RandomKey(seed: 2).generator()
    let rows = (0..<60).map { item -> [Float] in
      let axis = item < 58 ? 0 : item - 50
      return (0..<16).map { column -> Float in
        Float(generator.normal()) / 4 + (column == axis ? 4 : 0)
      }
    }
    var pool = PoolStatistics(count: 60, labelled: [0: 0, 1: 1])
    pool.embeddings = Matrix(rows)
    pool.probabilities = Matrix(
      (0..<60).map { item -> [Float] in item > 57 ? [0.5, 0.5] : [0.6, 0.4] })
    let key = RandomKey(seed: 0)
    let top = try ScoredSampling(.margin).query(pool, budget: 2, key: key)
    #expect(Set(top.map(\.item)) == [58, 59])
    let dense = try ScoredSampling(.margin, .density()).query(pool, budget: 2, key: key)
    #expect(dense.allSatisfy { $0.item < 58 })
  }
}
