/// Distances between the centres of neighbouring pixels, in millimetres.
public struct Spacing: Sendable, Equatable, Codable {
  /// From a row to the next.
  public var row: Double
  /// From a column to the next.
  public var column: Double
  /// From a frame to the next, where frames are slices.
  public var slice: Double?

  /// Distances in millimetres.
  public init(row: Double, column: Double, slice: Double? = nil) {
    self.row = row
    self.column = column
    self.slice = slice
  }
}

/// Where the voxels lie.
public struct Geometry: Sendable, Equatable, Codable {
  /// Distances between neighbours.
  public var spacing: Spacing
  /// Row-major 3 × 4 matrix from (column, row, frame, 1) to millimetres towards the patient's right
  /// to left, posterior to anterior, foot to head (RAS+, as NIfTI); nil where the file has none.
  public var affine: [Double]?

  /// Distances, and the affine map where known (12 numbers).
  public init(spacing: Spacing, affine: [Double]? = nil) {
    precondition(affine == nil || affine?.count == 12, "an affine map has 12 numbers")
    self.spacing = spacing
    self.affine = affine
  }
}
