/// The distance between pixel centres, in millimetres (or in pixels: 1, 1).
public struct PixelSpacing: Sendable, Equatable, Codable {
  /// From one row to the next.
  public let row: Double
  /// From one column to the next.
  public let column: Double

  /// A spacing; both parts are positive.
  public init(row: Double, column: Double) {
    precondition(row > 0 && column > 0, "a pixel spacing is positive")
    self.row = row
    self.column = column
  }

  /// Distances in pixels.
  public static let pixels = PixelSpacing(row: 1, column: 1)

  /// The diagonal of an image.
  public func diagonal(height: Int, width: Int) -> Double {
    let (down, across) = (Double(height) * row, Double(width) * column)
    return (down * down + across * across).squareRoot()
  }
}

/// The 95th percentile of the boundary distance of two masks.
///
/// The boundary of a mask is the mask minus its erosion by the four neighbours; outside the image is
/// background. The larger of the two directed percentiles is taken (each interpolated linearly).
///
/// - Parameters:
///   - truth: `[height, width]`, row by row.
///   - prediction: of the same shape.
///   - height: the number of rows.
///   - width: the number of columns.
///   - spacing: gives the unit of the result.
/// - Returns: the distance; `nil` of two empty masks; the image's diagonal when just one is empty.
/// - Complexity: O(height · width) and the sort of the boundaries.
public func boundaryDistance95(
  truth: [Bool], prediction: [Bool], height: Int, width: Int, spacing: PixelSpacing = .pixels
) -> Double? {
  precondition(truth.count == height * width && prediction.count == truth.count, "equal shapes")
  switch (truth.contains(true), prediction.contains(true)) {
  case (false, false): return nil
  case (true, true): break
  default: return spacing.diagonal(height: height, width: width)
  }
  let first = boundary(of: truth, height: height, width: width)
  let second = boundary(of: prediction, height: height, width: width)
  let toFirst = squaredDistances(to: first, height: height, width: width, spacing: spacing)
  let toSecond = squaredDistances(to: second, height: height, width: width, spacing: spacing)
  let directed = [(second, toFirst), (first, toSecond)].compactMap { edge, squared in
    percentile(edge.indices.filter { edge[$0] }.map { squared[$0].squareRoot() }, 0.95)
  }
  return directed.max()
}

/// The pixels of the mask that have a neighbour above, below, left or right outside it.
func boundary(of mask: [Bool], height: Int, width: Int) -> [Bool] {
  var edge = mask
  for row in 0..<height {
    for column in 0..<width {
      let place = row * width + column
      guard mask[place], row > 0, column > 0, row + 1 < height, column + 1 < width else { continue }
      edge[place] =
        !(mask[place - 1] && mask[place + 1] && mask[place - width] && mask[place + width])
    }
  }
  return edge
}
