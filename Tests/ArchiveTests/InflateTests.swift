import Archive
import Testing

@Suite struct InflateTests {
  private static let bytes = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 * $0 / 7) }
  /// "hello" and ", you", two gzip members, by Python 3.11's gzip.compress(…, mtime=0).
  private static let members: [UInt8] = [
    31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 203, 72, 205, 201, 201, 7, 0, 134, 166, 16, 54, 5, 0, 0, 0,
    31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 211, 81, 168, 204, 47, 5, 0, 34, 59, 11, 251, 5, 0, 0, 0,
  ]

  private func all(
    _ packed: [UInt8], _ wrapping: Inflate.Wrapping, count: Int
  ) throws(ArchiveFault) -> [UInt8] {
    let result = packed.withUnsafeBytes { bytes in
      Result { () throws(ArchiveFault) in try Inflate.all(bytes, wrapping, count: count) }
    }
    return try result.get()
  }

  @Test("what was packed is unpacked, at every level", arguments: [1, 6, 9])
  func roundTrip(level: Int) throws {
    let packed = try Deflate.packed(Self.bytes, level: level)
    #expect(packed.count < Self.bytes.count)
    #expect(try all(packed, .zlib, count: Self.bytes.count) == Self.bytes)
  }

  @Test("members of gzip follow one another")
  func gzip() throws {
    #expect(try all(Self.members, .gzip, count: 10) == Array("hello, you".utf8))
    let first = try Self.members.withUnsafeBytes { try Inflate.prefix($0, .gzip, count: 3) }
    #expect(first == Array("hel".utf8))
  }

  @Test("more or fewer bytes than announced, a cut and a changed byte are told apart")
  func faults() throws {
    let packed = try Deflate.packed(Self.bytes)
    let count = Self.bytes.count
    #expect(throws: ArchiveFault.tooLarge(limit: count - 1)) {
      try all(packed, .zlib, count: count - 1)
    }
    #expect(throws: ArchiveFault.truncated("the deflated data hold less than announced")) {
      try all(packed, .zlib, count: count + 1)
    }
    #expect(throws: ArchiveFault.truncated("the deflated data end early")) {
      try all(Array(packed.dropLast(9)), .zlib, count: count)
    }
    #expect(throws: ArchiveFault.truncated("the deflated data cannot be so much")) {
      try all(packed, .zlib, count: 1 << 40)
    }
    var changed = packed
    changed[0] = 0
    #expect(throws: ArchiveFault.corrupt("the deflated data are damaged")) {
      try all(changed, .zlib, count: count)
    }
  }

  @Test("the checksum is that of the standard")
  func checksum() {
    let value = Array("123456789".utf8).withUnsafeBytes { CRC32.of($0) }
    #expect(value == 0xcbf4_3926)
  }
}
