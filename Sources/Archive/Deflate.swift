import CZlib

/// Packing by deflate with a zlib wrapping (RFC 1950).
public enum Deflate {
  /// Packs bytes; `level` is 1 (fast) to 9 (small).
  public static func packed(_ bytes: [UInt8], level: Int = 1) throws(ArchiveFault) -> [UInt8] {
    var isDone = false
    let room = Int(compressBound(uLong(bytes.count)))
    let packed = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
      var size = uLong(room)
      isDone =
        compress2(buffer.baseAddress, &size, bytes, uLong(bytes.count), Int32(level)) == Z_OK
      count = isDone ? Int(size) : 0
    }
    if !isDone { throw .outOfMemory }
    return packed
  }
}
