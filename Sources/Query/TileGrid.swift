/// The places of an image where a tile may lie: every half side, and flush with the far edges.
///
/// Images are squares at the network's size, so that one grid serves the whole pool. A side beyond
/// the image's is the whole image.
public struct TileGrid: Sendable, Equatable {
  /// Rows and columns of an image.
  public let size: Int
  /// Rows and columns of a tile, at most `size`.
  public let side: Int
  /// The first rows (and first columns) of tiles, ascending.
  public let starts: [Int]

  /// The grid of tiles of `side` pixels in images of `size` pixels, both at least 1.
  public init(size: Int, side: Int) {
    precondition(size > 0 && side > 0, "tiles of \(side) in images of \(size) pixels")
    (self.size, self.side) = (size, min(side, size))
    let last = size - self.side
    let steps = stride(from: 0, to: last, by: max(self.side / 2, 1))
    starts = Array(steps) + [last]
  }

  /// The number of tiles of an image, which overlap.
  public var count: Int { starts.count * starts.count }

  /// How many tiles of an image can lie apart.
  public var disjoint: Int { (size / side) * (size / side) }

  /// The tiles of an image, row by row.
  public func tiles(of item: Int) -> [Tile] {
    starts.flatMap { y in starts.map { Tile(item: item, x: $0, y: y, side: side) } }
  }

  /// The mean of a map over each tile, through a summed-area table.
  ///
  /// Crow. *Summed-Area Tables for Texture Mapping.* SIGGRAPH 1984.
  ///
  /// - Parameter map: `[size, size]`, row by row.
  /// - Returns: means in the order of `tiles(of:)`.
  /// - Complexity: O(size²), whatever the side.
  public func means(_ map: [Float]) -> [Double] {
    precondition(map.count == size * size, "\(map.count) pixels for \(size) × \(size)")
    let sums = Self.summedArea(map, size)
    let (width, area) = (size + 1, Double(side * side))
    return starts.flatMap { y in
      starts.map { x in
        let (top, bottom) = (y * width + x, (y + side) * width + x)
        return (sums[bottom + side] - sums[bottom] - sums[top + side] + sums[top]) / area
      }
    }
  }

  /// The pixels of a tile, row by row.
  public func pixels(of tile: Tile, in map: [Float]) -> [Float] {
    tile.rows.flatMap { row in
      map[row * size + tile.columns.lowerBound..<row * size + tile.columns.upperBound]
    }
  }

  /// `[size + 1, size + 1]`: the sum of what lies above and to the left.
  private static func summedArea(_ map: [Float], _ size: Int) -> [Double] {
    let width = size + 1
    var sums = [Double](repeating: 0, count: width * width)
    for row in 0..<size {
      var line = 0.0
      for column in 0..<size {
        line += Double(map[row * size + column])
        sums[(row + 1) * width + column + 1] = sums[row * width + column + 1] + line
      }
    }
    return sums
  }
}
