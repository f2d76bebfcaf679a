import Base
import Foundation
import Imaging

/// Predicted masks on the disk: PNG, or NIfTI where the image lies in a patient or in a volume, with
/// its size, affine map and orientation.
final class MaskFolder {
  private let url: URL
  private var volume: Volume?

  /// The masks of one file whose images have not all come.
  private struct Volume {
    let name: String
    let geometry: Geometry?
    var mask: ImageBuffer
  }

  init(_ url: URL) { self.url = url }

  /// Takes the mask of an image, all images of a file one after the other.
  ///
  /// - Returns: the mask's file, relative to the folder.
  func add(_ mask: ImageBuffer, of picture: Picture, named name: String) throws -> String {
    if picture.frames == 1, picture.geometry?.affine == nil {
      try write(try PNGWriter.encode(mask), to: name + ".png")
      return name + ".png"
    }
    if volume?.name != name {
      try finish()
      var empty = mask
      empty.frames = picture.frames
      empty.bytes = [UInt8](repeating: MaskFolder.unknown, count: empty.sampleCount)
      volume = Volume(name: name, geometry: picture.geometry, mask: empty)
    }
    let first = picture.frame * mask.sampleCount
    volume?.mask.bytes.replaceSubrange(first..<first + mask.sampleCount, with: mask.bytes)
    return name + ".nii.gz"
  }

  /// Writes the last volume; images that were left out are unknown in it.
  func finish() throws {
    guard let volume else { return }
    self.volume = nil
    try write(
      try NIfTIWriter.encode(mask: volume.mask, geometry: volume.geometry),
      to: volume.name + ".nii.gz")
  }

  private static let unknown: UInt8 = 255

  private func write(_ bytes: Data, to name: String) throws {
    let file = url.appendingPathComponent(name)
    try Folder.create(file.deletingLastPathComponent())
    try AtomicFile.write(bytes, to: file)
  }
}
