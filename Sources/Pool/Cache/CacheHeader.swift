import Base
import Foundation

/// What a cache file says of itself: the JSON in its first page.
struct CacheHeader: Codable, Equatable, Sendable {
  /// Raised whenever the same pool would give other bytes.
  static let version = 2

  var version = CacheHeader.version
  /// Rows in the file.
  var rows: Int
  /// Bytes of a row.
  var rowBytes: Int
  /// Rows that share a checksum.
  var blockRows: Int
  /// Whether each row has a key: the hash of its mask.
  var hasKeys = false
  /// The digest of the pool that rows were made from.
  var digest = ""
  /// Mean and deviation of each channel over the training side, full scale being 1.
  var mean: [Double] = []
  var deviation: [Double] = []

  /// Rows of `rowBytes`, in blocks of some 64 KB: small enough that one row's first reading checks
  /// few others, large enough that a million rows have few checksums.
  init(rows: Int, rowBytes: Int) {
    self.rows = rows
    self.rowBytes = rowBytes
    blockRows = max(1, 65_536 / max(rowBytes, 1))
  }

  var blocks: Int { (rows + blockRows - 1) / blockRows }

  /// The rows of a block.
  func rows(ofBlock block: Int) -> Range<Int> {
    block * blockRows..<min(rows, (block + 1) * blockRows)
  }
}

/// Where things stand in a cache file, in bytes: a page with magic number, checksum of what follows
/// up to the rows, and header; the blocks' checksums; the keys; from the next page on, the rows.
struct CacheLayout {
  static let page = 4096
  static let magic = Array("modicum\u{2}".utf8)
  /// The page without magic number and checksum.
  static let headerRoom = 16..<page

  let checksums: Range<Int>
  let keys: Range<Int>
  let rows: Range<Int>

  init(_ header: CacheHeader) {
    checksums = Self.page..<Self.page + 8 * header.blocks
    keys = checksums.upperBound..<checksums.upperBound + (header.hasKeys ? 32 * header.rows : 0)
    let start = (keys.upperBound + Self.page - 1) / Self.page * Self.page
    rows = start..<start + header.rows * header.rowBytes
  }

  /// The key of a row of the mapped file.
  func key(_ row: Int, in file: MappedFile) -> ContentHash? {
    let first = keys.lowerBound + 32 * row
    return file.withBytes { ContentHash(Data($0[first..<first + 32])) }
  }

  /// What the checksum in the first page covers.
  var covered: Range<Int> { Self.headerRoom.lowerBound..<rows.lowerBound }
}
