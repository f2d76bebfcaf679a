import Base
import Imaging
import Testing

/// Tables of values, and what differs from frame to frame.
@Suite struct DICOMValuesTests {
  @Test("a Modality LUT gives pydicom's values")
  func modalityTable() throws {
    let image = try Fixture.image("modality-table.dcm")
    #expect(image.modalityLUT?.first == 50 && image.modalityLUT?.entries.count == 3000)
    #expect(try Fixture.equals(image.modality(), "modality-table-physical"))
  }

  @Test("the first VOI LUT goes before windows and gives pydicom's levels")
  func voiTable() throws {
    let image = try Fixture.image("voi-table.dcm")
    #expect(image.windows.count == 1 && image.voiLUT?.bits == 12)
    let expected = try Fixture.numbers("voi-table-levels")
    #expect(largestDifference(image.display8().floats(), expected) <= 0.501)  // whole levels
    let window = image.display8(window: Window(from: 0, to: 4095))
    #expect(window.bytes != image.display8().bytes)
  }

  @Test("values below, above and between a table's entries")
  func lookUp() {
    let table = LookupTable(first: -2, entries: [10, 20, 40], bits: 8)
    #expect([-9, -2, -1.5, -1, 0, 7].map { table[$0] } == [10, 10, 10, 20, 40, 40])
    #expect(table.brightness(0) == 40.0 / 255)
    #expect(table[.nan] == 10)
  }

  @Test("frames that are an even stack are one volume, as far apart as their positions say")
  func stack() throws {
    let image = try Fixture.image("enhanced.dcm")
    #expect(image.frameValues.isEmpty)
    #expect(image.spacing == Spacing(row: 0.5, column: 0.25, slice: 2.5))
    #expect(image.rescale == Rescale(slope: 2, intercept: 0))
    let affine = try #require(image.geometry?.affine)
    // Columns run to the back, rows to the feet, frames from the left (10 mm) to the right.
    #expect(affine == [0, 0, 2.5, -10, -0.25, 0, 0, 20, 0, -0.5, 0, 30])
  }

  @Test("frames that differ keep their own rescale, window and place")
  func differing() throws {
    let image = try Fixture.image("uneven.dcm")
    #expect(image.frameValues.count == 4)
    #expect(image.frame(2).rescale == Rescale(slope: 4, intercept: -20))
    #expect(image.frame(2).window?.centre == 1200)
    // 10 − 2.5 · 2 − 0.5 · 2² millimetres to the left.
    #expect(image.frame(2).geometry?.affine?[3] == -3)
    let physical = image.modality()
    for index in 0..<4 {
      let values = image.frameValues[index].rescale ?? Rescale(slope: 1, intercept: 0)
      let expected = image.floats(frame: index).map {
        $0 * Float(values.slope) + Float(values.intercept)
      }
      #expect(physical.floats(frame: index) == expected)
      #expect(image.display8().frame(index).bytes == image.frame(index).display8().bytes)
    }
  }

  @Test("what changes an image's size and sides changes the place of each frame")
  func geometry() throws {
    let image = try Fixture.image("uneven.dcm")
    let changes: [(ImageBuffer) -> ImageBuffer] = [
      { $0.resized(height: 5, width: 4) }, { $0.cropped(rows: 1..<3, columns: 2..<5) },
      { $0.transposed() }, { $0.mirrored(rows: true, columns: true) },
    ]
    for change in changes {
      let changed = change(image)
      for index in 0..<4 {
        #expect(changed.frame(index).geometry == change(image.frame(index)).geometry)
      }
    }
  }

  @Test("frames that differ are cut along another axis by their physical values")
  func slicing() throws {
    let image = try Fixture.image("uneven.dcm")
    let cut = image.sliced(along: .rows)
    #expect(cut.shape == [9, 4, 11, 1] && cut.geometry == nil && cut.rescale == nil)
    #expect(cut.floats(frame: 3)[2 * 11 + 5] == image.modality().floats(frame: 2)[3 * 11 + 5])
  }
}
