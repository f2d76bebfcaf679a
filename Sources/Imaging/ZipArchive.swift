/// The members of a zip file (PKWARE APPNOTE 6.3), stored or deflated, with zip64.
///
/// Only the directory at the end is trusted; sizes and checksums of members are verified.
struct ZipArchive {
  struct Member {
    let method: Int
    let checksum: UInt32
    let packed: Int
    let size: Int
    let header: Int
  }

  private(set) var members: [String: Member] = [:]
  private let bytes: UnsafeRawBufferPointer

  /// Reads the directory; `bytes` must outlive the archive.
  init(_ bytes: UnsafeRawBufferPointer) throws {
    self.bytes = bytes
    let (count, start) = try Self.directory(bytes)
    var offset = start
    for _ in 0..<count {
      let fields = Fields(bytes: bytes, start: offset)
      guard fields.holds(46), fields.word(0) == 0x0201_4b50 else {
        throw Self.fault(.corrupt("its directory"))
      }
      let (nameLength, extraLength) = (fields.short(28), fields.short(30))
      let next = 46 + nameLength + extraLength + fields.short(32)
      guard fields.holds(next) else { throw Self.fault(.truncated("within its directory")) }
      let name = String(decoding: bytes[offset + 46..<offset + 46 + nameLength], as: UTF8.self)
      members[name] = try Self.member(fields, extra: 46 + nameLength, extraLength)
      offset += next
    }
  }

  static func fault(_ reason: ImageError.Reason) -> ImageError {
    ImageError(reason, format: .npz)
  }

  /// The bytes of a member.
  func contents(_ member: Member, limit: Int) throws -> [UInt8] {
    let local = Fields(bytes: bytes, start: member.header)
    guard local.holds(30), local.word(0) == 0x0403_4b50 else {
      throw Self.fault(.corrupt("a member's header"))
    }
    let start = member.header + 30 + local.short(26) + local.short(28)
    guard start <= bytes.count, member.packed <= bytes.count - start else {
      throw Self.fault(.truncated("within a member"))
    }
    if member.size > limit { throw Self.fault(.tooLarge(limit: limit)) }
    let packed = UnsafeRawBufferPointer(rebasing: bytes[start..<start + member.packed])
    let contents = try unpacked(packed, member)
    let checksum = contents.withUnsafeBufferPointer { crc32($0) }
    guard checksum == member.checksum else { throw Self.fault(.corrupt("a member's checksum")) }
    return contents
  }

  private func unpacked(_ packed: UnsafeRawBufferPointer, _ member: Member) throws -> [UInt8] {
    switch member.method {
    case 0 where member.packed == member.size: return Array(packed)
    case 0: throw Self.fault(.corrupt("a member's size"))
    case 8: return try Inflate.all(packed, .none, count: member.size, format: .npz)
    default: throw Self.fault(.unsupported("a compression other than deflate"))
    }
  }

  /// Number of entries and place of the first, from the record at the end.
  private static func directory(_ bytes: UnsafeRawBufferPointer) throws -> (Int, Int) {
    guard bytes.count >= 22 else { throw fault(.truncated("it has no directory")) }
    let last = bytes.count - 22
    for offset in stride(from: last, through: max(0, last - 65_535), by: -1) {
      let end = Fields(bytes: bytes, start: offset)
      guard end.word(0) == 0x0605_4b50 else { continue }
      let (count, start) = (end.short(10), end.word(16))
      if count != 0xFFFF && start != 0xFFFF_FFFF { return (count, start) }
      return try largeDirectory(bytes, before: offset)
    }
    throw fault(.truncated("it has no directory"))
  }

  private static func largeDirectory(
    _ bytes: UnsafeRawBufferPointer, before end: Int
  ) throws -> (Int, Int) {
    let locator = Fields(bytes: bytes, start: end - 20)
    guard end >= 20, locator.word(0) == 0x0706_4b50, let place = locator.long(8) else {
      throw fault(.corrupt("its directory"))
    }
    let record = Fields(bytes: bytes, start: place)
    guard record.holds(56), record.word(0) == 0x0606_4b50, let count = record.long(32),
      let start = record.long(48)
    else { throw fault(.corrupt("its directory")) }
    return (count, start)
  }

  /// Sizes that do not fit 32 bits stand in the extra field 1, in this order.
  private static func member(_ fields: Fields, extra: Int, _ extraLength: Int) throws -> Member {
    var values = [fields.word(24), fields.word(20), fields.word(42)]
    var offset = extra
    while offset + 4 <= extra + extraLength, values.contains(0xFFFF_FFFF) {
      let (tag, length) = (fields.short(offset), fields.short(offset + 2))
      if tag == 1 {
        var place = offset + 4
        for index in values.indices where values[index] == 0xFFFF_FFFF {
          guard place + 8 <= offset + 4 + length, let value = fields.long(place) else {
            throw fault(.corrupt("its directory"))
          }
          values[index] = value
          place += 8
        }
      }
      offset += 4 + length
    }
    return Member(
      method: fields.short(10), checksum: UInt32(fields.word(16)), packed: values[1],
      size: values[0], header: values[2])
  }

  /// Little-endian numbers at places behind a start; 0 where the file has ended.
  private struct Fields {
    let bytes: UnsafeRawBufferPointer
    let start: Int

    func holds(_ count: Int) -> Bool { start >= 0 && count <= bytes.count - start }

    func short(_ at: Int) -> Int { holds(at + 2) ? Int(load(at, UInt16.self)) : 0 }
    func word(_ at: Int) -> Int { holds(at + 4) ? Int(load(at, UInt32.self)) : 0 }
    /// Nil where the number is beyond what a file can hold.
    func long(_ at: Int) -> Int? {
      guard holds(at + 8) else { return nil }
      let value = load(at, UInt64.self)
      return value < 1 << 56 ? Int(value) : nil
    }

    private func load<Word: FixedWidthInteger & BitwiseCopyable>(
      _ at: Int, _: Word.Type
    ) -> Word {
      Word(littleEndian: bytes.loadUnaligned(fromByteOffset: start + at, as: Word.self))
    }
  }
}
