import Base
import Foundation
import Models
import Testing
import Torch

extension CheckpointTests {
  /// Files of weights that were well-formed before a part of them was changed.
  @Suite struct Faults {
    private let base = CheckpointTests()

    private func refusal(_ file: Data) throws -> Diagnostic? {
      try base.temporary(file) { url in
        #expect(throws: Diagnostic.self) { try WeightsFile(url) }
      }
    }

    // MARK: - The older format

    private static func text(_ text: String) -> String {
      "X\(Character(UnicodeScalar(UInt8(text.utf8.count))))\0\0\0\(text)"
    }

    /// A table of one tensor of two numbers in the storage "0" of `count`.
    private static func table(count: String = "\u{2}") -> String {
      "}" + text("a") + "ctorch._utils\n_rebuild_tensor_v2\n((" + text("storage")
        + "ctorch\nFloatStorage\n" + text("0") + text("cpu") + "K\(count)tQK\0(K\u{2}t(K\u{1}ttRs."
    }

    private static func storages(_ name: String) -> String { "]" + text(name) + "a." }

    private static func little(_ count: Int64) -> [UInt8] {
      withUnsafeBytes(of: count.littleEndian) { Array($0) }
    }

    @Test("the file that the others are made from is read")
    func whole() throws {
      let numbers = [Float(3), 4].flatMap { value in
        withUnsafeBytes(of: value.bitPattern.littleEndian) { Array($0) }
      }
      let file = base.legacy(Self.table() + Self.storages("0"), Self.little(2) + numbers)
      let tensors = try base.temporary(file) { try WeightsFile($0).tensors }
      #expect(tensors.first?.tensor.floats() == [3, 4])
    }

    private static let faulty: [(program: String, bytes: [UInt8], what: String, place: String)] = [
      (table() + "K\u{1}.", [], "damaged", "the list of storages is missing"),
      (table() + storages("9"), little(0), "damaged", "a storage without a tensor"),
      (table() + "].", [], "damaged", "a storage is missing"),
      (table() + storages("0"), little(-1), "damaged", "a length is out of range"),
      (table() + storages("0"), little(.max), "more memory", "storage 0"),
      (table() + storages("0"), little(2), "ends too early", "8 more are needed"),
      (
        table(count: "\u{1}") + storages("0"), little(1) + [0, 0, 0, 0], "damaged",
        "a tensor reaches beyond its storage"
      ),
      ("K\u{1}K\u{2}", [0x93, 0x2e], "damaged", "a name that is no text"),
    ]

    @Test("storages and tensors that do not fit are refused", arguments: faulty.indices)
    func older(index: Int) throws {
      let (program, bytes, what, place) = Self.faulty[index]
      let error = try refusal(base.legacy(program, bytes))
      #expect(error?.what.contains(what) == true, "\(error?.what ?? "")")
      #expect(error?.place?.contains(place) == true, "\(error?.place ?? "")")
      #expect(error?.remedy?.isEmpty == false)
    }

    @Test("another version of the older format is none of PyTorch's")
    func version() throws {
      var file = base.legacy(Self.table())
      let place = try #require(file.firstRange(of: Data([0x4d, 0xe9, 3])))
      file[place.lowerBound + 1] = 0xea
      #expect(try refusal(file)?.place?.contains("no file of PyTorch's") == true)
    }

    // MARK: - The archive

    /// The fixture with every occurrence of `old` replaced.
    private func archive(_ changes: [(old: Data, new: Data)]) throws -> Data {
      var file = try Data(
        contentsOf: CheckpointTests.fixtures.appendingPathComponent("archive.pth"))
      for (old, new) in changes {
        #expect(file.firstRange(of: old) != nil && old.count == new.count)
        for place in file.ranges(of: old).reversed() { file.replaceSubrange(place, with: new) }
      }
      return file
    }

    @Test("an archive whose members are missing, changed or in another order of bytes is refused")
    func members() throws {
      func renamed(_ old: String, _ new: String) -> [(Data, Data)] {
        [(Data(old.utf8), Data(new.utf8))]
      }
      let cases = [
        (renamed("/data.pkl", "/data.pkx"), "an archive without data.pkl", "model.state_dict()"),
        (renamed("/data/0", "/data/x"), "a storage is missing or packed", "fetch or copy"),
        (renamed("little", "LITTLE"), "damaged: a member's checksum", "fetch or copy"),
        (renamed("PK\u{1}\u{2}", "PK\u{1}\u{9}"), "damaged: its directory", "fetch or copy"),
        (renamed("PK\u{5}\u{6}", "PK\u{5}\u{9}"), "it ends early: it has no", "fetch or copy"),
      ]
      for (changes, place, remedy) in cases {
        let error = try refusal(try archive(changes))
        #expect(error?.place?.contains(place) == true, "\(error?.place ?? "")")
        #expect(error?.remedy?.contains(remedy) == true, "\(error?.remedy ?? "")")
      }
    }

    @Test("an archive with its most significant bytes first is refused")
    func byteOrder() throws {
      var file = try archive([(Data("little".utf8), Data("BIGGER".utf8))])
      // Of the member's entry in the directory, the checksum is 30 bytes before the name.
      let name = try #require(file.ranges(of: Data("archive/byteorder".utf8)).last).lowerBound
      file.replaceSubrange(name - 30..<name - 26, with: Data(count: 4))
      let error = try refusal(file)
      #expect(error?.what == "the file holds no table of named tensors")
      #expect(error?.place?.contains("byte order is not little-endian") == true)
      #expect(error?.remedy?.contains("model.state_dict()") == true)
    }

    @Test("an archive that is encrypted, or that asks for too much, is refused")
    func kinds() throws {
      // Of a member's entry in the directory: the flags are at byte 8, the size at byte 24.
      for (offset, value, place) in [
        (8, UInt8(1), "a member is encrypted"), (27, 0x7f, "more than 33554432 bytes"),
      ] {
        var file = try archive([])
        let entry = try #require(file.firstRange(of: Data("PK\u{1}\u{2}".utf8))).lowerBound
        file[entry + offset] = value
        #expect(try refusal(file)?.place?.contains(place) == true)
      }
    }
  }
}
