import CZlib

/// zlib's state of unpacking, which must not move in memory.
final class ZlibStream {
  private static let portion = 1 << 30
  private let state: UnsafeMutablePointer<z_stream>
  private let wrapping: Inflate.Wrapping
  private var unread: Int
  private var hasEnded = false

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

  /// Fills `buffer`; nil where the data hold as much, or end as they should before.
  func fill(
    _ buffer: UnsafeMutableBufferPointer<UInt8>, _ written: inout Int
  ) -> ArchiveFault? {
    while written < buffer.count, !hasEnded {
      let room = min(buffer.count - written, Self.portion)
      let (fault, produced) = step(into: buffer.baseAddress.map { $0 + written }, room)
      written += produced
      if let fault { return fault }
    }
    return nil
  }

  /// Nil where nothing follows but checksums that fit.
  func end() -> ArchiveFault? {
    var spare: UInt8 = 0
    while !hasEnded {
      let (fault, produced) = withUnsafeMutablePointer(to: &spare) { step(into: $0, 1) }
      if let fault { return fault }
      if produced > 0 { return .tooLarge(limit: Int(state.pointee.total_out) - 1) }
    }
    return nil
  }

  private func step(
    into target: UnsafeMutablePointer<UInt8>?, _ room: Int
  ) -> (fault: ArchiveFault?, produced: Int) {
    let input = min(unread, Self.portion)
    state.pointee.avail_in = uInt(input)
    state.pointee.avail_out = uInt(room)
    state.pointee.next_out = target
    let code = inflate(state, Z_NO_FLUSH)
    unread -= input - Int(state.pointee.avail_in)
    let produced = room - Int(state.pointee.avail_out)
    return (fault(code, produced), produced)
  }

  private func fault(_ code: Int32, _ produced: Int) -> ArchiveFault? {
    switch code {
    case Z_STREAM_END:
      hasEnded = !beginsMember
      if !hasEnded { precondition(inflateReset(state) == Z_OK, "zlib's state is whole") }
      return nil
    case Z_OK where unread > 0 || produced > 0: return nil
    case Z_OK, Z_BUF_ERROR: return .truncated("the deflated data end early")
    case Z_MEM_ERROR: return .outOfMemory
    default: return .corrupt("the deflated data are damaged")
    }
  }

  /// Whether another gzip member follows; anything else behind the last is ignored, as gzip does.
  private var beginsMember: Bool {
    guard wrapping == .gzip, unread >= 2, let next = state.pointee.next_in else { return false }
    return next[0] == 0x1f && next[1] == 0x8b
  }
}
