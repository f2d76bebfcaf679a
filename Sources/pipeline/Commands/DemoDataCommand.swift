import ArgumentParser
import Base
import Foundation
import Imaging
import Pool

/// `pipeline demo-data`: slices and patches of a brain volume, for `make demo`.
///
/// Axial slices get a mask of three classes, the tissue with the larger share; patches get the
/// tissue at their centre, as candidate patches are classified in computer-aided detection. Train
/// and test are blocks of slices with ten slices between them.
struct DemoDataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo-data", abstract: "Make the demo's images.", shouldDisplay: false)

  @Option(help: "The folder of the volumes.")
  var volumes: String

  @Option(help: "Where the images go.")
  var out: String

  /// First and last slice of a block, and its split; ten slices or more lie between the splits.
  private static let blocks = [
    (30...54, "train"), (65...76, "test"), (87...111, "train"), (122...133, "test"),
  ]
  private static let patch = 32
  private static let patchesOfSlice = 12
  private static let classes = ["background", "grey-matter", "white-matter"]

  func run() throws {
    let t1 = try volume("t1"), grey = try volume("gm"), white = try volume("wm")
    let folder = URL(fileURLWithPath: out)
    var slices = ["file,mask,group,split"]
    var patches = ["file,label,group,split"]
    for (range, split) in Self.blocks {
      for z in range {
        let mask = Self.tissue(grey, white, slice: z)
        let group = "block-\(split)-\(range.lowerBound)-\((z - range.lowerBound) / 5)"
        slices.append(try write(t1.slice(z), mask, z, group, split, in: folder))
        patches += try write(patchesOf: t1.slice(z), mask, z, group, split, in: folder)
      }
    }
    try save(slices, folder.appendingPathComponent("slices/labels.csv"))
    try save(patches, folder.appendingPathComponent("patches/labels.csv"))
    print("\(slices.count - 1) slices and \(patches.count - 1) patches in \(out)")
  }

  // MARK: - Reading

  /// A volume of 8-bit voxels.
  private struct Volume {
    let image: ImageBuffer

    func slice(_ z: Int) -> [UInt8] {
      Array(image.bytes[z * image.height * image.width..<(z + 1) * image.height * image.width])
    }
  }

  private func volume(_ name: String) throws -> Volume {
    let file = URL(fileURLWithPath: volumes)
      .appendingPathComponent("mni_icbm152_\(name)_tal_nlin_sym_09a_converted.nii.gz")
    let image = try ImageReader.read(file)
    guard image.sample == .uint8, image.channels == 1, image.frames > 133 else {
      throw Diagnostic(
        "the demo's volume is not the one expected", at: file.lastPathComponent,
        fix: "delete .demo/volumes and run: make setup")
    }
    return Volume(image: image)
  }

  /// 0 where neither tissue has half of a voxel, 1 grey matter, 2 white matter.
  private static func tissue(_ grey: Volume, _ white: Volume, slice z: Int) -> ImageBuffer {
    let classes = zip(grey.slice(z), white.slice(z)).map { g, w -> UInt8 in
      max(g, w) < 128 ? 0 : (g >= w ? 1 : 2)
    }
    return ImageBuffer(
      labels: classes, height: grey.image.height, width: grey.image.width)
  }

  // MARK: - Writing

  private func write(
    _ pixels: [UInt8], _ mask: ImageBuffer, _ z: Int, _ group: String, _ split: String,
    in folder: URL
  ) throws -> String {
    let image = Self.grey(pixels, height: mask.height, width: mask.width)
    let name = "slice-\(z).png"
    try save(try PNGWriter.encode(image), folder.appendingPathComponent("slices/images/\(name)"))
    try save(try PNGWriter.encode(mask), folder.appendingPathComponent("slices/masks/\(name)"))
    return "images/\(name),masks/\(name),\(group),\(split)"
  }

  /// Patches at drawn positions of the head.
  private func write(
    patchesOf pixels: [UInt8], _ mask: ImageBuffer, _ z: Int, _ group: String, _ split: String,
    in folder: URL
  ) throws -> [String] {
    var generator = RandomKey(seed: 1).folding("patches").folding(z).generator()
    let half = Self.patch / 2
    var rows: [String] = []
    while rows.count < Self.patchesOfSlice {
      let y = Int.random(in: half..<mask.height - half, using: &generator)
      let x = Int.random(in: half..<mask.width - half, using: &generator)
      guard pixels[y * mask.width + x] > 20 else { continue }
      let crop = (y - half..<y + half).flatMap { row in
        pixels[row * mask.width + x - half..<row * mask.width + x + half]
      }
      let name = "patch-\(z)-\(rows.count).png"
      let image = Self.grey(crop, height: Self.patch, width: Self.patch)
      try save(try PNGWriter.encode(image), folder.appendingPathComponent("patches/images/\(name)"))
      let label = Self.classes[Int(mask.bytes[y * mask.width + x])]
      rows.append("images/\(name),\(label),\(group),\(split)")
    }
    return rows
  }

  private static func grey(_ pixels: [UInt8], height: Int, width: Int) -> ImageBuffer {
    ImageBuffer(
      frames: 1, height: height, width: width, channels: 1, sample: .uint8, photometric: .grey,
      bytes: pixels)
  }

  private func save(_ lines: [String], _ url: URL) throws {
    try save(Data((lines.joined(separator: "\n") + "\n").utf8), url)
  }

  private func save(_ data: Data, _ url: URL) throws {
    try Folder.create(url.deletingLastPathComponent())
    try AtomicFile.write(data, to: url)
  }
}
