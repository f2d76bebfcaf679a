import Foundation

/// Rows of a pixel cache as the pool's images give them.
struct ImageRows: Sendable {
  let pool: Pool
  let shape: CacheShape

  init(_ pool: Pool, shape: CacheShape) {
    self.pool = pool
    self.shape = shape
  }

  /// Writes the rows of `range`.
  ///
  /// - Throws: `PoolError.damaged` where an image is not what was imported.
  func write(_ range: Range<Int>, into bytes: UnsafeMutableRawBufferPointer) throws {
    let stored = try pool.stored(Array(range))
    for (place, item) in range.enumerated() {
      guard let image = stored[item] else { throw PoolError.unknownItem(item) }
      let first = place * shape.rowBytes
      let row = UnsafeMutableRawBufferPointer(rebasing: bytes[first..<first + shape.rowBytes])
      CacheRaster(shape).write(try pool.image(image), into: row)
    }
  }
}
