import Base
import Foundation

/// The type of a cached sample.
public enum CacheType: String, Sendable, Codable, CaseIterable {
  /// 8 bits; deeper images are windowed (their own window, else the 0.5th to 99.5th percentile).
  case uint8
  /// 16 bits: signed samples are shifted by 32 768, 8-bit samples spread over all 16 bits, floats
  /// windowed.
  case uint16

  /// Bytes of a sample.
  public var bytes: Int { self == .uint8 ? 1 : 2 }

  /// The largest sample.
  public var fullScale: Int { self == .uint8 ? 255 : 65_535 }
}

/// Every image of a pool at one size, decoded once: a memory-mapped file of rows `[C, H, W]`.
///
/// A row is an item. Images are stretched to the square size with antialiasing; grey is repeated
/// over three channels, RGB becomes its luminance on one. A block of rows is compared with its
/// checksum when it is first read, and made again from the pool where it is damaged. May be read
/// from any thread; no row is held in memory that the system cannot drop.
public final class PixelCache: Sendable {
  /// Items.
  public let count: Int
  /// C: 1 or 3.
  public let channels: Int
  /// H.
  public let height: Int
  /// W.
  public let width: Int
  /// The type of a sample.
  public let type: CacheType
  /// The mean of each channel over the training side, full scale being 1.
  public let mean: [Double]
  /// The standard deviation of each channel over the training side, full scale being 1.
  public let std: [Double]
  private let rows: CachedRows

  init(_ rows: CachedRows, _ shape: CacheShape) {
    count = rows.header.rows
    channels = shape.channels
    (height, width) = (shape.size, shape.size)
    type = shape.type
    mean = rows.header.mean
    std = rows.header.deviation
    self.rows = rows
  }

  /// The bytes of an item's `[C, H, W]` samples: one a sample, or two for `.uint16`.
  ///
  /// - Throws: `PoolError.damaged` where the item is damaged here and in the pool.
  public func withItem<R>(
    _ item: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> R
  ) throws -> R {
    try rows.withRow(item) { try body($0.assumingMemoryBound(to: UInt8.self)) }
  }

  /// The `[C, H, W]` samples of an item of a `.uint16` cache.
  ///
  /// - Throws: as `withItem`.
  public func withItem16<R>(
    _ item: Int, _ body: (UnsafeBufferPointer<UInt16>) throws -> R
  ) throws -> R {
    precondition(type == .uint16, "this cache holds 8-bit samples")
    return try rows.withRow(item) { try body($0.assumingMemoryBound(to: UInt16.self)) }
  }

  /// Copies the `[C, H, W]` samples of an item of a `.uint8` cache into C·H·W bytes.
  ///
  /// - Throws: as `withItem`.
  public func copy(item: Int, into target: UnsafeMutableBufferPointer<UInt8>) throws {
    try rows.withRow(item) { bytes in
      precondition(
        target.count == bytes.count, "\(target.count) bytes for an image of \(bytes.count)")
      UnsafeMutableRawBufferPointer(target).copyMemory(from: bytes)
    }
  }
}

/// The shape of a cached image.
struct CacheShape: Sendable {
  let size: Int
  let channels: Int
  let type: CacheType

  var rowBytes: Int { size * size * channels * type.bytes }
  var name: String { "pixels-\(size)-\(channels)-\(type.rawValue)" }
}

extension Pool {
  var cacheFolder: URL { url.appendingPathComponent("cache") }

  /// All images at `size` × `size` with 1 or 3 channels; made on first use, extended when the pool
  /// has grown, with `progress` as the label of a progress bar (nil for none).
  ///
  /// - Complexity: O(1) in the number of images where the cache is there, but for the checksums'
  ///   own checksum (0.1 ms a million small images).
  public func cache(
    size: Int, channels: Int, type: CacheType = .uint8, threads: Int = 2,
    progress: String? = "cache"
  ) throws -> PixelCache {
    precondition(size > 0 && (channels == 1 || channels == 3), "a cache has 1 or 3 channels")
    let shape = CacheShape(size: size, channels: channels, type: type)
    let file = CacheFile(cacheFolder, name: shape.name)
    let images = ImageRows(self, shape: shape)
    let revisions = try revisions()
    let digest = revisions.last?.digest ?? ""
    let old = file.open(rowBytes: shape.rowBytes).map {
      CachedRows($0.header, $0.file, remake: images.write)
    }
    if let old, old.header.digest == digest { return PixelCache(old, shape) }
    let kept = old.flatMap { old in
      revisions.contains { $0.digest == old.header.digest && $0.items == old.header.rows }
        ? old : nil
    }
    var header = CacheHeader(rows: revisions.last?.items ?? 0, rowBytes: shape.rowBytes)
    header.digest = digest
    let bar = progress.map {
      Base.Progress("\($0) \(size)×\(size)", total: header.rows, unit: "images")
    }
    var statistics = ChannelStatistics(channels: channels)
    try file.build(
      header, threads: threads, progress: bar,
      fill: PixelCacheBuilder(images, kept: kept).fill, take: { statistics.add($0) },
      finish: { ($0.mean, $0.deviation) = statistics.result(fullScale: type.fullScale) })
    guard let made = file.open(rowBytes: shape.rowBytes) else {
      throw PoolError.damaged("the cache that was just written", place: file.url.path)
    }
    return PixelCache(CachedRows(made.header, made.file, remake: images.write), shape)
  }
}
