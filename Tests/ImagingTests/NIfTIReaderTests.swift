import Base
import Foundation
import Imaging
import Testing

@Suite struct NIfTIReaderTests {
  static let types = ["i1", "u1", "i2", "u2", "i4", "u4", "f4", "f8"]

  @Test("voxels equal nibabel's", arguments: types, ["little", "big"])
  func voxels(type: String, order: String) throws {
    let name = "\(order)-\(type).nii"
    #expect(try Fixture.equals(Fixture.image(name), name))
  }

  @Test("64-bit integers that fit become 32-bit ones", arguments: ["i8", "u8"], ["little", "big"])
  func wide(type: String, order: String) throws {
    let image = try Fixture.image("\(order)-\(type).nii")
    #expect(image.sample == .int32)
    #expect(try Fixture.equals(image, "little-i4.nii"))
  }

  @Test("scaling is kept beside the voxels and applied when asked")
  func scaling() throws {
    let image = try Fixture.image("scaled.nii.gz")
    #expect(try Fixture.equals(image, "scaled.nii.gz"))
    #expect(image.rescale == Rescale(slope: 0.5, intercept: -3))
    #expect(try Fixture.equals(image.modality(), "scaled-modality"))
  }

  @Test("the affine map equals nibabel's", arguments: ["scaled", "qform"])
  func affine(name: String) throws {
    let geometry = try #require(try Fixture.image(name + ".nii.gz").geometry)
    let affine = try #require(geometry.affine).map { Float($0) }
    let expected = try ArrayFile(Fixture.url(name + "-affine.npy")).floats()
    #expect(largestDifference(affine, expected) < 1e-5)  // float32 fields of the header
  }

  @Test("spacing belongs to columns, rows and slices")
  func spacing() throws {
    let spacing = try #require(try Fixture.image("qform.nii.gz").spacing)
    let found = [spacing.column, spacing.row, spacing.slice ?? 0].map { Float($0) }
    #expect(largestDifference(found, [0.9, 1.1, 2]) < 1e-6)
  }

  @Test("colours and further dimensions", arguments: ["rgb.nii", "time.nii"])
  func shapes(name: String) throws {
    #expect(try Fixture.equals(Fixture.image(name), name))
  }

  @Test("one slice is a frame of the volume, and lies where it lay")
  func slice() throws {
    var options = ReadOptions()
    options.frame = 2
    let volume = try Fixture.image("qform.nii.gz")
    let slice = try Fixture.image("qform.nii.gz", options: options)
    #expect(slice == volume.frame(2))
    let (whole, part) = try (#require(volume.geometry?.affine), #require(slice.geometry?.affine))
    for axis in 0..<3 {
      let moved = whole[axis * 4 + 3] + 2 * whole[axis * 4 + 2]
      #expect(abs(part[axis * 4 + 3] - moved) < 1e-9)
    }
    options.frame = 9
    let error = #expect(throws: ImageError.self) {
      try Fixture.image("qform.nii.gz", options: options)
    }
    #expect(error?.reason == .noSuchFrame(9, count: 4))
  }

  @Test("a voxel keeps its place along every axis", arguments: VolumeAxis.allCases)
  func slicing(axis: VolumeAxis) throws {
    let volume = try Fixture.image("scaled.nii.gz")
    let cut = volume.sliced(along: axis)
    let (i, j, k) = (4, 1, 3)
    let place =
      switch axis {
      case .frames: (column: i, row: j, frame: k)
      case .rows: (column: i, row: k, frame: j)
      case .columns: (column: j, row: k, frame: i)
      }
    let expected = volume.floats(frame: k)[j * volume.width + i]
    #expect(cut.floats(frame: place.frame)[place.row * cut.width + place.column] == expected)
    let old = try millimetres(volume, i, j, k)
    #expect(try millimetres(cut, place.column, place.row, place.frame) == old)
  }

  private func millimetres(
    _ image: ImageBuffer, _ column: Int, _ row: Int, _ frame: Int
  ) throws -> [Double] {
    let affine = try #require(image.geometry?.affine)
    let voxel = [column, row, frame].map { Double($0) }
    return (0..<3).map { axis in
      let products = (0..<3).map { affine[axis * 4 + $0] * voxel[$0] }
      // Rounded: the order of the sum differs.
      return ((products.reduce(0, +) + affine[axis * 4 + 3]) * 1e6).rounded() / 1e6
    }
  }

  @Test("complex voxels are refused by name")
  func complex() throws {
    var file = try Fixture.data("little-f4.nii")
    file[70] = 32
    let error = #expect(throws: ImageError.self) { try ImageReader.read(data: file) }
    #expect(error?.reason == .unsupported("complex voxels"))
  }
}
