import Base
import Foundation
import Imaging
import Testing

/// Messages of readers and writers, each out of a file that provokes it.
@Suite struct ImageErrorTests {
  private static let reasons: [(reason: ImageError.Reason, what: String, remedy: String)] = [
    (.unknownFormat, "the file is no PNG, JPEG, DICOM, NIfTI or npz", "convert it to PNG"),
    (.truncated("x"), "the PNG file is cut short: x", "copy the file again"),
    (.corrupt("x"), "the PNG file is damaged: x", "export the image again"),
    (.unsupported("x"), "the PNG file is of a kind that is not read: x", "convert it to PNG"),
    (.unsupportedTransferSyntax("x"), "the transfer syntax x is not read", "dcmdjpeg"),
    (.missing("x"), "the PNG file lacks x", "export the image again"),
    (.invalid("x"), "x holds what it may not hold", "export the image again"),
    (.tooLarge(limit: 9), "the image has more than 9 samples", "crop or tile"),
    (.outOfMemory, "memory ran out while the PNG file was decoded", "free memory"),
    (.noPixels, "the PNG file holds no image", "leave the file out"),
    (.noSuchFrame(7, count: 3), "frame 7 of 3 does not exist", "frames count from 0"),
  ]

  @Test("every reason has words, a remedy and a name to count by")
  func words() {
    for (reason, what, remedy) in Self.reasons {
      let error = ImageError(reason, format: .png, place: "item 7")
      #expect(error.what == what && error.place == "item 7")
      #expect(error.remedy?.contains(remedy) == true && error.exitCode == .badInput)
    }
    #expect(Set(Self.reasons.map { ImageError($0.reason).code }).count == Self.reasons.count)
  }

  private func reason(_ file: Data, frame: Int? = nil) -> ImageError.Reason? {
    var options = ReadOptions()
    options.frame = frame
    return #expect(throws: ImageError.self) {
      try ImageReader.read(data: file, options: options)
    }?.reason
  }

  private func nifti(_ changes: [(place: Int, bytes: [UInt8])]) throws -> Data {
    var file = try Fixture.data("little-f4.nii")
    for (place, bytes) in changes { file.replaceSubrange(place..<place + bytes.count, with: bytes) }
    return file
  }

  @Test("a NIfTI header that makes no sense is refused by what is wrong with it")
  func nifti() throws {
    let cases: [(Int, [UInt8], ImageError.Reason)] = [
      (40, [0, 0], .corrupt("its number of dimensions")),
      (42, [0, 0], .corrupt("its dimensions")),
      (108, [0, 0, 0, 0], .corrupt("where its voxels begin")),
      (
        345, [0x69], .unsupported("a header whose voxels are in another file (.hdr and .img)")
      ),
      (70, [1, 0], .unsupported("voxels of one bit")),
      (70, [0, 6], .unsupported("voxels of 128-bit floating point")),
      (70, [3, 0], .unsupported("an unknown type of voxels")),
      (42, [0xff, 0x7f, 0xff, 0x7f, 0xff, 0x7f], .tooLarge(limit: 1 << 31)),
      // Seven sides of 32,767: their product is beyond 64 bits.
      (
        40, [7, 0] + [[UInt8]](repeating: [0xff, 0x7f], count: 7).flatMap(\.self),
        .tooLarge(limit: 1 << 31)
      ),
    ]
    for (place, bytes, expected) in cases {
      #expect(reason(try nifti([(place, bytes)])) == expected)
    }
    let file = try nifti([])
    #expect(reason(file.dropLast(1)) == .truncated("within its voxels"))
  }

  @Test("frames that a DICOM file lacks, and pixels that it does not hold, are told")
  func dicom() throws {
    #expect(reason(try Fixture.data("ct.dcm"), frame: 3) == .noSuchFrame(3, count: 1))
    var file = try Fixture.data("ct.dcm")
    let bits = try #require(file.firstRange(of: Data([0x28, 0, 0, 1, 0x55, 0x53, 2, 0, 16, 0])))
    file[bits.upperBound - 2] = 24
    let told = reason(file)
    #expect(told == .unsupported("its Bits Allocated (0028,0100)"), "\(told as Any)")
  }

  /// The two bytes of an element of DICOM, little-endian with explicit representation.
  private func dicom(_ name: String, _ tag: [UInt8], _ value: UInt16) throws -> Data {
    var file = try Fixture.data(name)
    let place = try #require(file.firstRange(of: Data(tag + Array("US".utf8)))).upperBound + 2
    file.replaceSubrange(place..<place + 2, with: [UInt8(value & 255), UInt8(value >> 8)])
    return file
  }

  @Test("a DICOM header that its pixels contradict is refused")
  func contradictions() throws {
    let rows: [UInt8] = [0x28, 0, 0x10, 0]
    #expect(
      reason(try dicom("ct.dcm", rows, 200))
        == .truncated("Pixel Data (7FE0,0010) is shorter than its frames"))
    #expect(
      reason(try dicom("j2k.dcm", rows, 18))
        == .corrupt("header and JPEG 2000 data contradict each other"))
    #expect(
      reason(try dicom("palette.dcm", [0x28, 0, 0x01, 0x11], 60_000))
        == .invalid("Palette Color Lookup Table Data (0028,1201) to (0028,1223)"))
  }

  /// A MedMNIST archive of stored arrays with a text in it replaced, and no checksums.
  private func medMNIST(_ old: String, _ new: String, _ read: (MedMNIST) throws -> Void) throws
    -> ImageError.Reason?
  {
    var file = try Fixture.data("stored.npz")
    let padded = old.padding(toLength: new.utf8.count, withPad: " ", startingAt: 0)
    #expect(file.firstRange(of: Data(padded.utf8)) != nil)
    for place in file.ranges(of: Data(padded.utf8)).reversed() {
      file.replaceSubrange(place, with: Data(new.utf8))
    }
    for entry in file.ranges(of: Data("PK\u{1}\u{2}".utf8)) {
      file.replaceSubrange(entry.lowerBound + 16..<entry.lowerBound + 20, with: Data(count: 4))
    }
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("archive-\(UUID().uuidString).npz")
    try file.write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    let archive = try MedMNIST(url)
    return #expect(throws: ImageError.self) { try read(archive) }?.reason
  }

  @Test(
    "an array in an archive that makes no sense is refused by what is wrong with it",
    arguments: [
      ("NUMPY", "NUMPX", .corrupt("an array without NumPy's magic word")),
      ("'|u1'", "'|O1'", .unsupported("elements that are no numbers")),
      ("'|u1'", "'|u9'", .unsupported("elements of type u9")),
      ("(5, 8, 8, 3)", "(9, 8, 8, 3)", .truncated("within an array")),
      ("(5, 8, 8, 3), }", "(99999999, 99999999), }", .corrupt("the shape of an array")),
      ("NUMPY\u{1}\0v\0", "NUMPY\u{1}\0v\u{7f}", .truncated("within an array's header")),
    ] as [(String, String, ImageError.Reason)])
  func arrays(old: String, new: String, expected: ImageError.Reason) throws {
    #expect(try medMNIST(old, new) { _ = try $0.images(.train) } == expected)
  }

  @Test("labels of an archive are numbers by image")
  func labels() throws {
    #expect(
      try medMNIST("(3, 2), }", "(3, 2, 1), }") { _ = try $0.labels(.test) }
        == .unsupported("labels that are no [N, L]"))
  }

  @Test("an archive is no image, and arrays in it are told apart by what is wrong")
  func archives() throws {
    #expect(
      reason(try Fixture.data("types.npz"))
        == .unsupported("an archive of arrays; read it with NPZReader"))
    let archive = try NPZReader(Fixture.url("types.npz"))
    let missing = #expect(throws: ImageError.self) { try archive.array("none") }
    #expect(missing?.reason == .missing("the array 'none'"))
    #expect(missing?.place == Fixture.url("types.npz").path)
    let flat = #expect(throws: ImageError.self) { try archive.array("i8").image(0) }
    #expect(
      flat?.reason
        == .unsupported("an array that is no [N, height, width] or [N, height, width, 3]"))
    let images = try MedMNIST(Fixture.url("stored.npz")).images(.train)
    let beyond = #expect(throws: ImageError.self) { try images.image(5) }
    #expect(beyond?.reason == .noSuchFrame(5, count: 5))
  }

  @Test("writers refuse samples that their formats do not have")
  func writers() {
    let image = ImageBuffer(
      height: 1, width: 1, sample: .float32, photometric: .grey, bytes: [0, 0, 0, 0])
    for encode in [{ try PNGWriter.encode(image) }, { try JPEGWriter.encode(image) }] {
      let error = #expect(throws: ImageError.self) { try encode() }
      #expect(error?.code == "unsupported" && error?.what.contains("samples") == true)
      #expect(error?.remedy != nil)
    }
  }
}
