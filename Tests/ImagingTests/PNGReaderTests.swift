import Base
import Foundation
import Imaging
import Testing

@Suite struct PNGReaderTests {
  @Test(
    "pixels equal Pillow's",
    arguments: [
      "grey1", "grey2", "grey4", "grey8", "grey16", "rgb8", "rgb16", "rgba8", "grey-alpha8",
      "palette4", "palette8", "interlaced",
    ])
  func pixels(name: String) throws {
    #expect(try Fixture.equals(Fixture.image(name + ".png"), name + ".png"))
  }

  @Test("class numbers stay as stored", arguments: ["grey1", "grey2", "grey4", "palette4"])
  func labels(name: String) throws {
    let mask = try Fixture.image(name + ".png", options: .labels)
    #expect(mask.photometric == .labels)
    #expect(try Fixture.equals(mask, name + "-labels.png"))
  }

  @Test("a mask in colours is refused")
  func colouredMask() throws {
    let error = #expect(throws: ImageError.self) {
      try Fixture.image("rgb8.png", options: .labels)
    }
    #expect(error?.code == "unsupported")
  }

  @Test("a header that promises more than the file can hold is refused before decoding")
  func bomb() throws {
    var file = try Fixture.data("grey8.png")
    // Width and height of 30,000; the header's checksum is made to fit.
    file.replaceSubrange(16..<24, with: [0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30])
    file.replaceSubrange(29..<33, with: checksum(file[12..<29]))
    let error = #expect(throws: ImageError.self) { try ImageReader.read(data: file) }
    #expect(error?.code == "truncated")
  }

  @Test("more samples than the limit are refused")
  func limit() {
    var options = ReadOptions()
    options.sampleLimit = 100
    let error = #expect(throws: ImageError.self) {
      try Fixture.image("grey8.png", options: options)
    }
    #expect(error?.reason == .tooLarge(limit: 100))
  }

  @Test("the error names the place and no more")
  func place() throws {
    let error = #expect(throws: ImageError.self) {
      try ImageReader.read(data: Fixture.data("grey8.png").prefix(60), place: "item 7")
    }
    #expect(
      error?.description == """
        error: the PNG file is cut short: the file ends within its chunks
          at:  item 7
          fix: copy the file again from where it came
        """)
  }

  /// CRC-32, bit by bit.
  private func checksum(_ bytes: Data) -> [UInt8] {
    var crc: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc >> 1 ^ (crc & 1 == 1 ? 0xEDB8_8320 : 0) }
    }
    return (0..<4).map { UInt8(truncatingIfNeeded: ~crc >> (24 - 8 * UInt32($0))) }
  }
}
