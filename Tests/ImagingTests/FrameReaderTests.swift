import Foundation
import Imaging
import Testing

@Suite struct FrameReaderTests {
  @Test(
    "each frame alone is that of the whole, with all that is known of it",
    arguments: [
      "frames.dcm", "bits.dcm", "rle-frames.dcm", "jpeg.dcm", "enhanced.dcm", "uneven.dcm",
      "time.nii", "qform.nii.gz", "rgb8.png", "rgb.jpg",
    ])
  func frames(name: String) throws {
    let whole = try Fixture.image(name)
    let reader = try FrameReader(Fixture.url(name))
    #expect(reader.frameCount == whole.frames)
    // Forwards, and backwards once more.
    for index in Array(0..<whole.frames) + (0..<whole.frames).reversed() {
      #expect(try reader.frame(index) == whole.frame(index))
    }
  }

  @Test("a frame that is not there is told, in formats without frames too")
  func beyond() throws {
    for name in ["frames.dcm", "time.nii", "rgb8.png", "rgb.jpg"] {
      let reader = try FrameReader(Fixture.url(name))
      let error = #expect(throws: ImageError.self) { try reader.frame(reader.frameCount) }
      #expect(error?.reason == .noSuchFrame(reader.frameCount, count: reader.frameCount))
      #expect(error?.place == Fixture.url(name).path)
    }
  }

  @Test("further volumes of a series lie where the first does")
  func volumes() throws {
    let series = try Fixture.image("time.nii")
    #expect(series.frames == 8)
    #expect(series.frame(5).geometry == series.frame(1).geometry)
    #expect(series.frame(5).geometry != series.frame(0).geometry)
  }
}
