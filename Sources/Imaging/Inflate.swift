import CImaging

/// Deflate through zlib.
enum Inflate {
  /// What wraps the deflated data.
  enum Wrapping: Int32 {
    case none, zlib, gzip
  }

  /// The first `count` bytes; fewer where the data hold fewer.
  static func prefix(
    _ bytes: UnsafeRawBufferPointer, _ wrapping: Wrapping, count: Int, format: ImageFormat
  ) throws -> [UInt8] {
    try run(bytes, wrapping, count, format, isPrefix: true)
  }

  /// Exactly `count` bytes, checksums verified; more or fewer are an error.
  static func all(
    _ bytes: UnsafeRawBufferPointer, _ wrapping: Wrapping, count: Int, format: ImageFormat
  ) throws -> [UInt8] {
    if count / 1032 > bytes.count + 64 {
      throw ImageError(.truncated("the deflated data cannot be so much"), format: format)
    }
    let result = try run(bytes, wrapping, count, format, isPrefix: false)
    if result.count < count {
      throw ImageError(.truncated("the deflated data hold less than announced"), format: format)
    }
    return result
  }

  private static func run(
    _ bytes: UnsafeRawBufferPointer, _ wrapping: Wrapping, _ count: Int, _ format: ImageFormat,
    isPrefix: Bool
  ) throws -> [UInt8] {
    let data = bytes.assumingMemoryBound(to: UInt8.self).baseAddress
    return try [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      var written = 0
      defer { initialized = written }
      try checked(format) { message in
        let status = ci_inflate(
          data, bytes.count, wrapping.rawValue, buffer.baseAddress, count, &written, message)
        return isPrefix && written == count ? Int32(CI_OK.rawValue) : status
      }
    }
  }
}

/// The checksum of zip and PNG.
func crc32(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
  ci_crc32(bytes.baseAddress, bytes.count)
}
