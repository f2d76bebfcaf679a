import Foundation
import Imaging
import Testing

@Suite struct ImageBufferTests {
  @Test("what is at hand knows its shape")
  func shape() throws {
    let image = try Fixture.image("rle-frames.dcm")
    #expect(image.shape == [3, 19, 23, 1])
    #expect(image.arrayShape == [3, 19, 23])
    #expect(image.sampleCount == 3 * 19 * 23)
  }

  @Test("the same pixels out of another file are the same item")
  func identity() throws {
    let (plain, packed) = try (Fixture.image("implicit.dcm"), Fixture.image("rle.dcm"))
    #expect(plain.contentHash() == packed.contentHash())
    #expect(plain.contentHash() != (try Fixture.image("inverted.dcm").contentHash()))
    #expect(plain.contentHash() != plain.transposed().contentHash())
    #expect(plain.contentHash().count == 64)
  }

  @Test("four quarter turns are none", arguments: 1...8)
  func turning(orientation: Int) throws {
    let image = try Fixture.image("rgb8.png")
    let undo = [1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 8, 7: 7, 8: 6]
    #expect(image.turned(orientation).turned(undo[orientation] ?? 1) == image)
  }

  @Test("a 16-bit image is shown between its percentiles")
  func percentiles() {
    let values: [UInt16] = (0..<1000).map { 4000 + $0 }
    let bytes = values.withUnsafeBytes { Array($0) }
    let image = ImageBuffer(
      height: 20, width: 50, sample: .uint16, photometric: .grey, bytes: bytes)
    #expect(image.percentileWindow() == Window(from: 4005, to: 4994))
    let shown = image.display8()
    #expect(shown.sample == .uint8)
    #expect(shown.bytes.first == 0 && shown.bytes.last == 255)
  }

  @Test("8 bits without a window are shown as they are")
  func plain() throws {
    let image = try Fixture.image("grey8.png")
    #expect(image.display8().bytes == image.bytes)
  }

  @Test("an array that is written is a NumPy file")
  func npy() throws {
    let image = try Fixture.image("big.dcm")
    #expect(image.npy() == (try Fixture.data("big.dcm.npy")))
  }

  @Test("what is no image is said to be none")
  func unknown() {
    for text in ["", "hello, this is a text file that is long enough"] {
      let error = #expect(throws: ImageError.self) { try ImageReader.read(data: Data(text.utf8)) }
      #expect(error?.reason == .unknownFormat)
    }
  }
}
