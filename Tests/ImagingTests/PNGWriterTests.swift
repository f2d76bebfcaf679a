import Imaging
import Testing

@Suite struct PNGWriterTests {
  @Test("what is written comes back", arguments: [1, 3], [ImageBuffer.Sample.uint8, .uint16])
  func roundTrip(channels: Int, sample: ImageBuffer.Sample) throws {
    let count = 5 * 7 * channels * sample.byteCount
    let image = ImageBuffer(
      height: 5, width: 7, channels: channels, sample: sample,
      photometric: channels == 1 ? .grey : .rgb,
      bytes: (0..<count).map { UInt8(truncatingIfNeeded: $0 * 37 + 11) })
    #expect(try ImageReader.read(data: PNGWriter.encode(image)) == image)
  }

  @Test("class numbers keep their values whatever their colours")
  func labels() throws {
    let mask = ImageBuffer(height: 2, width: 3, photometric: .labels, bytes: [0, 1, 2, 2, 1, 0])
    let colours: [[UInt8]] = [[0, 0, 0], [255, 0, 0], [0, 255, 0]]
    let file = try PNGWriter.encode(mask, colours: colours)
    #expect(try ImageReader.read(data: file, options: .labels) == mask)
    let picture = try ImageReader.read(data: file)
    #expect(picture.channels == 3)
    #expect(Array(picture.bytes.prefix(6)) == [0, 0, 0, 255, 0, 0])
  }

  @Test("a class without a colour is refused")
  func missingColour() {
    let mask = ImageBuffer(height: 1, width: 2, photometric: .labels, bytes: [0, 9])
    #expect(throws: ImageError.self) { try PNGWriter.encode(mask, colours: [[0, 0, 0]]) }
  }
}
