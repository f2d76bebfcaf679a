import Base
import Foundation
import Query

/// Pools made for tests.
enum Pools {
  /// Items whose order by hash is their order here, so that ties break by index under `key`.
  static func ids(_ count: Int, under key: RandomKey) -> [Int] {
    let place = key.folding("query").folding("place")
    return Array(0..<count).sorted { place.tieRank($0) < place.tieRank($1) }
  }

  /// The positions of picked items in `pool`.
  static func rows(_ picks: [Pick], in pool: PoolStatistics) -> [Int] {
    picks.compactMap { pool.ids.firstIndex(of: $0.item) }
  }

  /// Clusters of items with every statistic: `[count, 24]` embeddings around `classes` centres.
  static func full(
    count: Int = 60, classes: Int = 3, labelled: Int = 9, groups: Int = 20, seed: UInt64 = 7
  ) -> PoolStatistics {
    var generator = RandomKey(seed: seed).generator()
    var labels: [Int: Int] = [:]
    for item in 0..<labelled { labels[item] = item % classes }
    var pool = PoolStatistics(
      count: count, labelled: labels, groups: (0..<count).map { $0 % groups })
    let centres = (0..<classes).map { _ in (0..<24).map { _ in 3 * generator.normal() } }
    let features = (0..<count).map { item in
      centres[item % classes].map { Float($0 + generator.normal()) }
    }
    pool.embeddings = Matrix(features)
    pool.currentEmbeddings = Matrix(features.map { $0.map { abs($0) } })
    pool.descriptors = Matrix(features)
    func vectors(_ number: Int) -> [[Float]] {
      (0..<number).map { _ in probabilities(classes, &generator) }
    }
    pool.probabilities = Matrix(vectors(count))
    pool.memberProbabilities = Matrix(
      vectors(4 * count).flatMap { $0 }, shape: [4, count, classes])
    pool.passes = Matrix(vectors(5 * count).flatMap { $0 }, shape: [5, count, classes])
    pool.views = Matrix(vectors(count * 6).flatMap { $0 }, shape: [count, 6, classes])
    pool.truth = Matrix((0..<count).map { Float($0 % classes) }, shape: [count])
    pool.truthAreas = Matrix(vectors(count))
    pool.predictedAreas = Matrix(vectors(count))
    pool.previousProbabilities = Matrix(vectors(count))
    pool.losses = Matrix(
      (0..<count).map { $0 < labelled || $0 == 33 ? Float(generator.uniform()) : -1 },
      shape: [count])
    pool.strata = (0..<count).map { $0 % 4 }
    return pool
  }

  /// A vector of probabilities.
  static func probabilities(_ classes: Int, _ generator: inout KeyedGenerator) -> [Float] {
    let powers = (0..<classes).map { _ in -Float(logarithm(generator.uniform())) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }

  /// The same pool with its rows in another order.
  static func permuted(_ pool: PoolStatistics, _ order: [Int]) -> PoolStatistics {
    var other = PoolStatistics(
      ids: order.map { pool.ids[$0] }, labelled: pool.labelled,
      groups: pool.groups.map { groups in order.map { groups[$0] } })
    other.limits = pool.limits
    other.trust = pool.trust
    other.strata = pool.strata.map { strata in order.map { strata[$0] } }
    for statistic in PoolStatistic.allCases {
      guard let matrix = pool[statistic] else { continue }
      other[statistic] =
        statistic == .views
        ? permutedViews(matrix, order)
        : permuted(matrix, order, by: matrix.shape.count == 3 ? matrix.shape[0] : 1)
    }
    return other
  }

  private static func permutedViews(_ views: Matrix, _ order: [Int]) -> Matrix {
    let (count, number) = (views.shape[1], views.columns)
    let rows = order.flatMap { row in (0..<count).flatMap { views.row(row * count + $0) } }
    return Matrix(rows, shape: [order.count, count, number])
  }

  private static func permuted(_ matrix: Matrix, _ order: [Int], by slices: Int) -> Matrix {
    let count = matrix.rows / slices
    let rows = (0..<slices).flatMap { slice in
      order.flatMap { matrix.row(slice * count + $0) }
    }
    return Matrix(
      rows,
      shape: slices == 1 ? [order.count, matrix.columns] : [slices, order.count, matrix.columns])
  }

  private static func logarithm(_ x: Double) -> Double { log(max(x, 1e-300)) }
}

extension Pools {
  /// The pool and a copy of each item, numbered behind the others and without a label.
  static func doubled(_ pool: PoolStatistics) -> PoolStatistics {
    let count = pool.count
    var other = permuted(pool, Array(0..<count) + Array(0..<count))
    let statistics = other
    other = PoolStatistics(count: 2 * count, labelled: pool.labelled)
    for statistic in PoolStatistic.allCases { other[statistic] = statistics[statistic] }
    return other
  }

  /// The pool with one number of an item's first row of a statistic replaced.
  static func spoilt(
    _ pool: PoolStatistics, _ statistic: PoolStatistic, item: Int, by value: Float
  ) -> PoolStatistics {
    let first = item * (statistic == .views ? pool.views?.shape[1] ?? 1 : 1)
    return changed(pool, [statistic]) { row, values in
      row == first ? [value] + values.dropFirst() : values
    }
  }

  /// The pool with the rows of some statistics changed, all of them to one length.
  static func changed(
    _ pool: PoolStatistics, _ statistics: [PoolStatistic], _ change: (Int, [Float]) -> [Float]
  ) -> PoolStatistics {
    var pool = pool
    for statistic in statistics {
      guard let matrix = pool[statistic] else { continue }
      let rows = (0..<matrix.rows).map { change($0, matrix.row($0)) }
      pool[statistic] = Matrix(
        rows.flatMap { $0 }, shape: matrix.shape.dropLast() + [rows.first?.count ?? 0])
    }
    return pool
  }

  /// A pool whose items do not differ.
  static func constant(count: Int) -> PoolStatistics {
    var pool = PoolStatistics(count: count, labelled: [0: 0, 1: 1])
    let features = Array(repeating: (0..<24).map(Float.init), count: count)
    let vectors = Array(repeating: [Float(0.5), 0.3, 0.2], count: count)
    pool.embeddings = Matrix(features)
    pool.currentEmbeddings = Matrix(features)
    pool.probabilities = Matrix(vectors)
    pool.memberProbabilities = Matrix(
      Array(repeating: vectors, count: 2).flatMap { $0 }.flatMap { $0 }, shape: [2, count, 3])
    pool.views = Matrix(
      vectors.flatMap { Array(repeating: $0, count: 2) }.flatMap { $0 }, shape: [count, 2, 3])
    pool.truth = Matrix((0..<count).map { Float($0 % 2) }, shape: [count])
    pool.truthAreas = Matrix(vectors)
    pool.predictedAreas = Matrix(vectors)
    pool.previousProbabilities = Matrix(vectors)
    pool.losses = Matrix([Float](repeating: 1, count: count), shape: [count])
    return pool
  }
}
