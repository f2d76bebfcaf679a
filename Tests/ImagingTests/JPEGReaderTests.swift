import Imaging
import Testing

@Suite struct JPEGReaderTests {
  @Test(
    "pixels equal Pillow's to a level",
    arguments: ["grey", "rgb", "rgb-444", "progressive", "cmyk"])
  func pixels(name: String) throws {
    let image = try Fixture.image(name + ".jpg")
    let expected = try Fixture.numbers(name + ".jpg")
    #expect(largestDifference(image.floats(), expected) <= jpegLevel)
  }

  @Test("every orientation of EXIF is applied", arguments: 1...8)
  func orientation(code: Int) throws {
    let image = try Fixture.image("exif\(code).jpg")
    #expect((image.height > image.width) == (code > 4))
    let expected = try Fixture.numbers("exif\(code).jpg")
    #expect(largestDifference(image.floats(), expected) <= jpegLevel)
  }

  @Test(
    "a smaller image is decoded where that is enough", arguments: [(18, 19), (9, 10), (37, 37)])
  func scaled(enough: Int, height: Int) throws {
    var options = ReadOptions()
    options.enough = enough
    #expect(try Fixture.image("rgb.jpg", options: options).height == height)
  }

  @Test("a thumbnail comes back as it was, but for the loss")
  func roundTrip() throws {
    let image = try Fixture.image("rgb8.png")
    let back = try ImageReader.read(data: JPEGWriter.encode(image, quality: 98))
    #expect(back.shape == image.shape)
    let sum = zip(back.floats(), image.floats()).reduce(0) { $0 + abs($1.0 - $1.1) }
    #expect(sum / Float(image.sampleCount) < 3)
  }

  @Test("16 bits are refused")
  func deep() throws {
    let image = try Fixture.image("grey16.png")
    #expect(throws: ImageError.self) { try JPEGWriter.encode(image) }
  }
}
