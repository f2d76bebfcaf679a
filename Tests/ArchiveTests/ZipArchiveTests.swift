import Archive
import Foundation
import Testing

@Suite struct ZipArchiveTests {
  /// Members that Python's zipfile wrote, see `Tests/Reference/make_checkpoints.py`.
  private static let fixture = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Fixtures/checkpoints/texts.zip")
  private static let lines =
    (0..<4000).map { "line \($0) of \($0 * $0)" }.joined(separator: "\n")

  private func contents(_ data: Data, _ index: Int, limit: Int = 1 << 20) throws -> [UInt8] {
    try data.withUnsafeBytes { bytes in
      let archive = try ZipArchive(bytes)
      return try archive.contents(of: archive.members[index], limit: limit)
    }
  }

  @Test("members are read, stored and deflated, in the order of the directory")
  func members() throws {
    let data = try Data(contentsOf: Self.fixture)
    let names = try data.withUnsafeBytes { try ZipArchive($0).members.map(\.name) }
    #expect(names.first == "deflated.txt" && names.count == 5)
    // Compared one by one as truth values: a difference would print all of the text.
    let expected = [Self.lines, Self.lines, "aaaaaaaaaaaaaaaaaaaaaaab", Self.lines, ""]
    for (index, text) in expected.enumerated() {
      let isEqual = try contents(data, index) == Array(text.utf8)
      #expect(isEqual, "\(names[index])")
    }
  }

  @Test("a member beyond the limit is refused before it is unpacked")
  func limit() throws {
    let data = try Data(contentsOf: Self.fixture)
    #expect(throws: ArchiveFault.tooLarge(limit: 100)) { try contents(data, 0, limit: 100) }
  }

  @Test("a changed byte is found by the checksum, or before")
  func damage() throws {
    var data = try Data(contentsOf: Self.fixture)
    data[5000] ^= 0x10
    #expect(throws: ArchiveFault.self) { try contents(data, 0) }
  }

  @Test("an archive cut anywhere gives a reason", arguments: 0..<50)
  func truncation(part: Int) throws {
    let data = try Data(contentsOf: Self.fixture)
    let cut = data.prefix(data.count * part / 50)
    #expect(throws: ArchiveFault.self) { try Data(cut).withUnsafeBytes { _ = try ZipArchive($0) } }
  }
}
