import CImaging
public import Foundation

/// Encodes JPEG, for thumbnails; no metadata.
public enum JPEGWriter {
  /// The bytes of a baseline JPEG file of one frame.
  ///
  /// - Parameters:
  ///   - image: 8-bit grey or RGB.
  ///   - frame: which frame.
  ///   - quality: 1 to 100.
  /// - Returns: the file.
  /// - Throws: `ImageError` where samples are of another type or a side is longer than 65,500.
  public static func encode(
    _ image: ImageBuffer, frame: Int = 0, quality: Int = 85
  ) throws -> Data {
    guard image.sample == .uint8 else {
      throw ImageError(.unsupported("\(image.sample.rawValue) samples"), format: .jpeg)
    }
    let one = image.frames == 1 ? image : image.frame(frame)
    return try one.bytes.withUnsafeBufferPointer { pixels in
      try collected(.jpeg) {
        ci_jpeg_write(
          pixels.baseAddress, UInt32(one.width), UInt32(one.height), Int32(one.channels),
          Int32(quality), $0, $1)
      }
    }
  }
}
