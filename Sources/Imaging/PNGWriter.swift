import CImaging
public import Foundation

/// Encodes PNG: 8 and 16 bits, grey, RGB and class numbers; no metadata.
public enum PNGWriter {
  /// The bytes of a PNG file of one frame.
  ///
  /// - Parameters:
  ///   - image: samples of 8 or 16 unsigned bits; class numbers may get colours.
  ///   - frame: which frame.
  ///   - colours: RGB of each class, at most 256; the image must then be 8-bit class numbers, all of
  ///     them below the number of colours.
  ///   - level: effort of compression, 0 to 9.
  /// - Returns: the file.
  /// - Throws: `ImageError` where samples are of another type.
  public static func encode(
    _ image: ImageBuffer, frame: Int = 0, colours: [[UInt8]]? = nil, level: Int = 6
  ) throws -> Data {
    guard image.sample == .uint8 || image.sample == .uint16 else {
      throw ImageError(.unsupported("\(image.sample.rawValue) samples"), format: .png)
    }
    let one = image.frames == 1 ? image : image.frame(frame)
    let palette = colours.map { $0.flatMap { $0 } }
    if let colours {
      try check(one, colours)
    }
    return try write(one, palette: palette, level: level)
  }

  private static func check(_ image: ImageBuffer, _ colours: [[UInt8]]) throws {
    let isFit = image.sample == .uint8 && image.channels == 1 && colours.count <= 256
    guard isFit, colours.allSatisfy({ $0.count == 3 }),
      image.bytes.allSatisfy({ Int($0) < colours.count })
    else { throw ImageError(.unsupported("class numbers without a colour"), format: .png) }
  }

  private static func write(
    _ image: ImageBuffer, palette: [UInt8]?, level: Int
  ) throws -> Data {
    try image.bytes.withUnsafeBufferPointer { pixels in
      try (palette ?? []).withUnsafeBufferPointer { table in
        var source = ci_png_source()
        source.pixels = pixels.baseAddress
        (source.width, source.height) = (UInt32(image.width), UInt32(image.height))
        source.channels = Int32(image.channels)
        source.bits = Int32(image.sample.byteCount * 8)
        source.level = Int32(level)
        source.palette = palette == nil ? nil : table.baseAddress
        source.palette_count = Int32(table.count / 3)
        return try collected(.png) { ci_png_write(&source, $0, $1) }
      }
    }
  }
}

/// Takes over the bytes that the C layer made.
func collected(
  _ format: ImageFormat,
  _ body: (UnsafeMutablePointer<ci_bytes>, UnsafeMutablePointer<ci_message>) -> Int32
) throws -> Data {
  var bytes = ci_bytes()
  try checked(format) { body(&bytes, $0) }
  defer { ci_bytes_free(&bytes) }
  return bytes.bytes.map { Data(bytes: $0, count: bytes.count) } ?? Data()
}
