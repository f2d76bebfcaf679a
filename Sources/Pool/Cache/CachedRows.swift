import Base
import Foundation
import Synchronization

/// The rows of a cache, each block compared with its checksum before it is first read.
///
/// A damaged block is made again from the pool, and only that one; where the file cannot be written
/// the block is kept in memory. May be read from any thread.
final class CachedRows: Sendable {
  private enum State {
    case unread
    case sound
    /// Made again, but not to be written.
    case held([UInt8])
  }

  let header: CacheHeader
  private let layout: CacheLayout
  private let file: MappedFile
  /// Writes the rows of a range as the pool has them.
  private let remake: @Sendable (Range<Int>, UnsafeMutableRawBufferPointer) throws -> Void
  private let states: Mutex<[State]>
  private let repair = NSLock()

  init(
    _ header: CacheHeader, _ file: MappedFile,
    remake: @escaping @Sendable (Range<Int>, UnsafeMutableRawBufferPointer) throws -> Void
  ) {
    self.header = header
    self.file = file
    self.remake = remake
    layout = CacheLayout(header)
    states = Mutex(Array(repeating: .unread, count: header.blocks))
  }

  /// Gives `body` the bytes of a row.
  ///
  /// - Throws: where the row's block is damaged, what making it again throws, such as
  ///   `PoolError.damaged`.
  /// - Complexity: O(block) at the first reading of a block, O(1) later.
  func withRow<R>(_ row: Int, _ body: (UnsafeRawBufferPointer) throws -> R) throws -> R {
    precondition(
      (0..<header.rows).contains(row), "row \(row) is not in this cache of \(header.rows)")
    let block = row / header.blockRows
    if case .unread = state(block) { try check(block) }
    return try withCheckedRow(row, body)
  }

  /// Gives `body` the bytes of a row that was read before.
  func withCheckedRow<R>(_ row: Int, _ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
    let block = row / header.blockRows
    guard case .held(let bytes) = state(block) else {
      let first = layout.rows.lowerBound + row * header.rowBytes
      return try body(UnsafeRawBufferPointer(rebasing: file.bytes[first..<first + header.rowBytes]))
    }
    let first = (row - block * header.blockRows) * header.rowBytes
    return try bytes.withUnsafeBytes {
      try body(UnsafeRawBufferPointer(rebasing: $0[first..<first + header.rowBytes]))
    }
  }

  /// The key of a row.
  func key(_ row: Int) -> ContentHash? { layout.key(row, in: file) }

  /// The blocks whose bytes are not those that were written.
  var damagedBlocks: [Int] { (0..<header.blocks).filter { !isSound($0) } }

  private func state(_ block: Int) -> State { states.withLock { $0[block] } }

  private func mark(_ block: Int, _ state: State) { states.withLock { $0[block] = state } }

  private func place(_ block: Int) -> Range<Int> {
    let rows = header.rows(ofBlock: block)
    let first = layout.rows.lowerBound + rows.lowerBound * header.rowBytes
    return first..<first + rows.count * header.rowBytes
  }

  private func isSound(_ block: Int) -> Bool {
    let bytes = UnsafeRawBufferPointer(rebasing: file.bytes[place(block)])
    return checksum(bytes)
      == file.bytes.loadUnaligned(
        fromByteOffset: layout.checksums.lowerBound + 8 * block, as: Int64.self)
  }

  private func check(_ block: Int) throws {
    if isSound(block) { return mark(block, .sound) }
    try repair.withLock {
      guard case .unread = state(block) else { return }
      if isSound(block) { return mark(block, .sound) }
      var bytes = [UInt8](repeating: 0, count: place(block).count)
      try bytes.withUnsafeMutableBytes { try remake(header.rows(ofBlock: block), $0) }
      try? write(bytes, at: place(block).lowerBound)
      mark(block, isSound(block) ? .sound : .held(bytes))
    }
  }

  /// Writes the block into the file, where the mapping shows it to every reader.
  private func write(_ bytes: [UInt8], at offset: Int) throws {
    let output = try OutputFile(updating: file.url)
    try output.overwrite(Data(bytes), at: offset)
    try output.synchronize()
  }
}
