import Base

/// Mean and deviation of each feature over the pool.
///
/// Taken from at most 131,072 places, which are a uniform sample (see `Draft`).
struct Moments {
  let mean: [Float]
  /// The standard deviation (divided by N); 1 for a feature that does not vary.
  let deviation: [Float]

  private static let most = 131_072

  init(_ draft: Draft, _ matrix: Matrix) throws {
    let columns = matrix.columns
    let places = min(draft.count, Self.most)
    var row = [Float](repeating: 0, count: columns)
    var sums = [Double](repeating: 0, count: columns)
    var squares = sums
    // Differences from the first row keep the sums of squares exact where the mean is large.
    let origin = draft.count > 0 ? matrix.row(draft.rows[0]) : row
    for place in 0..<places {
      try draft.copyRow(of: matrix, at: place, into: &row, "the embedding")
      Self.add(row, origin, &sums, &squares)
    }
    let count = Double(max(places, 1))
    mean = (0..<columns).map { origin[$0] + Float(sums[$0] / count) }
    deviation = (0..<columns).map { column in
      let average = sums[column] / count
      let variance = squares[column] / count - average * average
      return variance > 1e-12 * (1 + average * average) ? Float(variance.squareRoot()) : 1
    }
  }

  /// Adds a row's differences from the origin, and their squares.
  private static func add(
    _ row: UnsafePointer<Float>, _ origin: [Float], _ sums: inout [Double],
    _ squares: inout [Double]
  ) {
    sums.withUnsafeMutableBufferPointer { sums in
      squares.withUnsafeMutableBufferPointer { squares in
        origin.withUnsafeBufferPointer { origin in
          for column in 0..<origin.count {
            let difference = Double(row[column] - origin[column])
            sums[column] += difference
            squares[column] += difference * difference
          }
        }
      }
    }
  }
}
