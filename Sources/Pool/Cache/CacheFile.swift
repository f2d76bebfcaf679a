import Base
import Foundation

/// A cache of equal rows: one memory-mapped file with a checksum a block, which appears when it is
/// whole.
struct CacheFile {
  static let suffix = ".cache"
  let url: URL

  init(_ folder: URL, name: String) {
    url = folder.appendingPathComponent(name + Self.suffix)
  }

  /// The header and the mapped bytes; nil where there is no whole cache of rows of that size (of any
  /// for nil).
  ///
  /// - Complexity: O(blocks) for the checksums' own checksum; no row is read.
  func open(rowBytes: Int? = nil) -> (header: CacheHeader, file: MappedFile)? {
    guard let file = try? MappedFile(url), file.count >= CacheLayout.page,
      file.bytes.prefix(8).elementsEqual(CacheLayout.magic)
    else { return nil }
    let text = file.bytes[CacheLayout.headerRoom].prefix { $0 != 0 }
    guard let header = try? JSONDecoder().decode(CacheHeader.self, from: Data(text)),
      header.version == CacheHeader.version, header.rowBytes == rowBytes ?? header.rowBytes,
      header.rows >= 0, header.rowBytes > 0, header.blockRows > 0
    else { return nil }
    let layout = CacheLayout(header)
    guard file.count == layout.rows.upperBound,
      checksum(UnsafeRawBufferPointer(rebasing: file.bytes[layout.covered]))
        == file.bytes.loadUnaligned(fromByteOffset: 8, as: Int64.self)
    else { return nil }
    return (header, file)
  }

  /// Writes a new cache and takes the old one's place.
  ///
  /// `fill` writes the rows of a range into its bytes on one of several threads and returns what
  /// `take` gets, in order; `finish` completes the header once all rows are there.
  func build<Part: Sendable>(
    _ header: CacheHeader, keys: [ContentHash] = [], threads: Int, progress: Base.Progress?,
    fill: @escaping @Sendable (Range<Int>, UnsafeMutableRawBufferPointer) throws -> Part,
    take: (Part) -> Void = { _ in }, finish: (inout CacheHeader) -> Void = { _ in }
  ) throws {
    var header = header
    header.hasKeys = !keys.isEmpty
    let layout = CacheLayout(header)
    try Folder.create(url.deletingLastPathComponent())
    try AtomicFile.replace(url) { temporary in
      let file = try MappedFile(creating: temporary, byteCount: layout.rows.upperBound)
      let known = header
      try OrderedWorkers(threads: threads).run(header.blocks) { block in
        let rows = known.rows(ofBlock: block)
        let bytes = Self.bytes(of: rows, in: file, known, layout)
        let part = try fill(rows, bytes)
        return (part, checksum(UnsafeRawBufferPointer(bytes)))
      } take: { block, result in
        take(result.0)
        file.mutableBytes.storeBytes(
          of: result.1, toByteOffset: layout.checksums.lowerBound + 8 * block, as: Int64.self)
        progress?.advance(to: known.rows(ofBlock: block).upperBound)
        if let signal = StopSignal.requested { throw Stopped(signal: signal) }
      }
      finish(&header)
      try Self.complete(file, header, layout, keys)
    }
    progress?.finish()
  }

  private static func bytes(
    of rows: Range<Int>, in file: MappedFile, _ header: CacheHeader, _ layout: CacheLayout
  ) -> UnsafeMutableRawBufferPointer {
    let first = layout.rows.lowerBound + rows.lowerBound * header.rowBytes
    return UnsafeMutableRawBufferPointer(
      rebasing: file.mutableBytes[first..<first + rows.count * header.rowBytes])
  }

  private static func complete(
    _ file: MappedFile, _ header: CacheHeader, _ layout: CacheLayout, _ keys: [ContentHash]
  ) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let text = try encoder.encode(header)
    precondition(text.count < CacheLayout.headerRoom.count, "the header of a cache fits a page")
    let bytes = file.mutableBytes
    UnsafeMutableRawBufferPointer(rebasing: bytes[CacheLayout.headerRoom]).copyBytes(from: text)
    for (row, key) in keys.enumerated() {
      let place = layout.keys.lowerBound + 32 * row
      UnsafeMutableRawBufferPointer(rebasing: bytes[place..<place + 32]).copyBytes(from: key.data)
    }
    let covered = UnsafeRawBufferPointer(rebasing: file.bytes[layout.covered])
    bytes.storeBytes(of: checksum(covered), toByteOffset: 8, as: Int64.self)
    UnsafeMutableRawBufferPointer(rebasing: bytes[0..<8]).copyBytes(from: CacheLayout.magic)
    try file.synchronize()
  }
}
