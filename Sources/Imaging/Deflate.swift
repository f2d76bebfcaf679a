import CImaging

/// Bytes packed by zlib (RFC 1950).
public enum Deflate {
  /// Packs bytes; `level` is 1 (fast) to 9 (small).
  public static func packed(_ bytes: [UInt8], level: Int = 1) throws -> [UInt8] {
    var result = ci_bytes()
    try checked(.npz) { message in
      bytes.withUnsafeBufferPointer {
        ci_deflate($0.baseAddress, $0.count, Int32(level), &result, message)
      }
    }
    defer { ci_bytes_free(&result) }
    return Array(UnsafeBufferPointer(start: result.bytes, count: result.count))
  }

  /// The `count` bytes that were packed.
  ///
  /// - Throws: `ImageError` where the data are damaged or pack another number of bytes.
  public static func unpacked(_ bytes: [UInt8], count: Int) throws -> [UInt8] {
    var written = 0
    let result = try [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      try checked(.npz) { message in
        bytes.withUnsafeBufferPointer {
          ci_inflate($0.baseAddress, $0.count, 1, buffer.baseAddress, count, &written, message)
        }
      }
      initialized = written
    }
    if written != count { throw ImageError(.truncated("packed pixels")) }
    return result
  }
}
