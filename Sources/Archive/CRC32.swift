import CZlib

/// The checksum of ZIP, gzip and PNG.
public enum CRC32 {
  /// The checksum of these bytes.
  public static func of(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
    UInt32(crc32_z(0, bytes.assumingMemoryBound(to: UInt8.self).baseAddress, bytes.count))
  }
}
