import Base
import Foundation
import Query
import Testing

@Suite struct MaxHerdingTests {
  @Test("is the plain greedy choice on random pools", arguments: 0..<50)
  func naive(seed: Int) throws {
    var generator = RandomKey(seed: UInt64(seed)).generator()
    let rows = (0..<200).map { _ in (0..<4).map { _ in Float(generator.normal()) } }
    let labelled = seed % 2 == 0 ? [:] : [3: 0, 77: 1, 150: 0]
    var pool = PoolStatistics(count: 200, labelled: labelled)
    pool.embeddings = Matrix(rows)
    let picks = try MaxHerding().query(pool, budget: 20, key: RandomKey(seed: UInt64(seed)))
    let gains = Self.greedyGains(rows, labelled: labelled.keys.sorted(), picks.map(\.item))
    for (pick, (gain, best)) in zip(picks, gains) {
      #expect(abs(pick.utility - gain) < 1e-3 * max(gain, 1))
      // Nothing was worth more, to within single precision.
      #expect(gain >= best - 1e-4)
    }
  }

  @Test("finds the components of a mixture", arguments: 0..<20)
  func mixture(seed: Int) throws {
    let pool = PlantedMixture(seed: UInt64(seed)).pool
    let picks = try MaxHerding().query(pool, budget: 10, key: RandomKey(seed: UInt64(seed)))
    #expect(Set(picks.map { PlantedMixture.component(of: $0.item) }).count >= 9)
    #expect(picks[0].reason.hasPrefix("covers "))
  }

  /// For each chosen item its gain by plain loops, and the highest gain there was.
  private static func greedyGains(
    _ rows: [[Float]], labelled: [Int], _ chosen: [Int]
  ) -> [(Double, Double)] {
    let kernel = kernel(rows)
    var best = rows.indices.map { row in labelled.map { kernel[row][$0] }.max() ?? 0 }
    var taken = Set(labelled)
    return chosen.map { item in
      let gains = rows.indices.map { candidate in
        taken.contains(candidate)
          ? 0 : rows.indices.reduce(0) { $0 + max(0, kernel[$1][candidate] - best[$1]) }
      }
      for row in rows.indices { best[row] = max(best[row], kernel[row][item]) }
      taken.insert(item)
      return (gains[item], gains.max() ?? 0)
    }
  }

  private static func kernel(_ rows: [[Float]]) -> [[Double]] {
    let distances = rows.map { a in
      rows.map { b in
        zip(a, b).reduce(0) { $0 + pow(Double($1.0) - Double($1.1), 2) }.squareRoot()
      }
    }
    var pairs: [Double] = []
    for (index, line) in distances.enumerated() { pairs += line[..<index] }
    pairs.sort()
    let median = (pairs[(pairs.count - 1) / 2] + pairs[pairs.count / 2]) / 2
    let scale = 2 * pow(0.5 * median, 2)
    return distances.map { $0.map { exp(-$0 * $0 / scale) } }
  }
}
