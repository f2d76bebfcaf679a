import Foundation
import Imaging
import Pool
import Testing

extension PipelineTests {
  /// A trained model on images in a folder.
  @Suite struct Predict {
    private static let affine: [Double] = [0, -2, 0, 10, 0.5, 0, 0, -20, 0, 0, 3, 30]

    /// A folder with a picture, a volume of three slices and a file that is no image.
    private func folder(of tiny: TinyPool) throws -> URL {
      let images = tiny.folder.appendingPathComponent("images")
      try FileManager.default.createDirectory(at: images, withIntermediateDirectories: true)
      try tiny.bytes("source/0.png").write(to: images.appendingPathComponent("picture.png"))
      var volume = ImageBuffer(
        frames: 3, height: 20, width: 24, photometric: .labels,
        bytes: (0..<3 * 20 * 24).map { UInt8($0 % 200) })
      volume.geometry = Geometry(
        spacing: Spacing(row: 2, column: 0.5, slice: 3), affine: Self.affine)
      try NIfTIWriter.encode(mask: volume, geometry: volume.geometry)
        .write(to: images.appendingPathComponent("volume.nii.gz"))
      try tiny.write("no image", to: "images/text.png")
      return images
    }

    private func lines(_ tiny: TinyPool, _ mode: PoolMode) throws -> [[String]] {
      try tiny.program.run(tiny.rounds("run", mode), ends: 0)
      let outcome = try tiny.program.run(
        [
          "predict", "--weights", tiny.folder.path + "/run", "--images", try folder(of: tiny).path,
          "--out", tiny.folder.path + "/out",
        ], ends: 2)
      #expect(outcome.errors.contains("text.png is left out"))
      return String(decoding: try tiny.bytes("out/predictions.csv"), as: UTF8.self)
        .split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
    }

    @Test("every slice of a volume has a line; its masks are one volume in the same place")
    func volume() throws {
      let tiny = try TinyPool(.segmentation)
      let lines = try lines(tiny, .segmentation)
      #expect(lines[0].prefix(5) == ["file", "frame", "mask", "height", "width"])
      #expect(
        lines.dropFirst().map { Array($0.prefix(5)) } == [
          ["picture.png", "0", "masks/picture.png", "32", "32"],
          ["volume.nii.gz", "0", "masks/volume.nii.gz", "20", "24"],
          ["volume.nii.gz", "1", "masks/volume.nii.gz", "20", "24"],
          ["volume.nii.gz", "2", "masks/volume.nii.gz", "20", "24"],
        ])
      let mask = try ImageReader.read(tiny.folder.appendingPathComponent("out/masks/volume.nii.gz"))
      #expect(mask.shape == [3, 20, 24, 1])
      #expect(mask.geometry?.affine == Self.affine)
      #expect(mask.geometry?.spacing == Spacing(row: 2, column: 0.5, slice: 3))
      // What the table says of a slice is what its mask shows.
      for frame in 0..<3 {
        let areas = (0..<2).map { label in
          mask.frame(frame).bytes.count { $0 == label }
        }
        #expect(lines[2 + frame].dropFirst(5).map { Int($0) } == areas)
      }
    }

    @Test("every slice of a volume is classified")
    func classes() throws {
      let tiny = try TinyPool(.classification)
      let lines = try lines(tiny, .classification)
      #expect(lines[0].prefix(4) == ["file", "frame", "label", "confidence"])
      #expect(lines.dropFirst().map { $0[1] } == ["0", "0", "1", "2"])
    }

    @Test("masks of a pool's items lie where their files lay, and come back as labels")
    func items() throws {
      let tiny = try TinyPool(.segmentation)
      let images = try folder(of: tiny)
      let pool = tiny.folder.appendingPathComponent("volumes").path
      try tiny.program.run(tiny.rounds("run", .segmentation), ends: 0)
      try tiny.program.run(
        [
          "import", images.path, "--pool", pool, "--mode", "segmentation", "--classes",
          "background,class 1",
        ], ends: 2)
      try tiny.program.run(
        [
          "predict", "--weights", tiny.folder.path + "/run", "--pool", pool, "--split", "all",
          "--out", tiny.folder.path + "/out",
        ], ends: 0)
      let masks = tiny.folder.appendingPathComponent("out/masks")
      let names = try FileManager.default.contentsOfDirectory(atPath: masks.path).sorted()
      #expect(names == ["0.png", "1.nii.gz", "2.nii.gz", "3.nii.gz"])
      let second = try ImageReader.read(masks.appendingPathComponent("2.nii.gz"))
      #expect(second.shape == [1, 20, 24, 1])
      // The place of the second slice: one step of 3 mm further.
      var affine = Self.affine
      affine[11] += 3
      #expect(second.geometry?.affine == affine)
      try tiny.program.run(
        ["labels", "add", masks.path, "--pool", pool, "--run", "people"], ends: 0)
    }
  }
}
