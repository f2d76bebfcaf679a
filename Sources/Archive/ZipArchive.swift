/// The members of a zip file in memory (PKWARE APPNOTE 6.3), stored or deflated, with zip64.
///
/// Only the directory at the end is trusted; every offset and size is checked against the file, and
/// a member's checksum against its bytes.
public struct ZipArchive {
  /// One file of the archive.
  public struct Member: Sendable {
    /// Its name, folders included.
    public let name: String
    /// Its unpacked bytes.
    public let size: Int
    fileprivate let method: Int
    fileprivate let checksum: UInt32
    fileprivate let packed: Int
    fileprivate let header: Int
  }

  private static let mostMembers = 200_000

  /// The files, in the order of the directory.
  public let members: [Member]
  private let bytes: UnsafeRawBufferPointer

  /// Reads the directory; `bytes` must outlive the archive.
  public init(_ bytes: UnsafeRawBufferPointer) throws(ArchiveFault) {
    self.bytes = bytes
    let (count, start) = try Self.directory(bytes)
    guard count <= Self.mostMembers else { throw .tooLarge(limit: Self.mostMembers) }
    var members: [Member] = []
    var offset = start
    for _ in 0..<count {
      let fields = Fields(bytes: bytes, start: offset)
      guard fields.holds(46), fields.word(0) == 0x0201_4b50 else {
        throw .corrupt("its directory")
      }
      let next = 46 + fields.short(28) + fields.short(30) + fields.short(32)
      guard fields.holds(next) else { throw .truncated("within its directory") }
      members.append(try Self.member(fields))
      offset += next
    }
    self.members = members
  }

  /// The bytes of a member, at most `limit`.
  public func contents(of member: Member, limit: Int) throws(ArchiveFault) -> [UInt8] {
    if member.size > limit { throw .tooLarge(limit: limit) }
    if let stored = try stored(member) { return Array(stored) }
    guard member.method == 8 else { throw .unsupported("a compression other than deflate") }
    let contents = try Inflate.all(try packed(member), .none, count: member.size)
    let checksum = contents.withUnsafeBytes { CRC32.of($0) }
    guard checksum == member.checksum else { throw .corrupt("a member's checksum") }
    return contents
  }

  /// A stored member where it lies, without a copy; nil where it is deflated.
  ///
  /// A checksum of 0 is taken for none: some writers of large files leave it out.
  public func stored(_ member: Member) throws(ArchiveFault) -> UnsafeRawBufferPointer? {
    guard member.method == 0 else { return nil }
    guard member.packed == member.size else { throw .corrupt("a member's size") }
    let contents = try packed(member)
    guard member.checksum == 0 || CRC32.of(contents) == member.checksum else {
      throw .corrupt("a member's checksum")
    }
    return contents
  }

  private func packed(_ member: Member) throws(ArchiveFault) -> UnsafeRawBufferPointer {
    let local = Fields(bytes: bytes, start: member.header)
    guard local.holds(30), local.word(0) == 0x0403_4b50 else {
      throw .corrupt("a member's header")
    }
    let start = member.header + 30 + local.short(26) + local.short(28)
    guard start <= bytes.count, member.packed <= bytes.count - start else {
      throw .truncated("within a member")
    }
    return UnsafeRawBufferPointer(rebasing: bytes[start..<start + member.packed])
  }
}

// MARK: - Directory

extension ZipArchive {
  /// Number of entries and place of the first, from the record at the end.
  private static func directory(
    _ bytes: UnsafeRawBufferPointer
  ) throws(ArchiveFault) -> (count: Int, start: Int) {
    guard bytes.count >= 22 else { throw .truncated("it has no directory") }
    let last = bytes.count - 22
    for offset in stride(from: last, through: max(0, last - 65_535), by: -1) {
      let end = Fields(bytes: bytes, start: offset)
      guard end.word(0) == 0x0605_4b50 else { continue }
      let (count, start) = (end.short(10), end.word(16))
      if count != 0xFFFF && start != 0xFFFF_FFFF { return (count, start) }
      return try largeDirectory(bytes, before: offset)
    }
    throw .truncated("it has no directory")
  }

  private static func largeDirectory(
    _ bytes: UnsafeRawBufferPointer, before end: Int
  ) throws(ArchiveFault) -> (count: Int, start: Int) {
    let locator = Fields(bytes: bytes, start: end - 20)
    guard end >= 20, locator.word(0) == 0x0706_4b50, let place = locator.long(8) else {
      throw .corrupt("its directory")
    }
    let record = Fields(bytes: bytes, start: place)
    guard record.holds(56), record.word(0) == 0x0606_4b50, let count = record.long(32),
      let start = record.long(48)
    else { throw .corrupt("its directory") }
    return (count, start)
  }

  private static func member(_ fields: Fields) throws(ArchiveFault) -> Member {
    if fields.short(8) & 1 == 1 { throw .unsupported("a member is encrypted") }
    let (nameLength, extraLength) = (fields.short(28), fields.short(30))
    let values = try widened(
      [fields.word(24), fields.word(20), fields.word(42)], fields, extra: 46 + nameLength,
      length: extraLength)
    return Member(
      name: fields.text(46, length: nameLength), size: values[0], method: fields.short(10),
      checksum: UInt32(fields.word(16)), packed: values[1], header: values[2])
  }

  /// Sizes and offset that do not fit 32 bits stand in the extra field 1, in this order.
  private static func widened(
    _ narrow: [Int], _ fields: Fields, extra: Int, length: Int
  ) throws(ArchiveFault) -> [Int] {
    var values = narrow
    var offset = extra
    while offset + 4 <= extra + length, values.contains(0xFFFF_FFFF) {
      let (tag, size) = (fields.short(offset), fields.short(offset + 2))
      if tag == 1 {
        var place = offset + 4
        for index in values.indices where values[index] == 0xFFFF_FFFF {
          guard place + 8 <= offset + 4 + size, let value = fields.long(place) else {
            throw .corrupt("its directory")
          }
          values[index] = value
          place += 8
        }
      }
      offset += 4 + size
    }
    return values
  }

  /// Little-endian numbers at places behind a start; 0 where the file has ended.
  private struct Fields {
    let bytes: UnsafeRawBufferPointer
    let start: Int

    func holds(_ count: Int) -> Bool { start >= 0 && count <= bytes.count - start }

    func short(_ at: Int) -> Int { holds(at + 2) ? Int(load(at, UInt16.self)) : 0 }
    func word(_ at: Int) -> Int { holds(at + 4) ? Int(load(at, UInt32.self)) : 0 }
    func text(_ at: Int, length: Int) -> String {
      String(decoding: bytes[start + at..<start + at + length], as: UTF8.self)
    }
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
