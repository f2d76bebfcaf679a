import Base
import Query
import Testing

@Suite struct HybridTests {
  static func pool(_ key: RandomKey) -> PoolStatistics {
    let golden = Golden.shared.twoStage
    // A seventh item carries the label that a query of the model asks for.
    let ids = Pools.ids(7, under: key)
    var pool = PoolStatistics(ids: ids, labelled: [ids[6]: -1])
    pool.descriptors = Matrix(golden.vectors + [[0, -1]])
    pool.uncertainty = Matrix(golden.uncertainty + [0], shape: [7])
    return pool
  }

  @Test("takes the most uncertain, then the least similar of the shortlist")
  func golden() throws {
    let key = RandomKey(seed: 1)
    let pool = Self.pool(key)
    let picks = try Hybrid(candidates: 5).query(pool, budget: 3, key: key)
    #expect(Pools.rows(picks, in: pool) == Golden.shared.twoStage.leastSimilar)
    #expect(abs(picks[0].utility - 0.9) < 1e-6)
  }

  @Test("chooses among twice the budget, and everything on the shortlist when it is no longer")
  func shortlist() throws {
    let key = RandomKey(seed: 1)
    let pool = Self.pool(key)
    // Twice two: the item at 90° is not on the list.
    let two = try Hybrid().query(pool, budget: 2, key: key)
    #expect(Pools.rows(two, in: pool) == [0, 3])
    let four = try Hybrid(candidates: 2).query(pool, budget: 4, key: key)
    #expect(Set(Pools.rows(four, in: pool)) == [0, 1, 2, 3])
  }

  @Test("spreads the batch to within a factor of two of the best of all subsets", arguments: 0..<5)
  func exact(seed: Int) throws {
    var generator = RandomKey(seed: UInt64(seed)).generator()
    let vectors = (0..<12).map { _ in (0..<5).map { _ in Float(generator.normal()) } }
    var pool = PoolStatistics(count: 12, labelled: [11: -1])
    pool.descriptors = Matrix(vectors)
    pool.uncertainty = Matrix((0..<12).map { Float(12 - $0) }, shape: [12])
    let picks = try Hybrid(candidates: 11).query(pool, budget: 4, key: RandomKey(seed: 0))
    let best = Self.subsets(11, 4).map { Self.spread(vectors, $0) }.max() ?? 0
    #expect(Self.spread(vectors, picks.map(\.item)) >= best / 2)
  }

  @Test("keeps away from the labelled items where asked to")
  func seeded() throws {
    let key = RandomKey(seed: 1)
    var pool = Self.pool(key)
    pool.labelled = [pool.ids[0]: -1]
    let picks = try Hybrid(candidates: 4, seedWithLabelled: true).query(pool, budget: 1, key: key)
    #expect(Pools.rows(picks, in: pool) == [4])
  }

  @Test("centred and kept away from the labelled items it is what the plain definition chooses")
  func centredReference() throws {
    let golden = Golden.shared.pool
    let answer = try #require(golden.answers["hybrid-centred"])
    let picks = try Hybrid(candidates: 24, seedWithLabelled: true, centred: true)
      .query(golden.statistics, budget: answer.items.count, key: RandomKey(seed: 6))
    #expect(picks.map(\.item) == answer.items)
  }

  /// The least distance √(2 − 2 cos) between two of the vectors.
  private static func spread(_ vectors: [[Float]], _ subset: [Int]) -> Double {
    var least = Double.infinity
    for (index, a) in subset.enumerated() {
      for b in subset[..<index] { least = min(least, 2 - 2 * cosine(vectors[a], vectors[b])) }
    }
    return least.squareRoot()
  }

  private static func cosine(_ a: [Float], _ b: [Float]) -> Double {
    func dot(_ x: [Float], _ y: [Float]) -> Double {
      zip(x, y).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    }
    return dot(a, b) / (dot(a, a) * dot(b, b)).squareRoot()
  }

  private static func subsets(_ n: Int, _ k: Int, from first: Int = 0) -> [[Int]] {
    if k == 0 { return [[]] }
    return (first..<n).flatMap { item in subsets(n, k - 1, from: item + 1).map { [item] + $0 } }
  }
}
