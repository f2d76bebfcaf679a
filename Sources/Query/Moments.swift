import Base

/// Mean and deviation of each feature over the pool.
///
/// Taken from at most 131,072 places, which are a uniform sample (see `Draft`).
struct Moments {
  let mean: [Float]
  /// The standard deviation (divided by N); 1 for a feature that does not vary.
  let deviation: [Float]

  private static let most = 131_072
  /// Added up side by side, in a number of parts that no number of threads changes.
  private static let parts = 16

  init(_ draft: Draft, _ matrix: Matrix) throws {
    let columns = matrix.columns
    let places = min(draft.count, Self.most)
    // Differences from the first row keep the sums of squares exact where the mean is large.
    let origin =
      draft.count > 0 ? matrix.row(draft.rows[0]) : [Float](repeating: 0, count: columns)
    let height = max(1, (places + Self.parts - 1) / Self.parts)
    var sums = [Double](repeating: 0, count: Self.parts * 2 * columns)
    try sums.withUnsafeMutableBufferPointer { sums in
      try BLAS.inBlocks(of: height, places) { [sums] range in
        let part = sums[(range.lowerBound / height * 2 * columns)...].prefix(2 * columns)
        try Self.add(range, draft, matrix, origin, to: UnsafeMutableBufferPointer(rebasing: part))
      }
    }
    let count = Double(max(places, 1))
    let total = { (column: Int) in
      (0..<Self.parts).reduce(0.0) { $0 + sums[$1 * 2 * columns + column] }
    }
    mean = (0..<columns).map { origin[$0] + Float(total($0) / count) }
    deviation = (0..<columns).map { column in
      let average = total(column) / count
      let variance = total(columns + column) / count - average * average
      return variance > 1e-12 * (1 + average * average) ? Float(variance.squareRoot()) : 1
    }
  }

  /// Adds the differences of some rows from the origin, and behind them their squares.
  private static func add(
    _ places: Range<Int>, _ draft: Draft, _ matrix: Matrix, _ origin: [Float],
    to sums: UnsafeMutableBufferPointer<Double>
  ) throws {
    let columns = origin.count
    try withUnsafeTemporaryAllocation(of: Float.self, capacity: columns) { row in
      guard let start = row.baseAddress else { return }
      try origin.withUnsafeBufferPointer { origin in
        for place in places {
          try draft.copyRow(of: matrix, at: place, into: start, "the embedding")
          for column in 0..<columns {
            let difference = Double(row[column] - origin[column])
            sums[column] += difference
            sums[columns + column] += difference * difference
          }
        }
      }
    }
  }
}
