import Base
import Imaging
import Testing

@Suite struct ResamplingTests {
  static let sizes = [(16, 16), (20, 90), (128, 128)]

  @Test("8-bit images equal Pillow's, bit for bit", arguments: ["grey", "colour", "noise"], sizes)
  func bytes(name: String, size: (Int, Int)) throws {
    let image = try Fixture.picture("resize-" + name)
    for filter in Resampling.allCases {
      let resized = image.resized(height: size.0, width: size.1, filter)
      let expected = "resize-\(name)-\(filter.rawValue)-\(size.0)x\(size.1)"
      #expect(try Fixture.equals(resized, expected), "\(filter)")
    }
  }

  @Test("real images equal Pillow's but for rounding", arguments: sizes)
  func reals(size: (Int, Int)) throws {
    let image = try Fixture.picture("resize-real")
    for filter in Resampling.allCases {
      let resized = image.resized(height: size.0, width: size.1, filter)
      let expected = try Fixture.numbers("resize-real-\(filter.rawValue)-\(size.0)x\(size.1)")
      #expect(largestDifference(resized.floats(), expected) < 0.01)  // float32 sums up to 5000
    }
  }

  @Test("nearest equals Pillow's")
  func nearest() throws {
    let mask = try Fixture.picture("resize-labels")
    let resized = mask.resizedToNearest(height: 30, width: 20)
    #expect(try Fixture.equals(resized, "resize-labels-nearest-30x20"))
  }

  @Test("a class wins by area, the smaller number of equals")
  func majority() {
    let mask = ImageBuffer(
      height: 2, width: 6, photometric: .labels, bytes: [3, 3, 1, 2, 0, 5, 3, 0, 2, 1, 5, 5])
    let half = mask.resized(height: 1, width: 3)
    #expect(half.bytes == [3, 1, 5])
    // A third of a new pixel is the 2, two thirds the 1.
    let row = ImageBuffer(height: 1, width: 3, photometric: .labels, bytes: [1, 2, 2])
    #expect(row.resized(height: 1, width: 2).bytes == [1, 2])
    #expect(half.resized(height: 2, width: 6).bytes == [3, 3, 1, 1, 5, 5, 3, 3, 1, 1, 5, 5])
  }

  @Test("16 bits stay 16 bits")
  func deep() throws {
    let image = try Fixture.image("grey16.png")
    let resized = image.resized(height: 7, width: 9)
    #expect(resized.sample == .uint16)
    #expect(resized.floats().max().map { $0 > 255 } == true)
  }

  @Test("a constant image stays constant", arguments: Resampling.allCases)
  func constant(filter: Resampling) {
    let image = ImageBuffer(
      height: 13, width: 17, photometric: .grey, bytes: [UInt8](repeating: 77, count: 221))
    #expect(image.resized(height: 5, width: 40, filter).bytes.allSatisfy { $0 == 77 })
  }

  @Test("edges stay in their place when pixels grow")
  func geometry() throws {
    var image = try Fixture.image("ct.dcm")
    let before = try #require(image.geometry?.affine)
    let (height, width) = (Double(image.height), Double(image.width))
    image = image.resized(height: 8, width: 4)
    let geometry = try #require(image.geometry)
    let after = try #require(geometry.affine)
    #expect(abs(geometry.spacing.row - 0.7 * height / 8) < 1e-9)
    for axis in 0..<3 {
      let old = before[axis * 4 + 3] - (before[axis * 4] + before[axis * 4 + 1]) / 2
      let new = after[axis * 4 + 3] - (after[axis * 4] + after[axis * 4 + 1]) / 2
      #expect(abs(old - new) < 1e-9)
    }
    #expect(abs(after[0] - before[0] * width / 4) < 1e-9)
  }

  @Test("a letterbox keeps the aspect and can be undone")
  func letterbox() throws {
    let image = try Fixture.picture("resize-colour")
    let (boxed, placement) = image.letterboxed(height: 64, width: 128, with: 9)
    #expect(boxed.shape == [1, 64, 128, 3])
    #expect(placement.rows == 0..<64 && placement.columns == 39..<88)
    #expect(boxed.bytes[0] == 9)
    let inner = boxed.cropped(rows: placement.rows, columns: placement.columns)
    #expect(inner.bytes == image.resized(height: 64, width: 49).bytes)
  }
}
