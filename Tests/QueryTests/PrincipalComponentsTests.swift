import Base
import Query
import Testing

/// Seen through `k-center`, whose utilities are distances between prepared embeddings.
@Suite struct PrincipalComponentsTests {
  /// 2,000 items of 264 features: eight hardly differ from others, one number lies beyond the clip.
  static var pool: PoolStatistics {
    var state = 9
    var rows = (0..<2000).map { _ in
      (0..<264).map { _ in
        state = (1_103_515_245 * state + 12_345) & 0x7fff_ffff
        return Float(Double(state) / 1_073_741_824 - 1)
      }
    }
    for item in rows.indices {
      for feature in 0..<8 {
        rows[item][256 + feature] = rows[item][feature] + rows[item][256 + feature] / 4
      }
    }
    rows[5][100] = 6
    var pool = PoolStatistics(count: rows.count, labelled: [0: 0])
    pool.limits = QueryLimits(perGroup: nil, nearCopy: nil)
    pool.embeddings = Matrix(rows)
    return pool
  }

  @Test("distances are those in the 256 directions of largest variance by an eigensolver")
  func eigensolver() throws {
    let golden = Golden.shared.principal
    let picks = try KCenter().query(Self.pool, budget: 10, key: RandomKey(seed: 3))
    // Without the reduction they differ by 2e-4.
    #expect(picks.map(\.item) == golden.items)
    for (pick, distance) in zip(picks, golden.distances) {
      #expect(abs(pick.utility - distance) < 1e-6)
    }
  }
}
