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
/// over three channels, RGB becomes its luminance on one. May be read from any thread; no row is
/// held in memory that the system cannot drop.
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
  private let file: MappedFile
  private let rowBytes: Int

  init(_ known: CacheSidecar, _ file: MappedFile, _ shape: CacheShape) {
    count = known.rows
    channels = shape.channels
    (height, width) = (shape.size, shape.size)
    type = shape.type
    mean = known.mean
    std = known.deviation
    rowBytes = known.rowBytes
    self.file = file
  }

  /// The bytes of an item's `[C, H, W]` samples: one a sample, or two for `.uint16`.
  public func withItem<R>(
    _ item: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> R
  ) rethrows -> R {
    try body(bytes(item).assumingMemoryBound(to: UInt8.self))
  }

  /// The `[C, H, W]` samples of an item of a `.uint16` cache.
  public func withItem16<R>(
    _ item: Int, _ body: (UnsafeBufferPointer<UInt16>) throws -> R
  ) rethrows -> R {
    precondition(type == .uint16, "this cache holds 8-bit samples")
    return try body(bytes(item).assumingMemoryBound(to: UInt16.self))
  }

  /// Copies the `[C, H, W]` samples of an item of a `.uint8` cache into C·H·W bytes.
  public func copy(item: Int, into target: UnsafeMutableBufferPointer<UInt8>) {
    precondition(
      target.count == rowBytes, "\(target.count) bytes for an image of \(rowBytes)")
    UnsafeMutableRawBufferPointer(target).copyMemory(from: bytes(item))
  }

  private func bytes(_ item: Int) -> UnsafeRawBufferPointer {
    precondition((0..<count).contains(item), "item \(item) is not in this cache of \(count)")
    return UnsafeRawBufferPointer(
      rebasing: file.bytes[item * rowBytes..<(item + 1) * rowBytes])
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
  public func cache(
    size: Int, channels: Int, type: CacheType = .uint8, threads: Int = 2,
    progress: String? = "cache"
  ) throws -> PixelCache {
    precondition(size > 0 && (channels == 1 || channels == 3), "a cache has 1 or 3 channels")
    let shape = CacheShape(size: size, channels: channels, type: type)
    let file = CacheFile(cacheFolder, name: shape.name)
    let revisions = try revisions()
    let rows = revisions.last?.items ?? 0
    let digest = revisions.last?.digest ?? ""
    let old = file.open(rowBytes: shape.rowBytes)
    if let (known, bytes) = old, known.digest == digest {
      return PixelCache(known, bytes, shape)
    }
    let kept = old.flatMap { known, bytes in
      revisions.contains { $0.digest == known.digest && $0.items == known.rows }
        ? (known.rows, bytes) : nil
    }
    let builder = try PixelCacheBuilder(self, shape: shape, kept: kept)
    let bar = progress.map { Base.Progress("\($0) \(size)×\(size)", total: rows, unit: "images") }
    var statistics = ChannelStatistics(channels: channels)
    var known = try file.build(
      rows: rows, rowBytes: shape.rowBytes, threads: threads, progress: bar, fill: builder.fill,
      take: { statistics.add($0) })
    known.digest = digest
    (known.mean, known.deviation) = statistics.result(fullScale: type.fullScale)
    try file.write(known)
    return PixelCache(known, try MappedFile(file.data), shape)
  }
}
