import Foundation
import Imaging
import Testing

@Suite("Masks as NIfTI") struct NIfTIWriterTests {
  private let mask = ImageBuffer(
    frames: 3, height: 5, width: 4, photometric: .labels, bytes: (0..<60).map { UInt8($0) })

  @Test("size, classes, affine map and distances come back")
  func roundTrip() throws {
    let geometry = Geometry(
      spacing: Spacing(row: 0.75, column: 0.5, slice: 2.5),
      affine: [-0.5, 0, 0, 90, 0, -0.75, 0, 126, 0, 0, 2.5, -72])
    let read = try ImageReader.read(data: NIfTIWriter.encode(mask: mask, geometry: geometry))
    #expect(read.shape == mask.shape && read.bytes == mask.bytes && read.sample == .uint8)
    #expect(read.geometry == geometry)
    #expect(read.rescale == nil)
  }

  @Test("without a place there are only distances of a millimetre")
  func nowhere() throws {
    let read = try ImageReader.read(data: NIfTIWriter.encode(mask: mask, geometry: nil))
    #expect(read.geometry?.spacing == Spacing(row: 1, column: 1, slice: 1))
  }

  @Test("colours and sides that the format cannot hold are refused")
  func refused() throws {
    let colours = ImageBuffer(
      height: 1, width: 1, channels: 3, photometric: .rgb, bytes: [1, 2, 3])
    #expect(throws: ImageError.self) { try NIfTIWriter.encode(mask: colours, geometry: nil) }
    let long = ImageBuffer(
      height: 1, width: 40_000, photometric: .labels, bytes: Array(repeating: 0, count: 40_000))
    #expect(throws: ImageError.self) { try NIfTIWriter.encode(mask: long, geometry: nil) }
  }
}
