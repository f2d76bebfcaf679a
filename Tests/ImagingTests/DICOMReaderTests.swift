import Base
import Foundation
import Imaging
import Testing

@Suite struct DICOMReaderTests {
  @Test(
    "stored pixels equal pydicom's",
    arguments: [
      "ct", "implicit", "big", "big-rgb", "big-rgb-words", "big32", "little32", "deflated",
      "inverted", "rgb", "planar", "ybr", "ybr422", "frames", "bits", "palette", "rle", "rle-rgb",
      "rle-frames", "j2k", "j2k-rgb", "modality-table", "voi-table", "enhanced", "uneven",
    ])
  func lossless(name: String) throws {
    #expect(try Fixture.equals(Fixture.image(name + ".dcm"), name + ".dcm"))
  }

  @Test("lossy pixels equal pydicom's but for rounding", arguments: ["jpeg", "jpeg-ybr"])
  func lossy(name: String) throws {
    let image = try Fixture.image(name + ".dcm")
    let found = (0..<image.frames).flatMap { image.floats(frame: $0) }
    let expected = try Fixture.numbers(name + ".dcm")
    // The inverse transform and the conversion of colours round one after the other.
    #expect(largestDifference(found, expected) <= 2 * jpegLevel)
    let sum = zip(found, expected).reduce(0) { $0 + abs($1.0 - $1.1) }
    #expect(sum / Float(found.count) <= 0.1)
  }

  @Test("one frame is that of the whole", arguments: ["frames", "bits", "rle-frames", "jpeg"])
  func frame(name: String) throws {
    var options = ReadOptions()
    options.frame = 1
    let whole = try Fixture.image(name + ".dcm")
    #expect(try Fixture.image(name + ".dcm", options: options).bytes == whole.frame(1).bytes)
  }

  @Test("physical values equal pydicom's")
  func modality() throws {
    let image = try Fixture.image("ct.dcm")
    #expect(image.rescale == Rescale(slope: 1.5, intercept: -24))
    #expect(try image.modality().floats() == Fixture.numbers("ct-modality"))
  }

  @Test(
    "every window function equals pydicom's",
    arguments: [
      ("linear", Window.Shape.linear),
      ("linear_exact", .exact), ("sigmoid", .sigmoid),
    ])
  func window(name: String, shape: Window.Shape) throws {
    let image = try Fixture.image("ct.dcm")
    #expect(image.windows.map(\.width) == [400, 1500])
    let window = Window(centre: 40, width: 400, shape: shape)
    let found = image.display8(window: window).floats()
    let expected = try Fixture.numbers("ct-\(name)").map { $0 * 255 }
    #expect(largestDifference(found, expected) <= 0.501)  // rounding to whole levels
  }

  @Test("a palette is kept beside the entries and applied for display")
  func palette() throws {
    let image = try Fixture.image("palette.dcm")
    #expect(image.photometric == .palette)
    #expect(try Fixture.equals(image.display8(), "palette-rgb"))
  }

  @Test("MONOCHROME1 is turned for display only")
  func inverted() throws {
    let (inverted, plain) = try (Fixture.image("inverted.dcm"), Fixture.image("implicit.dcm"))
    #expect(inverted.bytes == plain.bytes)
    let window = Window(centre: 2048, width: 4096)
    let pairs = zip(inverted.display8(window: window).bytes, plain.display8(window: window).bytes)
    #expect(pairs.allSatisfy { abs(Int($0) + Int($1) - 255) <= 1 })
  }

  @Test("the place in the patient is in millimetres, right to left and back to front")
  func geometry() throws {
    let geometry = try #require(try Fixture.image("ct.dcm").geometry)
    #expect(geometry.spacing == Spacing(row: 0.7, column: 0.8, slice: 2.5))
    #expect(geometry.affine == [-0.8, 0, 0, 100, 0, -0.7, 0, 90, 0, 0, 2.5, 30])
  }

  @Test("a missing element is named")
  func missing() throws {
    // Rows becomes an element that nobody knows.
    let file = try replacing([0x28, 0, 0x10, 0], with: [0x28, 0, 0x12, 0], in: "ct.dcm")
    let error = #expect(throws: ImageError.self) { try ImageReader.read(data: file) }
    #expect(error?.reason == .missing("Rows (0028,0010)"))
  }

  @Test("a number that is none stops the file")
  func invalid() throws {
    let file = try replacing(Array("-24".utf8), with: Array("nan".utf8), in: "ct.dcm")
    let error = #expect(throws: ImageError.self) { try ImageReader.read(data: file) }
    #expect(error?.reason == .invalid("Rescale Intercept (0028,1052)"))
  }

  @Test("a transfer syntax that is not read is named as in the standard")
  func syntax() throws {
    let file = try replacing(
      Array("1.2.840.10008.1.2.5".utf8), with: Array("1.2.840.10008.1.2.9".utf8), in: "rle.dcm")
    let error = #expect(throws: ImageError.self) { try ImageReader.read(data: file) }
    #expect(error?.code == "unsupported-transfer-syntax")
  }

  @Test("a file without pixels says so")
  func noPixels() throws {
    let file = try replacing([0xE0, 0x7F, 0x10, 0], with: [0xE0, 0x7F, 0x12, 0], in: "ct.dcm")
    let error = #expect(throws: ImageError.self) { try ImageReader.read(data: file) }
    #expect(error?.reason == .noPixels)
  }

  @Test("no error repeats what stands in the header")
  func privacy() throws {
    let file = try Fixture.data("ct.dcm")
    for length in stride(from: 150, to: file.count, by: 7) {
      do {
        _ = try ImageReader.read(data: file.prefix(length), place: "item")
      } catch {
        #expect(!"\(error)".contains("lanted") && !"\(error)".contains("PLANTED"))
      }
    }
  }

  private func replacing(
    _ old: [UInt8], with new: [UInt8], in name: String
  ) throws -> Data {
    var file = try Fixture.data(name)
    let range = try #require(file.range(of: Data(old)))
    file.replaceSubrange(range, with: new)
    return file
  }
}
