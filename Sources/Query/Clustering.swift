package import Base

/// k-means on bare points, without a pool: what benchmarks time beside other programs' loops.
package struct Clustering {
  private let points: Points

  /// The rows of a matrix `[N, D]`, as they are.
  package init(_ matrix: Matrix) throws {
    points = try Points(places: Array(0..<matrix.rows), width: matrix.columns)
    for row in 0..<matrix.rows { matrix.copy(row: row, into: points[row]) }
    points.measure()
  }

  /// The rows that k-means++ draws as seeds.
  package func seeds(_ count: Int, key: RandomKey) -> [Int] {
    points.seeds(count, among: points.count, key: key)
  }

  /// The sum of squared distances after so many of Lloyd's iterations from the given rows.
  package func inertia(from seeds: [Int], iterations: Int) -> Double {
    KMeans(points, from: seeds, iterations: iterations).inertia
  }
}
