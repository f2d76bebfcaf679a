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
      guard let stream = ZlibStream(bytes, wrapping) else {
        fault = .outOfMemory
        return
      }
      fault = stream.fill(buffer, &written) ?? stream.end()
    }
    return (result, fault)
  }
}

/// Deflated data unpacked piece after piece, in memory that does not grow with them.
///
/// The packed bytes must outlive it.
public final class Inflater {
  private let stream: ZlibStream
  /// Bytes unpacked so far.
  public private(set) var position = 0

  /// Begins at the first byte.
  public init(
    _ bytes: UnsafeRawBufferPointer, _ wrapping: Inflate.Wrapping
  ) throws(ArchiveFault) {
    guard let stream = ZlibStream(bytes, wrapping) else { throw .outOfMemory }
    self.stream = stream
  }

  /// The next `count` bytes.
  ///
  /// - Throws: `ArchiveFault` where the data are damaged or hold fewer.
  public func next(_ count: Int) throws(ArchiveFault) -> [UInt8] {
    var fault: ArchiveFault?
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, written in
      let wanted = UnsafeMutableBufferPointer(rebasing: buffer[..<count])
      fault = stream.fill(wanted, &written)
    }
    if let fault { throw fault }
    if bytes.count < count { throw .truncated("the deflated data hold less than announced") }
    position += count
    return bytes
  }

  /// Passes over `count` bytes.
  ///
  /// - Throws: `ArchiveFault` where the data are damaged or hold fewer.
  public func skip(_ count: Int) throws(ArchiveFault) {
    var left = count
    while left > 0 {
      let portion = min(left, 1 << 20)
      _ = try next(portion)
      left -= portion
    }
  }

  /// Verifies the checksum where the data end here; what may follow is not looked at.
  ///
  /// - Throws: `ArchiveFault` where the data end too early or are damaged.
  public func finish() throws(ArchiveFault) {
    switch stream.end() {
    case nil, .tooLarge: return
    case let fault?: throw fault
    }
  }
}
