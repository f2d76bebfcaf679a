import Base
import Foundation

/// The masks of a set of labels at one size: rows `[H, W]` of classes, 255 where unknown.
///
/// Masks are shrunk by the class that covers most of a pixel. Blocks that hold a mask of these labels
/// are compared with their checksum at the start. May be read from any thread.
public final class MaskCache: Sendable {
  /// Items that have a mask.
  public let items: [Int]
  /// H.
  public let height: Int
  /// W.
  public let width: Int
  private let rows: CachedRows?
  private let rowOf: [Int: Int]

  /// - Throws: where a mask is damaged here and in the pool.
  init(_ rows: CachedRows?, size: Int, rowOf: [Int: Int]) throws {
    self.rows = rows
    self.rowOf = rowOf
    (height, width) = (size, size)
    items = rowOf.keys.sorted()
    for row in rowOf.values { try rows?.withRow(row) { _ in } }
  }

  /// The `[H, W]` classes of an item; nil where it has no mask.
  public func withMask<R>(
    _ item: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> R
  ) rethrows -> R? {
    guard let row = rowOf[item], let rows else { return nil }
    return try rows.withCheckedRow(row) { try body($0.assumingMemoryBound(to: UInt8.self)) }
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
  ///
  /// - Complexity: O(labels) memory; masks of other labels in the cache are not looked at.
  public func maskCache(
    size: Int, labels: [Int: Label], threads: Int = 2, progress: String? = nil
  ) throws -> MaskCache {
    let hashOf = labels.compactMapValues { label -> ContentHash? in
      if case .mask(let hash) = label { ContentHash(hex: hash) } else { nil }
    }
    if hashOf.isEmpty { return try MaskCache(nil, size: size, rowOf: [:]) }
    let wanted = Set(hashOf.values)
    let file = CacheFile(cacheFolder, name: "masks-\(size)")
    let old = open(file, size: size)
    var rows = old.map { Self.rows(of: wanted, in: $0) } ?? [:]
    let fresh = wanted.filter { rows[$0] == nil }.sorted { $0.description < $1.description }
    let known = old?.header.rows ?? 0
    for (place, hash) in fresh.enumerated() { rows[hash] = known + place }
    let rowOf = hashOf.compactMapValues { rows[$0] }
    if fresh.isEmpty { return try MaskCache(old, size: size, rowOf: rowOf) }
    let keys = (0..<known).compactMap { old?.key($0) } + fresh
    let bar = progress.map {
      Base.Progress("\($0) \(size)×\(size)", total: keys.count, unit: "masks")
    }
    try file.build(
      CacheHeader(rows: keys.count, rowBytes: size * size), keys: keys, threads: threads,
      progress: bar
    ) { range, target in
      for row in range {
        let first = (row - range.lowerBound) * size * size
        let place = UnsafeMutableRawBufferPointer(rebasing: target[first..<first + size * size])
        if let old, row < known {
          try old.withRow(row) { place.copyMemory(from: $0) }
        } else {
          CacheRaster.write(
            mask: try self.mask(keys[row].description), size: size, into: place)
        }
      }
    }
    return try MaskCache(open(file, size: size), size: size, rowOf: rowOf)
  }

  private func open(_ file: CacheFile, size: Int) -> CachedRows? {
    guard let (header, mapped) = file.open(rowBytes: size * size), header.hasKeys else {
      return nil
    }
    let layout = CacheLayout(header)
    return CachedRows(header, mapped) { range, target in
      for (place, row) in range.enumerated() {
        guard let hash = layout.key(row, in: mapped) else { continue }
        let bytes = target[place * size * size..<(place + 1) * size * size]
        CacheRaster.write(
          mask: try self.mask(hash.description), size: size,
          into: UnsafeMutableRawBufferPointer(rebasing: bytes))
      }
    }
  }

  /// The rows of these masks.
  private static func rows(
    of wanted: Set<ContentHash>, in cache: CachedRows
  ) -> [ContentHash: Int] {
    var rows: [ContentHash: Int] = [:]
    for row in 0..<cache.header.rows {
      if let key = cache.key(row), wanted.contains(key) { rows[key] = row }
    }
    return rows
  }
}
