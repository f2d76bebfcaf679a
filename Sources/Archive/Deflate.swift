import CZlib

/// Packing by deflate with a zlib wrapping (RFC 1950).
public enum Deflate {
  /// Where repetitions are looked for.
  public enum Strategy: Sendable {
    /// Anywhere in the last 32 KiB.
    case matches
    /// In the byte before only: quicker, and as small where a filter has left little but noise.
    case runs
  }

  /// Packs bytes; `level` is 1 (fast) to 9 (small).
  ///
  /// - Throws: `ArchiveFault.tooLarge` for 2 GiB or more.
  public static func packed(
    _ bytes: UnsafeRawBufferPointer, level: Int = 1, strategy: Strategy = .matches
  ) throws(ArchiveFault) -> [UInt8] {
    if bytes.count > Int(Int32.max) { throw .tooLarge(limit: Int(Int32.max)) }
    // zlib's state must not move in memory.
    let state = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    state.initialize(to: z_stream())
    defer { state.deallocate() }
    let code = deflateInit2_(
      state, Int32(level), Z_DEFLATED, 15, 9, strategy == .runs ? Z_RLE : Z_DEFAULT_STRATEGY,
      ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    if code != Z_OK { throw .outOfMemory }
    defer { deflateEnd(state) }
    var isDone = false
    let room = Int(deflateBound(state, uLong(bytes.count)))
    let packed = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
      state.pointee.next_in = UnsafeMutablePointer(
        mutating: bytes.assumingMemoryBound(to: UInt8.self).baseAddress)
      state.pointee.avail_in = uInt(bytes.count)
      state.pointee.next_out = buffer.baseAddress
      state.pointee.avail_out = uInt(room)
      isDone = deflate(state, Z_FINISH) == Z_STREAM_END
      count = isDone ? Int(state.pointee.total_out) : 0
    }
    if !isDone { throw .outOfMemory }
    return packed
  }

  /// Packs bytes; `level` is 1 (fast) to 9 (small).
  public static func packed(_ bytes: [UInt8], level: Int = 1) throws(ArchiveFault) -> [UInt8] {
    let result = bytes.withUnsafeBytes { bytes in
      Result { () throws(ArchiveFault) in try packed(bytes, level: level) }
    }
    return try result.get()
  }
}
