/// Reads little-endian numbers from bytes that are not trusted: every step is checked.
struct ByteReader {
  let bytes: UnsafeRawBufferPointer
  private(set) var position: Int

  init(_ bytes: UnsafeRawBufferPointer, at position: Int = 0) {
    self.bytes = bytes
    self.position = position
  }

  /// Bytes that are left.
  var remaining: Int { max(bytes.count - position, 0) }

  /// The next `count` bytes.
  mutating func take(_ count: Int) throws -> UnsafeRawBufferPointer {
    guard position >= 0, count >= 0, count <= remaining else {
      throw CheckpointError.truncated(position: position, wanted: count)
    }
    defer { position += count }
    return UnsafeRawBufferPointer(rebasing: bytes[position..<position + count])
  }

  /// The next little-endian number.
  mutating func number<Value: FixedWidthInteger>(_ type: Value.Type) throws -> Value {
    Value(littleEndian: try take(MemoryLayout<Value>.size).loadUnaligned(as: Value.self))
  }

  /// A little-endian number that counts bytes or places.
  mutating func count<Value: FixedWidthInteger>(_ type: Value.Type) throws -> Int {
    let start = position
    guard let count = Int(exactly: try number(type)), count >= 0 else {
      throw CheckpointError.malformed("a length is out of range", position: start)
    }
    return count
  }

  /// The text up to a line feed.
  mutating func line() throws -> String {
    let rest = UnsafeRawBufferPointer(rebasing: bytes[min(position, bytes.count)...])
    guard let end = rest.prefix(4096).firstIndex(of: 0x0a) else {
      throw CheckpointError.malformed("a line does not end", position: position)
    }
    defer { position += 1 }
    return String(decoding: try take(end - rest.startIndex), as: UTF8.self)
  }
}
