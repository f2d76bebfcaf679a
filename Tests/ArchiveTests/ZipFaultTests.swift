import Archive
import Foundation
import Testing

/// An archive of one member, each part of which can be made wrong.
private struct OneMember {
  var name = "a.txt"
  var contents = Data("hello".utf8)
  var flags: UInt16 = 0
  var method: UInt16 = 0
  var checksum: UInt32?
  var size: UInt32?
  var packed: UInt32?
  var extra = Data()
  var localMagic: UInt32 = 0x0403_4b50
  var directoryMagic: UInt32 = 0x0201_4b50
  var nameLength: UInt16?
  var count: UInt16 = 1
  /// What stands between the directory and the record at the end.
  var large = Data()

  var bytes: Data {
    let sum = checksum ?? contents.withUnsafeBytes { CRC32.of($0) }
    let (size, packed) = (size ?? UInt32(contents.count), packed ?? UInt32(contents.count))
    let numbers = little(sum) + little(packed) + little(size)
    let common = little(flags) + little(method) + Data(count: 4) + numbers
    let length = UInt16(name.utf8.count)
    let local =
      little(localMagic) + Data(count: 2) + common + little(length) + Data(count: 2)
      + Data(name.utf8) + contents
    let entry =
      little(directoryMagic) + Data(count: 4) + common + little(nameLength ?? length)
      + little(UInt16(extra.count)) + Data(count: 14) + Data(name.utf8) + extra
    let end =
      little(UInt32(0x0605_4b50)) + Data(count: 4) + little(count) + little(count)
      + little(UInt32(entry.count)) + little(UInt32(local.count)) + Data(count: 2)
    return local + entry + large + end
  }
}

private func little(_ value: some FixedWidthInteger) -> Data {
  withUnsafeBytes(of: value.littleEndian) { Data($0) }
}

@Suite struct ZipFaultTests {
  private func read(_ data: Data) throws -> [UInt8] {
    try data.withUnsafeBytes { bytes in
      let archive = try ZipArchive(bytes)
      return try archive.contents(of: archive.members[0], limit: 1 << 20)
    }
  }

  @Test("the archive that the others are made from is whole")
  func whole() throws {
    #expect(try read(OneMember().bytes) == Array("hello".utf8))
  }

  private static let faulty: [(fault: ArchiveFault, change: @Sendable (inout OneMember) -> Void)] =
    [
      (.unsupported("a compression other than deflate"), { $0.method = 12 }),
      (.unsupported("a member is encrypted"), { $0.flags = 1 }),
      (.corrupt("a member's checksum"), { $0.checksum = 1 }),
      (.corrupt("a member's size"), { $0.size = 4 }),
      (.corrupt("a member's header"), { $0.localMagic = 0 }),
      (.corrupt("its directory"), { $0.directoryMagic = 0 }),
      // Sizes that stand elsewhere, where there is nothing.
      (
        .corrupt("its directory"),
        {
          $0.size = .max
          $0.extra = little(UInt16(1)) + little(UInt16(0))
        }
      ),
      (.truncated("within its directory"), { $0.nameLength = 60_000 }),
      (
        .truncated("within a member"),
        {
          $0.size = 9_000
          $0.packed = 9_000
        }
      ),
      // A count that stands elsewhere, where there is nothing.
      (.corrupt("its directory"), { $0.count = .max }),
    ]

  @Test("each fault of an archive has its name", arguments: faulty.indices)
  func faults(index: Int) {
    var member = OneMember()
    Self.faulty[index].change(&member)
    #expect(throws: Self.faulty[index].fault) { try read(member.bytes) }
  }

  @Test("a deflated member is held against its checksum")
  func deflated() throws {
    let text = [UInt8]("hello, hello, hello".utf8)
    let wrapped = try Deflate.packed(text)
    var member = OneMember()
    member.contents = Data(wrapped.dropFirst(2).dropLast(4))
    (member.method, member.size) = (8, UInt32(text.count))
    member.checksum = text.withUnsafeBytes { CRC32.of($0) }
    #expect(try read(member.bytes) == text)
    member.checksum = 1
    #expect(throws: ArchiveFault.corrupt("a member's checksum")) { try read(member.bytes) }
  }

  @Test("more members than any archive of ours has are refused before they are read")
  func members() {
    var member = OneMember()
    let place = member.bytes.count - 22
    let record =
      little(UInt32(0x0606_4b50)) + Data(count: 28) + little(UInt64(200_001)) + Data(count: 16)
    let locator =
      little(UInt32(0x0706_4b50)) + Data(count: 4) + little(UInt64(place)) + Data(count: 4)
    member.count = .max
    member.large = record + locator
    #expect(throws: ArchiveFault.tooLarge(limit: 200_000)) { try read(member.bytes) }
    member.large = Data(count: 56) + locator
    #expect(throws: ArchiveFault.corrupt("its directory")) { try read(member.bytes) }
  }

  @Test("what is no archive has no directory", arguments: [0, 21, 100])
  func none(count: Int) {
    #expect(throws: ArchiveFault.truncated("it has no directory")) {
      try read(Data(count: count))
    }
  }
}
