import Base
import Foundation
import Query
import Testing

/// The probabilities of draws that picks record.
@Suite struct DrawProbabilityTests {
  @Test("a uniform draw has 1 over what is left")
  func uniform() throws {
    let picks = try RandomSampling().query(Pools.full(), budget: 4, key: RandomKey(seed: 0))
    for (pick, left) in zip(picks, [51, 50, 49, 48]) {
      #expect(abs((pick.probability ?? 0) - 1 / Double(left)) < 1e-12)
    }
  }

  @Test("a draw by score has its share of what is left, whatever the noise")
  func proportional() throws {
    for noise in Noise.allCases {
      let picks = try Margin(.noisy(noise, beta: 2))
        .query(NoiseTests.pool, budget: 3, key: RandomKey(seed: 5))
      // Margins of 0.1 … 0.4, ranks 4 … 1.
      var left = (0..<4).map { item -> Double in
        let (score, rank) = (Double(item + 1) / 10, Double(4 - item))
        switch noise {
        case .power: return score * score
        case .softmax: return exp(2 * score)
        case .softrank: return 1 / (rank * rank)
        }
      }
      for pick in picks {
        let expected = left[pick.item] / left.reduce(0, +)
        #expect(abs((pick.probability ?? 0) - expected) < 1e-5)
        left[pick.item] = 0
      }
    }
  }

  @Test("the probabilities are those of a simulation, within the limits of groups too")
  func simulation() throws {
    var pool = PoolStatistics(count: 8, labelled: [6: 0, 7: 1], groups: [0, 0, 0, 1, 1, 2, 3, 4])
    pool.limits = QueryLimits(perGroup: 1, nearCopy: nil)
    let margins: [Float] = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.5, 0.5]
    pool.probabilities = Matrix(margins.map { margin -> [Float] in [1 - margin / 2, margin / 2] })
    let rule = Margin(.noisy(.power, beta: 1))
    var second: [Int: (times: Double, probability: Double)] = [:]
    var total = 0.0
    for seed in 0..<40_000 {
      let picks = try rule.query(pool, budget: 2, key: RandomKey(seed: UInt64(seed)))
      guard picks[0].item == 3 else { continue }
      // Its group is closed: the others weigh 0.1, 0.2, 0.3 and 0.6.
      total += 1
      let old = second[picks[1].item]?.times ?? 0
      second[picks[1].item] = (old + 1, picks[1].probability ?? 0)
    }
    #expect(Set(second.keys) == [0, 1, 2, 5])
    for (times, probability) in second.values {
      #expect(abs(times / total - probability) < 0.03)
    }
    #expect(abs((second[5]?.probability ?? 0) - 0.5) < 1e-5)
  }

  @Test("scores of zero are drawn uniformly once nothing else is left")
  func zeros() throws {
    var pool = PoolStatistics(count: 6, labelled: [4: 0, 5: 1])
    pool.probabilities = Matrix([[0.5, 0.5], [1, 0], [1, 0], [1, 0], [1, 0], [0, 1]])
    let picks = try Margin(.noisy(.power, beta: 1)).query(pool, budget: 3, key: RandomKey(seed: 1))
    #expect(picks.map { $0.probability ?? 0 } == [1, 1 / 3.0, 1 / 2.0])
  }

  @Test("a draw by squared distance has its share of them")
  func squaredDistances() throws {
    var pool = PoolStatistics(count: 5, labelled: [0: 0])
    pool.limits = QueryLimits(perGroup: nil, nearCopy: nil)
    pool.embeddings = Matrix([[0], [1], [2], [3], [10]])
    var counts = [Double](repeating: 0, count: 5)
    for seed in 0..<4000 {
      let pick = try KMeansPlusPlus().query(pool, budget: 1, key: RandomKey(seed: UInt64(seed)))[0]
      counts[pick.item] += 1
      let squares = [0.0, 1, 4, 9, 100]
      #expect(abs((pick.probability ?? 0) - squares[pick.item] / 114) < 1e-5)
    }
    #expect(abs(counts[4] / 4000 - 100 / 114.0) < 0.02)
    let gradients = try BADGE().query(Pools.full(), budget: 4, key: RandomKey(seed: 0))
    #expect(gradients[0].probability == nil)
    #expect(gradients.dropFirst().allSatisfy { (0...1).contains($0.probability ?? -1) })
  }

  @Test("images that several classes show may come from each", arguments: [2.0 / 3, 1.0 / 3])
  func classes(share: Double) throws {
    var pool = PoolStatistics(count: 6, labelled: [:])
    // Item 0 shows both classes, 1 the first, 2 the second; the others nothing.
    pool.truthAreas = Matrix(
      [[0.5, 0.2, 0.3], [0.5, 0.5, 0], [0.5, 0, 0.5], [1, 0, 0], [1, 0, 0], [1, 0, 0]])
    let rule = RandomForeground(share: share)
    var times = 0.0
    for seed in 0..<6000 {
      let pick = try rule.query(pool, budget: 1, key: RandomKey(seed: UInt64(seed)))[0]
      if share < 0.5 {
        // A third of one rounds to none: all of it is drawn from everything.
        #expect(abs((pick.probability ?? 0) - 1 / 6.0) < 1e-12)
      } else {
        times += pick.item == 0 ? 1 : 0
        let expected = [0.5, 0.25, 0.25][pick.item]
        #expect(abs((pick.probability ?? 0) - expected) < 1e-12)
      }
    }
    if share > 0.5 { #expect(abs(times / 6000 - 0.5) < 0.03) }
  }

  @Test("a draw of a class, then of an item, has the chance of both")
  func balanced() throws {
    var pool = PoolStatistics(count: 9, labelled: [8: 0])
    pool.truth = Matrix([0, 1, 1, 2, 2, 2, 2, 2, 0], shape: [9])
    let chances =
      [1 / 3.0] + [Double](repeating: 1 / 6, count: 2)
      + [Double](repeating: 1 / 15, count: 5)
    var counts = [Double](repeating: 0, count: 8)
    for seed in 0..<6000 {
      let pick = try RandomBalanced().query(pool, budget: 1, key: RandomKey(seed: UInt64(seed)))[0]
      #expect(abs((pick.probability ?? 0) - chances[pick.item]) < 1e-12)
      counts[pick.item] += 1
    }
    for (count, chance) in zip(counts, chances) { #expect(abs(count / 6000 - chance) < 0.03) }
  }

  @Test("what is not drawn has no probability")
  func ranking() throws {
    for rule in ["margin", "max-herding", "hybrid"] {
      let picks = try QueryLawTests.rule(rule)
        .query(Pools.full(), budget: 4, key: RandomKey(seed: 0))
      #expect(picks.allSatisfy { $0.probability == nil })
    }
  }
}
