import CZlib

/// Unpacking of deflate (RFC 1951) through zlib.
public enum Inflate {
  /// What wraps the deflated data, as zlib's window bits.
  public enum Wrapping: Int32, Sendable {
    /// Nothing.
    case none = -15
    /// RFC 1950.
    case zlib = 15
    /// RFC 1952; several members follow one another.
    case gzip = 31
  }

  /// The first `count` bytes; fewer where the data hold fewer.
  public static func prefix(
    _ bytes: UnsafeRawBufferPointer, _ wrapping: Wrapping, count: Int
  ) throws(ArchiveFault) -> [UInt8] {
    let (result, fault) = run(bytes, wrapping, count)
    if let fault, result.count < count { throw fault }
    return result
  }

  /// Exactly `count` bytes, checksums verified; more or fewer are an error.
  public static func all(
    _ bytes: UnsafeRawBufferPointer, _ wrapping: Wrapping, count: Int
  ) throws(ArchiveFault) -> [UInt8] {
    // Deflate expands at most 1032 times: a size beyond that is a lie, found before it is paid.
    if count / 1032 > bytes.count + 64 {
      throw .truncated("the deflated data cannot be so much")
    }
    let (result, fault) = run(bytes, wrapping, count)
    if let fault { throw fault }
    if result.count < count { throw .truncated("the deflated data hold less than announced") }
    return result
  }

  private static func run(
    _ bytes: UnsafeRawBufferPointer, _ wrapping: Wrapping, _ count: Int
  ) -> (result: [UInt8], fault: ArchiveFault?) {
    var fault: ArchiveFault?
    let result = [UInt8](unsafeUninitializedCapacity: count) { buffer, written in
      let stream = Stream(bytes, wrapping)
      fault = stream.map { $0.run(into: buffer, &written) } ?? .outOfMemory
    }
    return (result, fault)
  }
}

/// zlib's state, which must not move in memory.
private final class Stream {
  private static let portion = 1 << 30
  private let state: UnsafeMutablePointer<z_stream>
  private let wrapping: Inflate.Wrapping
  private var unread: Int

  /// Nil where memory runs out.
  init?(_ bytes: UnsafeRawBufferPointer, _ wrapping: Inflate.Wrapping) {
    state = .allocate(capacity: 1)
    state.initialize(to: z_stream())
    self.wrapping = wrapping
    unread = bytes.count
    state.pointee.next_in = UnsafeMutablePointer(
      mutating: bytes.assumingMemoryBound(to: UInt8.self).baseAddress)
    let size = Int32(MemoryLayout<z_stream>.size)
    if inflateInit2_(state, wrapping.rawValue, ZLIB_VERSION, size) != Z_OK { return nil }
  }

  deinit {
    inflateEnd(state)
    state.deallocate()
  }

  /// Fills `buffer` until the data end; nil where they end as they should, within it.
  func run(
    into buffer: UnsafeMutableBufferPointer<UInt8>, _ written: inout Int
  ) -> ArchiveFault? {
    var spare: UInt8 = 0
    return withUnsafeMutablePointer(to: &spare) { spare in
      while true {
        let room = buffer.count - written
        let target = room > 0 ? buffer.baseAddress.map { $0 + written } : spare
        let (code, produced) = step(into: target, min(max(room, 1), Self.portion))
        if room == 0, produced > 0 { return .tooLarge(limit: buffer.count) }
        written += room > 0 ? produced : 0
        switch code {
        case Z_STREAM_END:
          if !beginsMember { return nil }
          precondition(inflateReset(state) == Z_OK, "zlib's state is whole")
        case Z_OK where unread > 0 || produced > 0: continue
        case Z_OK, Z_BUF_ERROR: return .truncated("the deflated data end early")
        case Z_MEM_ERROR: return .outOfMemory
        default: return .corrupt("the deflated data are damaged")
        }
      }
    }
  }

  private func step(
    into target: UnsafeMutablePointer<UInt8>?, _ room: Int
  ) -> (code: Int32, produced: Int) {
    let input = min(unread, Self.portion)
    state.pointee.avail_in = uInt(input)
    state.pointee.avail_out = uInt(room)
    state.pointee.next_out = target
    let code = inflate(state, Z_NO_FLUSH)
    unread -= input - Int(state.pointee.avail_in)
    return (code, room - Int(state.pointee.avail_out))
  }

  /// Whether another gzip member follows; anything else behind the last is ignored, as gzip does.
  private var beginsMember: Bool {
    guard wrapping == .gzip, unread >= 2, let next = state.pointee.next_in else { return false }
    return next[0] == 0x1f && next[1] == 0x8b
  }
}
