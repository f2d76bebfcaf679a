import Base
import Foundation

/// The masks of a set of labels at one size: rows `[H, W]` of classes, 255 where unknown.
///
/// Masks are shrunk by the class that covers most of a pixel. May be read from any thread.
public final class MaskCache: Sendable {
  /// Items that have a mask.
  public let items: [Int]
  /// H.
  public let height: Int
  /// W.
  public let width: Int
  private let file: MappedFile?
  private let rowOf: [Int: Int]

  init(_ file: MappedFile?, size: Int, rowOf: [Int: Int]) {
    self.file = file
    self.rowOf = rowOf
    (height, width) = (size, size)
    items = rowOf.keys.sorted()
  }

  /// The `[H, W]` classes of an item; nil where it has no mask.
  public func withMask<R>(
    _ item: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> R
  ) rethrows -> R? {
    guard let row = rowOf[item], let file else { return nil }
    let bytes = file.bytes[row * height * width..<(row + 1) * height * width]
    return try body(UnsafeRawBufferPointer(rebasing: bytes).assumingMemoryBound(to: UInt8.self))
  }

  /// Copies the `[H, W]` classes of an item into H·W bytes; 255 everywhere where it has no mask.
  public func copyMask(item: Int, into target: UnsafeMutableBufferPointer<UInt8>) {
    precondition(target.count == height * width, "\(target.count) bytes for a mask")
    let isThere: Void? = withMask(item) { _ = target.update(fromContentsOf: $0) }
    if isThere == nil { target.update(repeating: 255) }
  }
}

extension Pool {
  /// The masks among `labels` at `size` × `size`; masks that no earlier call asked for are read,
  /// shrunk and added to the cache.
  public func maskCache(
    size: Int, labels: [Int: Label], threads: Int = 2, progress: String? = nil
  ) throws -> MaskCache {
    let hashOf = labels.compactMapValues { label -> String? in
      if case .mask(let hash) = label { hash } else { nil }
    }
    if hashOf.isEmpty { return MaskCache(nil, size: size, rowOf: [:]) }
    let file = CacheFile(cacheFolder, name: "masks-\(size)")
    let old = file.open(rowBytes: size * size)
    let known = old?.0.hashes ?? []
    let fresh = Set(hashOf.values).subtracting(known).sorted()
    let hashes = known + fresh
    let rows = Dictionary(uniqueKeysWithValues: hashes.enumerated().map { ($1, $0) })
    let rowOf = hashOf.compactMapValues { rows[$0] }
    if let old, fresh.isEmpty { return MaskCache(old.1, size: size, rowOf: rowOf) }
    let bar = progress.map {
      Base.Progress("\($0) \(size)×\(size)", total: hashes.count, unit: "masks")
    }
    let bytes = old?.1
    var sidecar = try file.build(
      rows: hashes.count, rowBytes: size * size, threads: threads, progress: bar
    ) { range, target in
      for row in range {
        let first = (row - range.lowerBound) * size * size
        let place = UnsafeMutableRawBufferPointer(rebasing: target[first..<first + size * size])
        if let bytes, row < known.count {
          place.copyMemory(
            from: UnsafeRawBufferPointer(
              rebasing: bytes.bytes[row * size * size..<(row + 1) * size * size]))
        } else {
          CacheRaster.write(mask: try self.mask(hashes[row]), size: size, into: place)
        }
      }
    } take: {
    }
    sidecar.hashes = hashes
    try file.write(sidecar)
    return MaskCache(try MappedFile(file.data), size: size, rowOf: rowOf)
  }
}
