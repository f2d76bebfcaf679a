import Base
import Foundation

/// What `NAME.json` says of the cache `NAME.bin` beside it.
struct CacheSidecar: Codable, Equatable {
  /// Raised whenever the same pool would give other bytes.
  static let version = 1

  var version = CacheSidecar.version
  /// Rows in the file.
  var rows: Int
  /// Bytes of a row.
  var rowBytes: Int
  /// The pool's digest for pixels; the hash of each row's mask for masks.
  var digest = ""
  var hashes: [String] = []
  /// Mean and deviation of each channel over the training side, full scale being 1.
  var mean: [Double] = []
  var deviation: [Double] = []
  /// A checksum for every `CacheFile.blockRows` rows.
  var checksums: [Int64]
}

/// A memory-mapped cache file of equal rows and its sidecar, which is written last: a cache without
/// a fitting sidecar is none.
struct CacheFile {
  /// Rows that share a checksum.
  static let blockRows = 64

  let data: URL
  let sidecar: URL

  init(_ folder: URL, name: String) {
    data = folder.appendingPathComponent(name + ".bin")
    sidecar = folder.appendingPathComponent(name + ".json")
  }

  /// The sidecar and the mapped bytes; nil where there is no whole cache of rows of that size.
  func open(rowBytes: Int) -> (CacheSidecar, MappedFile)? {
    guard let text = try? Data(contentsOf: sidecar),
      let known = try? JSONDecoder().decode(CacheSidecar.self, from: text),
      known.version == CacheSidecar.version, known.rowBytes == rowBytes,
      let file = try? MappedFile(data), file.count == known.rows * rowBytes
    else { return nil }
    return (known, file)
  }

  /// Writes a new cache beside the old one and takes its place.
  ///
  /// `fill` writes the rows of a range into its bytes on one of several threads and returns what
  /// `take` gets, in order, with the block's checksum.
  func build<Part: Sendable>(
    rows: Int, rowBytes: Int, threads: Int, progress: Base.Progress?,
    fill: @escaping @Sendable (Range<Int>, UnsafeMutableRawBufferPointer) throws -> Part,
    take: (Part) -> Void
  ) throws -> CacheSidecar {
    try Folder.create(data.deletingLastPathComponent())
    var checksums: [Int64] = []
    let blocks = (rows + Self.blockRows - 1) / Self.blockRows
    try? FileManager.default.removeItem(at: sidecar)
    try AtomicFile.replace(data) { temporary in
      let file = try MappedFile(creating: temporary, byteCount: rows * rowBytes)
      try OrderedWorkers(threads: threads).run(blocks) { block in
        let range = block * Self.blockRows..<min(rows, (block + 1) * Self.blockRows)
        let bytes = UnsafeMutableRawBufferPointer(
          rebasing: file.mutableBytes[range.lowerBound * rowBytes..<range.upperBound * rowBytes])
        let part = try fill(range, bytes)
        return (part, checksum(UnsafeRawBufferPointer(bytes)))
      } take: { block, result in
        take(result.0)
        checksums.append(result.1)
        progress?.advance(to: min(rows, (block + 1) * Self.blockRows))
        if let signal = StopSignal.requested { throw Stopped(signal: signal) }
      }
      try file.synchronize()
    }
    progress?.finish()
    return CacheSidecar(rows: rows, rowBytes: rowBytes, checksums: checksums)
  }

  /// Completes a build.
  func write(_ known: CacheSidecar) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    try AtomicFile.write(try encoder.encode(known), to: sidecar)
  }

  /// The blocks whose bytes are not those that were written.
  static func damagedBlocks(_ known: CacheSidecar, _ file: MappedFile) -> [Int] {
    known.checksums.indices.filter { block in
      let first = block * blockRows * known.rowBytes
      let end = min(file.count, first + blockRows * known.rowBytes)
      let bytes = UnsafeRawBufferPointer(rebasing: file.bytes[first..<end])
      return checksum(bytes) != known.checksums[block]
    }
  }

  /// Removes the cache.
  func remove() {
    try? FileManager.default.removeItem(at: sidecar)
    try? FileManager.default.removeItem(at: data)
  }
}
