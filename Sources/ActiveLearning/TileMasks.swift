package import Query
package import Training

/// The parts of class maps that tiles cover; all else is unknown.
///
/// So a round learns from just what was asked for, whatever else the annotator gave.
package struct TileMasks: MaskSource {
  private let masks: any MaskSource
  private let tiles: [Int: [Tile]]

  /// The class maps `masks` within `tiles`.
  package init(_ masks: any MaskSource, within tiles: [Tile]) {
    self.masks = masks
    self.tiles = Dictionary(grouping: tiles, by: \.item)
  }

  /// Rows of a map.
  package var height: Int { masks.height }
  /// Columns of a map.
  package var width: Int { masks.width }

  /// Writes the classes of an item inside its tiles, 255 elsewhere.
  package func copyMask(item: Int, into bytes: UnsafeMutableBufferPointer<UInt8>) {
    var whole = [UInt8](repeating: 255, count: bytes.count)
    whole.withUnsafeMutableBufferPointer { masks.copyMask(item: item, into: $0) }
    bytes.update(repeating: 255)
    for tile in tiles[item] ?? [] {
      for row in tile.rows {
        for column in tile.columns { bytes[row * width + column] = whole[row * width + column] }
      }
    }
  }
}
