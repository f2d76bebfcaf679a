import Base
import Foundation

/// Fills blocks of a pixel cache, from an older cache where that has them, else from the pool.
struct PixelCacheBuilder: Sendable {
  private let images: ImageRows
  private let kept: CachedRows?

  init(_ images: ImageRows, kept: CachedRows?) {
    self.images = images
    self.kept = kept
  }

  /// Writes the rows of `range`; returns the sums over those that are trained on.
  func fill(
    _ range: Range<Int>, _ bytes: UnsafeMutableRawBufferPointer
  ) throws -> ChannelStatistics {
    let size = images.shape.rowBytes
    let known = range.clamped(to: 0..<(kept?.header.rows ?? 0))
    for (place, item) in known.enumerated() {
      let row = UnsafeMutableRawBufferPointer(rebasing: bytes[place * size..<(place + 1) * size])
      try kept?.withRow(item) { row.copyMemory(from: $0) }
    }
    let fresh = range.dropFirst(known.count)
    try images.write(
      fresh, into: UnsafeMutableRawBufferPointer(rebasing: bytes[(known.count * size)...]))
    var statistics = ChannelStatistics(channels: images.shape.channels)
    for item in try images.pool.trainingItems(in: range) {
      let first = (item - range.lowerBound) * size
      add(UnsafeRawBufferPointer(rebasing: bytes[first..<first + size]), to: &statistics)
    }
    return statistics
  }

  private func add(_ row: UnsafeRawBufferPointer, to statistics: inout ChannelStatistics) {
    switch images.shape.type {
    case .uint8: statistics.add(row.assumingMemoryBound(to: UInt8.self))
    case .uint16: statistics.add(row.assumingMemoryBound(to: UInt16.self))
    }
  }
}
