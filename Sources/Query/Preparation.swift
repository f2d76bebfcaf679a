import Base

/// How embeddings become points between which distance means something.
enum Preparation {
  /// As they are.
  case none
  /// Scaled to unit length; where centred, after subtracting the pool's mean.
  case unit(centred: Bool)
  /// Standardised on the pool, clipped at ±8, reduced to 256 principal components where wider, and
  /// scaled to unit length. Embeddings narrower than 8 are coordinates, whose lengths mean
  /// something: they are only shifted.
  case standard

  static let components = 256
  private static let clip: Float = 8
  private static let narrow = 8
  private static let block = 256

  /// The points of some places.
  ///
  /// - Complexity: O(n·D·256) for the projection of n places and O(20,480·D²) to find it.
  func points(_ draft: Draft, _ matrix: Matrix, places: [Int]) throws -> Points {
    switch self {
    case .none:
      return try Self.fill(draft, matrix, places, width: matrix.columns) { _, _ in }
    case .unit(let centred):
      let mean = centred ? try Moments(draft, matrix).mean : nil
      return try Self.fill(draft, matrix, places, width: matrix.columns) { row, count in
        if let mean { for column in 0..<count { row[column] -= mean[column] } }
        Self.scaleToUnit(row, count)
      }
    case .standard where draft.pool.embeddingsAreStandard:
      return try Preparation.unit(centred: false).points(draft, matrix, places: places)
    case .standard:
      return try Self.standardised(draft, matrix, places)
    }
  }

  /// Points of unit length, whatever the width, so that distances tell angles.
  static func direction(of matrix: Matrix, _ draft: Draft, places: [Int]) throws -> Points {
    matrix.columns < narrow
      ? try Self.unit(centred: true).points(draft, matrix, places: places)
      : try Self.standard.points(draft, matrix, places: places)
  }

  private static func standardised(
    _ draft: Draft, _ matrix: Matrix, _ places: [Int]
  ) throws -> Points {
    if matrix.columns < narrow { return try coordinates(draft, matrix, places) }
    let moments = try Moments(draft, matrix)
    let standardise = { (row: UnsafeMutablePointer<Float>, count: Int) in
      moments.mean.withUnsafeBufferPointer { mean in
        moments.deviation.withUnsafeBufferPointer { deviation in
          for column in 0..<count {
            let value = (row[column] - mean[column]) / deviation[column]
            row[column] = max(-clip, min(clip, value))
          }
        }
      }
    }
    if min(matrix.columns, draft.count) <= components {
      return try fill(draft, matrix, places, width: matrix.columns) { row, count in
        standardise(row, count)
        scaleToUnit(row, count)
      }
    }
    let axes = try PrincipalComponents(
      draft, matrix, count: components, prepare: standardise)
    return try project(draft, matrix, places, on: axes, standardise)
  }

  /// Differences from one of the items, which whole numbers survive exactly.
  private static func coordinates(
    _ draft: Draft, _ matrix: Matrix, _ places: [Int]
  ) throws -> Points {
    let origin = matrix.row(draft.rows[0])
    return try fill(draft, matrix, places, width: matrix.columns) { row, count in
      for column in 0..<count { row[column] -= origin[column] }
    }
  }

  private static func fill(
    _ draft: Draft, _ matrix: Matrix, _ places: [Int], width: Int,
    _ transform: (UnsafeMutablePointer<Float>, Int) -> Void
  ) throws -> Points {
    let points = try Points(places: places, width: width)
    try BLAS.inBlocks(of: block, places.count) { range in
      for index in range {
        try draft.copyRow(of: matrix, at: places[index], into: points[index], "the embedding")
        transform(points[index], width)
      }
    }
    points.measure()
    return points
  }

  private static func project(
    _ draft: Draft, _ matrix: Matrix, _ places: [Int], on axes: PrincipalComponents,
    _ standardise: (UnsafeMutablePointer<Float>, Int) -> Void
  ) throws -> Points {
    let columns = matrix.columns
    let points = try Points(places: places, width: axes.count)
    try BLAS.inBlocks(of: block, places.count) { range in
      try withUnsafeTemporaryAllocation(of: Float.self, capacity: range.count * columns) {
        guard let base = $0.baseAddress else { return }
        for index in range {
          let row = base + (index - range.lowerBound) * columns
          try draft.copyRow(of: matrix, at: places[index], into: row, "the embedding")
          standardise(row, columns)
        }
        axes.project(base, range.count, into: points[range.lowerBound])
        for index in range { scaleToUnit(points[index], axes.count) }
      }
    }
    points.measure()
    return points
  }

  /// Divides a vector by its length; one that is shorter than 10⁻¹² becomes zero.
  static func scaleToUnit(_ vector: UnsafeMutablePointer<Float>, _ count: Int) {
    var square = 0.0
    for index in 0..<count { square += Double(vector[index]) * Double(vector[index]) }
    let scale = square < 1e-24 ? 0 : Float(1 / square.squareRoot())
    for index in 0..<count { vector[index] *= scale }
  }
}
