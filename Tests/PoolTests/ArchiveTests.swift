import Base
import Foundation
import Imaging
import Pool
import Testing

@Suite("Archives")
struct ArchiveTests {
  @Test("a MedMNIST archive brings its splits and labels; copies across splits are held")
  func medMNIST() throws {
    let bench = try ImportBench()
    defer { bench.remove() }
    var images = (0..<600).map { seed in Self.image(seed) }
    images[599] = images[3]  // a copy of a training image in the test split
    let labels = (0..<600).map { $0 % 11 }
    try bench.write(
      "small.npz",
      Self.archive([
        ("train_images", Self.npy(images[..<400])), ("train_labels", Self.npy(labels[..<400])),
        ("val_images", Self.npy(images[400..<500])), ("val_labels", Self.npy(labels[400..<500])),
        ("test_images", Self.npy(images[500...])), ("test_labels", Self.npy(labels[500...])),
      ]))
    let summary = try bench.run()
    #expect([summary.files, summary.items, summary.held] as [Int] == [1, 598, 2])
    #expect(summary.splits == ["train": 399, "validation": 100, "test": 99])
    let pool = try bench.pool()
    #expect(try pool.classes == (0..<11).map(String.init))
    #expect(try pool.image(3).bytes == images[4])
    #expect(try pool.image(597).bytes == images[598])
    #expect(try pool.currentLabels()[597] == .class(598 % 11))
    #expect(try pool.groupCount == 598)
    let whole = try bench.contents()
    #expect(try bench.run().added == 0)
    #expect(try bench.contents() == whole)
  }

  @Test("an archive without the six arrays is set aside")
  func others() throws {
    let bench = try ImportBench()
    defer { bench.remove() }
    try bench.write("other.npz", Self.archive([("x", Self.npy([1, 2]))]))
    try bench.image("1.png", 1)
    let summary = try bench.run()
    #expect([summary.items, summary.quarantined] as [Int] == [1, 1])
    #expect(try bench.pool().setAside()[0].reason.contains("train_images"))
  }

  private static func image(_ seed: Int) -> [UInt8] {
    let key = RandomKey(seed: UInt64(seed))
    return (0..<12).map { UInt8(truncatingIfNeeded: key.folding($0).seed) }
  }

  /// `[N, 4, 3]` of bytes.
  private static func npy(_ images: ArraySlice<[UInt8]>) -> Data {
    npy("|u1", "(\(images.count), 4, 3)", Data(images.flatMap(\.self)))
  }

  /// `[N, 1]` of 64-bit integers.
  private static func npy(_ labels: ArraySlice<Int>) -> Data {
    npy("<i8", "(\(labels.count), 1)", labels.map { Int64($0) }.withUnsafeBytes { Data($0) })
  }

  static func npy(_ type: String, _ shape: String, _ data: Data) -> Data {
    let text = "{'descr': '\(type)', 'fortran_order': False, 'shape': \(shape), }"
    let header = text + String(repeating: " ", count: 117 - text.count) + "\n"
    return Data([0x93] + "NUMPY".utf8 + [1, 0, 118, 0]) + Data(header.utf8) + data
  }

  /// A zip file of stored members (PKWARE APPNOTE 6.3).
  static func archive(_ members: [(String, Data)]) -> Data {
    var file = Data()
    var directory = Data()
    for (name, data) in members {
      let name = Data((name + ".npy").utf8)
      let sizes = little(crc32(data)) + little(UInt32(data.count)) + little(UInt32(data.count))
      let lengths = little(UInt16(name.count)) + little(UInt16(0))
      let common = little(UInt16(20)) + Data(count: 8) + sizes + lengths
      directory += little(UInt32(0x0201_4b50)) + little(UInt16(20)) + common + Data(count: 10)
      directory += little(UInt32(file.count)) + name
      file += little(UInt32(0x0403_4b50)) + common + name + data
    }
    let count = little(UInt16(members.count))
    let end = little(UInt32(0x0605_4b50)) + Data(count: 4) + count + count
    return file + directory + end + little(UInt32(directory.count)) + little(UInt32(file.count))
      + Data(count: 2)
  }

  private static func little(_ value: some FixedWidthInteger) -> Data {
    withUnsafeBytes(of: value.littleEndian) { Data($0) }
  }

  private static func crc32(_ data: Data) -> UInt32 {
    ~data.reduce(UInt32.max) { state, byte in
      (0..<8).reduce(state ^ UInt32(byte)) { value, _ in
        value & 1 == 1 ? value >> 1 ^ 0xedb8_8320 : value >> 1
      }
    }
  }
}
