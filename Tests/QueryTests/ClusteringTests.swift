import Base
import Query
import Testing

@Suite struct ClusteringTests {
  private static func rows(_ count: Int, width: Int) -> [[Float]] {
    var generator = RandomKey(seed: 4).generator()
    return (0..<count).map { number in
      (0..<width).map { _ in Float(generator.normal()) + Float(number % 5) }
    }
  }

  private static func squaredDistance(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
  }

  /// Lloyd's iterations written out in 64-bit numbers.
  private static func inertia(_ rows: [[Double]], from seeds: [Int], iterations: Int) -> Double {
    var centres = seeds.map { rows[$0] }
    func nearest(_ row: [Double]) -> Int {
      centres.indices.min {
        squaredDistance(row, centres[$0]) < squaredDistance(row, centres[$1])
      } ?? 0
    }
    for _ in 0..<iterations {
      let clusters = Dictionary(grouping: rows, by: nearest)
      for (cluster, members) in clusters {
        centres[cluster] = centres[cluster].indices.map { column in
          members.reduce(0) { $0 + $1[column] } / Double(members.count)
        }
      }
    }
    return rows.reduce(0) { $0 + squaredDistance($1, centres[nearest($1)]) }
  }

  @Test(
    "Lloyd's iterations are those written out, whatever the number of clusters",
    arguments: [1, 3, 7, 8, 9, 17])
  func lloyd(clusters: Int) throws {
    // Enough points for several parts, each with its own sums.
    let rows = Self.rows(5000, width: 6)
    let seeds = (0..<clusters).map { 11 * $0 }
    let clustering = try Clustering(Matrix(rows))
    for iterations in [0, 1, 4] {
      let expected = Self.inertia(
        rows.map { $0.map(Double.init) }, from: seeds, iterations: iterations)
      let inertia = clustering.inertia(from: seeds, iterations: iterations)
      // Products of single precision; a point between two centres may go to either.
      #expect(abs(inertia - expected) < 1e-5 * expected)
    }
  }

  @Test("k-means++ draws no point twice, and each copy of one at most once")
  func seeds() throws {
    let rows = Self.rows(40, width: 6)
    let clustering = try Clustering(Matrix(rows + rows))
    for seed in 0..<10 {
      let seeds = clustering.seeds(40, key: RandomKey(seed: UInt64(seed)))
      #expect(Set(seeds.map { $0 % 40 }).count == 40)
    }
  }

  @Test("a point far from all others is drawn as soon as chances go by distance")
  func chances() throws {
    var rows = Self.rows(2000, width: 6)
    rows[1500] = Array(repeating: 1e4, count: 6)
    let clustering = try Clustering(Matrix(rows))
    for seed in 0..<10 {
      #expect(clustering.seeds(2, key: RandomKey(seed: UInt64(seed))).contains(1500))
    }
  }

  @Test("coverage of a sample chooses among as many candidates as it is given")
  func sample() throws {
    var pool = PoolStatistics(count: 400)
    pool.embeddings = Matrix(Self.rows(400, width: 16))
    var rule = MaxHerding()
    rule.sample.candidates = 30
    rule.sample.references = 100
    let all = try rule.query(pool, budget: 30, key: RandomKey(seed: 1)).map(\.item)
    rule.sample.candidates = 31
    let more = try rule.query(pool, budget: 31, key: RandomKey(seed: 1)).map(\.item)
    #expect(Set(all).count == 30)
    #expect(Set(all).isSubset(of: more))
  }
}
