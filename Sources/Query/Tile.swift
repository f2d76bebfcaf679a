/// A square part of an image, as a unit of query: at the network's size, its corner at (x, y).
public struct Tile: Sendable, Codable, Hashable {
  /// The image.
  public let item: Int
  /// The first column, from 0.
  public let x: Int
  /// The first row, from 0.
  public let y: Int
  /// Rows and columns, in pixels of the network's size.
  public let side: Int

  /// - Parameters: as the properties.
  public init(item: Int, x: Int, y: Int, side: Int) {
    (self.item, self.x, self.y, self.side) = (item, x, y, side)
  }

  /// The columns.
  public var columns: Range<Int> { x..<x + side }

  /// The rows.
  public var rows: Range<Int> { y..<y + side }

  /// Whether the two share a pixel.
  public func overlaps(_ other: Tile) -> Bool {
    item == other.item && columns.overlaps(other.columns) && rows.overlaps(other.rows)
  }

  /// A number that stands for the tile among those of one side: by it ties break and noise is drawn,
  /// whatever else is in the pool.
  ///
  /// - Parameter size: rows and columns of an image.
  /// - Returns: (item · size + y) · size + x.
  public func number(size: Int) -> Int { (item * size + y) * size + x }
}
