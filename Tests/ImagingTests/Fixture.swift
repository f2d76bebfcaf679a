import Base
import Foundation
import Imaging

/// Files of `Tests/Fixtures/imaging`, made by `make-imaging.py`.
enum Fixture {
  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Fixtures/imaging")

  static func url(_ name: String) -> URL { folder.appendingPathComponent(name) }

  static func data(_ name: String) throws -> Data { try Data(contentsOf: url(name)) }

  static func image(_ name: String, options: ReadOptions = ReadOptions()) throws -> ImageBuffer {
    try ImageReader.read(url(name), options: options)
  }

  /// The bytes of `NAME.npy` behind its header, and the header's words.
  static func expected(_ name: String) throws -> (header: String, bytes: [UInt8]) {
    let file = [UInt8](try data(name + ".npy"))
    let length = Int(file[8]) | Int(file[9]) << 8
    return (String(decoding: file[10..<10 + length], as: UTF8.self), Array(file[(10 + length)...]))
  }

  /// The numbers of `NAME.npy`, for types that `ArrayFile` reads.
  static func numbers(_ name: String) throws -> [Float] {
    try ArrayFile(url(name + ".npy")).floats()
  }

  /// Whether an image is `NAME.npy`, in type, shape and every bit.
  static func equals(_ image: ImageBuffer, _ name: String) throws -> Bool {
    let (header, bytes) = try expected(name)
    let shape = image.arrayShape.map(String.init).joined(separator: ", ")
    return header.contains("(\(shape))") && header.contains(image.sample.code + "'")
      && image.bytes == bytes
  }

  /// An image out of a `.npy` of `[height, width]` or `[height, width, 3]`.
  static func picture(_ name: String) throws -> ImageBuffer {
    let array = try ArrayFile(url(name + ".npy"))
    let channels = array.shape.count == 3 ? 3 : 1
    return ImageBuffer(
      height: array.shape[0], width: array.shape[1], channels: channels,
      sample: array.type == .float32 ? .float32 : .uint8,
      photometric: channels == 3 ? .rgb : .grey, bytes: Array(array.bytes))
  }
}

/// The largest difference between numbers that belong together.
func largestDifference(_ a: [Float], _ b: [Float]) -> Float {
  a.count == b.count ? zip(a, b).map { abs($0 - $1) }.max() ?? 0 : .infinity
}

/// The largest difference of two JPEG decoders, in grey levels: the standard leaves the rounding
/// of the inverse transform open.
let jpegLevel: Float = 1
