/// Packing as a gzip file of one member (RFC 1952), without a name or a time.
public enum Gzip {
  /// Packs bytes; `level` is 1 (fast) to 9 (small).
  public static func packed(_ bytes: [UInt8], level: Int = 6) throws(ArchiveFault) -> [UInt8] {
    // zlib's wrapping, two bytes before and four behind, gives way to gzip's.
    let deflated = try Deflate.packed(bytes, level: level).dropFirst(2).dropLast(4)
    let checksum = bytes.withUnsafeBytes { CRC32.of($0) }
    let tail = [checksum, UInt32(truncatingIfNeeded: bytes.count)].flatMap { word in
      (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) }
    }
    return [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF] + deflated + tail
  }
}
