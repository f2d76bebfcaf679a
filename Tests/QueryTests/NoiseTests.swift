import Base
import Query
import Testing

@Suite struct NoiseTests {
  /// Items of margin 0.1, 0.2, 0.3 and 0.4, and two labelled ones.
  static let pool: PoolStatistics = {
    var pool = PoolStatistics(count: 6, labelled: [4: 0, 5: 1])
    pool.probabilities = Matrix(
      [0.1, 0.2, 0.3, 0.4, 0.5, 0.5].map { [Float(1 - $0 / 2), Float($0 / 2)] })
    return pool
  }()

  static func shares(_ selection: Selection, draws: Int) throws -> [Double] {
    var counts = [Double](repeating: 0, count: 4)
    for seed in 0..<draws {
      let picks = try Margin(selection).query(
        Self.pool, budget: 1, key: RandomKey(seed: UInt64(seed)))
      counts[picks[0].item] += 1
    }
    return counts.map { $0 / Double(draws) }
  }

  @Test("power noise draws in proportion to the score")
  func power() throws {
    let shares = try Self.shares(.noisy(.power, beta: 1), draws: 100_000)
    // Four standard deviations of a share of 100,000 draws.
    for (share, chance) in zip(shares, [0.1, 0.2, 0.3, 0.4]) {
      #expect(abs(share - chance) < 0.006)
    }
  }

  @Test("without a β the draw is uniform, with a large one it is the ranking")
  func limits() throws {
    for noise in Noise.allCases {
      let uniform = try Self.shares(.noisy(noise, beta: 0), draws: 4000)
      #expect(uniform.allSatisfy { abs($0 - 0.25) < 0.03 })
      let ranking = try Self.shares(.noisy(noise, beta: 1e4), draws: 50)
      #expect(ranking[3] == 1)
    }
  }

  @Test("softrank draws in proportion to one over the rank")
  func softrank() throws {
    let shares = try Self.shares(.noisy(.softrank, beta: 1), draws: 8000)
    for (share, rank) in zip(shares, [4.0, 3, 2, 1]) {
      #expect(abs(share - 1 / rank / (25.0 / 12)) < 0.025)
    }
  }

  @Test("an item's noise does not depend on which others there are")
  func paired() throws {
    var generator = RandomKey(seed: 8).generator()
    let rows = (0..<40).map { _ in Pools.probabilities(3, &generator) }
    func order(_ count: Int) throws -> [Int] {
      var pool = PoolStatistics(count: count, labelled: [0: 0, 1: 1])
      pool.probabilities = Matrix(Array(rows.prefix(count)))
      let picks = try Margin(.noisy(.power, beta: 1))
        .query(pool, budget: count - 3, key: RandomKey(seed: 3))
      return picks.map(\.item)
    }
    let small = try order(20)
    #expect(try order(40).filter { small.contains($0) } == small)
  }
}
