import Base
import Foundation

/// Fills blocks of a pixel cache, from an older cache where that has them, else from the pool.
struct PixelCacheBuilder: Sendable {
  private let pool: Pool
  private let shape: CacheShape
  private let keptRows: Int
  private let kept: MappedFile?
  private let isTraining: [Bool]

  init(_ pool: Pool, shape: CacheShape, kept: (rows: Int, file: MappedFile)?) throws {
    self.pool = pool
    self.shape = shape
    keptRows = kept?.rows ?? 0
    self.kept = kept?.file
    var isTraining = Array(repeating: false, count: try pool.count)
    for id in try pool.ids(in: .train) { isTraining[id] = true }
    self.isTraining = isTraining
  }

  /// Writes the rows of `range`; returns the sums over those that are trained on.
  func fill(
    _ range: Range<Int>, _ bytes: UnsafeMutableRawBufferPointer
  ) throws -> ChannelStatistics {
    var statistics = ChannelStatistics(channels: shape.channels)
    let stored = try pool.stored(range.filter { $0 >= keptRows })
    for item in range {
      let first = (item - range.lowerBound) * shape.rowBytes
      let row = UnsafeMutableRawBufferPointer(rebasing: bytes[first..<first + shape.rowBytes])
      if let kept, item < keptRows {
        row.copyMemory(
          from: UnsafeRawBufferPointer(
            rebasing: kept.bytes[item * shape.rowBytes..<(item + 1) * shape.rowBytes]))
      } else if let image = stored[item] {
        CacheRaster(shape).write(try pool.image(image), into: row)
      }
      if isTraining[item] { add(row, to: &statistics) }
    }
    return statistics
  }

  private func add(
    _ row: UnsafeMutableRawBufferPointer, to statistics: inout ChannelStatistics
  ) {
    switch shape.type {
    case .uint8: statistics.add(UnsafeBufferPointer(row.assumingMemoryBound(to: UInt8.self)))
    case .uint16: statistics.add(UnsafeBufferPointer(row.assumingMemoryBound(to: UInt16.self)))
    }
  }
}
