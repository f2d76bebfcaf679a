package import Foundation

/// Reads the members of a ZIP archive in memory, stored or deflated, with 64-bit sizes.
///
/// Every offset and size is checked against the archive, and a member's checksum against its bytes.
package struct ZipArchive {
  /// One file of the archive.
  package struct Member {
    package let name: String
    package let size: Int
    fileprivate let method: UInt16
    fileprivate let compressedSize: Int
    fileprivate let checksum: UInt32
    fileprivate let header: Int
  }

  private static let mostMembers = 200_000

  private let bytes: UnsafeRawBufferPointer
  /// The files, in the order of the directory.
  package let members: [Member]

  /// Reads the directory; `bytes` must outlive the archive.
  package init(_ bytes: UnsafeRawBufferPointer) throws {
    self.bytes = bytes
    let (start, count) = try Self.directory(bytes)
    guard count <= Self.mostMembers else { throw CheckpointError.tooLarge("\(count) files") }
    var reader = ByteReader(bytes, at: start)
    members = try (0..<count).map { _ in try Self.member(&reader) }
  }

  /// The bytes of a member.
  ///
  /// - Parameters:
  ///   - member: one of ``members``.
  ///   - limit: the most bytes that it may expand to.
  /// - Returns: as many bytes as the directory announces.
  /// - Throws: a diagnostic when size, compression or checksum are wrong.
  package func contents(of member: Member, limit: Int) throws -> Data {
    guard member.size <= limit else {
      throw CheckpointError.tooLarge("a member of \(member.size) bytes")
    }
    let packed = try packed(member)
    switch member.method {
    case 0:
      guard member.size == packed.count else {
        throw CheckpointError.malformed("a member's size is wrong", position: member.header)
      }
      return try checked(Data(packed), member)
    case 8:
      // Deflate expands at most 1032 times: a size beyond that is a lie, found before it is paid.
      guard member.size / 1032 <= packed.count else {
        throw CheckpointError.tooLarge("a member of \(member.size) bytes from \(packed.count)")
      }
      var data = Data(count: member.size)
      try data.withUnsafeMutableBytes { try Inflate.expand(packed, into: $0) }
      return try checked(data, member)
    default:
      throw CheckpointError.malformed(
        "compression method \(member.method) is not read", position: member.header)
    }
  }

  /// A stored member where it lies, without a copy.
  func stored(_ member: Member) throws -> UnsafeRawBufferPointer? {
    guard member.method == 0, member.size == member.compressedSize else { return nil }
    let contents = try packed(member)
    guard member.checksum == 0 || Checksum.crc32(contents) == member.checksum else {
      throw CheckpointError.malformed("a member's checksum is wrong", position: member.header)
    }
    return contents
  }

  private func packed(_ member: Member) throws -> UnsafeRawBufferPointer {
    var reader = ByteReader(bytes, at: member.header)
    guard try reader.number(UInt32.self) == 0x0403_4b50 else {
      throw CheckpointError.malformed("a member has no header", position: member.header)
    }
    _ = try reader.take(22)
    let (name, extra) = (try reader.count(UInt16.self), try reader.count(UInt16.self))
    _ = try reader.take(name + extra)
    return try reader.take(member.compressedSize)
  }

  private func checked(_ data: Data, _ member: Member) throws -> Data {
    let checksum = data.withUnsafeBytes { Checksum.crc32($0) }
    guard checksum == member.checksum else {
      throw CheckpointError.malformed("a member's checksum is wrong", position: member.header)
    }
    return data
  }
}

extension ZipArchive {
  /// Where the directory begins and how many members it has.
  private static func directory(_ bytes: UnsafeRawBufferPointer) throws -> (Int, Int) {
    let first = max(bytes.count - 22 - 65_535, 0)
    for end in stride(from: bytes.count - 22, through: first, by: -1) {
      var reader = ByteReader(bytes, at: end)
      guard try reader.number(UInt32.self) == 0x0605_4b50 else { continue }
      _ = try reader.take(6)
      let count = try reader.count(UInt16.self)
      _ = try reader.take(4)
      let start = try reader.count(UInt32.self)
      if count == 0xffff || start == 0xffff_ffff { return try wideDirectory(bytes, before: end) }
      return (start, count)
    }
    throw CheckpointError.malformed("the archive has no directory", position: bytes.count)
  }

  private static func wideDirectory(
    _ bytes: UnsafeRawBufferPointer, before end: Int
  ) throws -> (Int, Int) {
    var locator = ByteReader(bytes, at: end - 20)
    guard end >= 20, try locator.number(UInt32.self) == 0x0706_4b50 else {
      throw CheckpointError.malformed("the archive has no wide directory", position: end)
    }
    _ = try locator.take(4)
    var record = ByteReader(bytes, at: try locator.count(UInt64.self))
    guard try record.number(UInt32.self) == 0x0606_4b50 else {
      throw CheckpointError.malformed("the archive has no wide directory", position: end)
    }
    _ = try record.take(28)
    let count = try record.count(UInt64.self)
    _ = try record.take(8)
    return (try record.count(UInt64.self), count)
  }

  private static func member(_ reader: inout ByteReader) throws -> Member {
    let place = reader.position
    guard try reader.number(UInt32.self) == 0x0201_4b50 else {
      throw CheckpointError.malformed("the directory is damaged", position: place)
    }
    _ = try reader.take(4)
    let flags = try reader.number(UInt16.self)
    guard flags & 1 == 0 else {
      throw CheckpointError.malformed("a member is encrypted", position: place)
    }
    let method = try reader.number(UInt16.self)
    _ = try reader.take(4)
    let checksum = try reader.number(UInt32.self)
    let narrow = [try reader.count(UInt32.self), try reader.count(UInt32.self)]
    let lengths = try (0..<3).map { _ in try reader.count(UInt16.self) }
    _ = try reader.take(8)
    let header = try reader.count(UInt32.self)
    let name = String(decoding: try reader.take(lengths[0]), as: UTF8.self)
    let wide = try widened([narrow[1], narrow[0], header], extra: reader.take(lengths[1]))
    _ = try reader.take(lengths[2])
    return Member(
      name: name, size: wide[0], method: method, compressedSize: wide[1], checksum: checksum,
      header: wide[2])
  }

  /// Size, compressed size and offset, each from the 64-bit field where the narrow one is full.
  private static func widened(_ narrow: [Int], extra: UnsafeRawBufferPointer) throws -> [Int] {
    guard narrow.contains(0xffff_ffff) else { return narrow }
    var reader = ByteReader(extra)
    while reader.remaining >= 4 {
      let (kind, length) = (try reader.number(UInt16.self), try reader.count(UInt16.self))
      var field = ByteReader(try reader.take(length))
      if kind == 1 {
        return try narrow.map { try $0 == 0xffff_ffff ? field.count(UInt64.self) : $0 }
      }
    }
    throw CheckpointError.malformed("a member's wide size is missing", position: 0)
  }
}

/// The checksum of ZIP.
enum Checksum {
  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { value, _ in
      value & 1 == 1 ? 0xedb8_8320 ^ value >> 1 : value >> 1
    }
  }

  static func crc32(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
    ~table.withUnsafeBufferPointer { table in
      bytes.reduce(~0) { table[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] ^ $0 >> 8 }
    }
  }
}
