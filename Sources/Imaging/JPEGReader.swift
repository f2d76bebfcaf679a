import CImaging

/// JPEG through libjpeg-turbo: baseline and progressive, grey, RGB, CMYK and YCCK; the orientation
/// in EXIF is applied, nothing else of the metadata is read.
enum JPEGReader {
  static func read(
    _ bytes: UnsafeRawBufferPointer, _ options: ReadOptions
  ) throws -> ImageBuffer {
    let data = bytes.assumingMemoryBound(to: UInt8.self).baseAddress
    var handle: OpaquePointer?
    var info = ci_jpeg_info()
    try checked(.jpeg) { ci_jpeg_open(data, bytes.count, &handle, &info, $0) }
    defer { ci_jpeg_close(handle) }
    let full = [Int(info.height), Int(info.width), Int(info.channels)]
    _ = try sampleCount(full, limit: options.sampleLimit, format: .jpeg)
    let denominator = scale(full[0], full[1], enough: options.enough)
    try checked(.jpeg) { ci_jpeg_scale(handle, denominator, &info, $0) }
    let (height, width, channels) = (Int(info.height), Int(info.width), full[2])
    let size = height * width * channels
    let pixels = try [UInt8](unsafeUninitializedCapacity: size) { buffer, initialized in
      try checked(.jpeg) { ci_jpeg_read(handle, buffer.baseAddress, $0) }
      initialized = size
    }
    let image = ImageBuffer(
      height: height, width: width, channels: channels == 1 ? 1 : 3,
      photometric: channels == 1 ? .grey : .rgb,
      bytes: channels == 4 ? rgb(fromInvertedCMYK: pixels) : pixels)
    return image.turned(EXIF.orientation(bytes))
  }

  /// The largest denominator that leaves the shorter side at least `enough` long.
  private static func scale(_ height: Int, _ width: Int, enough: Int?) -> Int32 {
    guard let enough else { return 1 }
    return [8, 4, 2].first { min(height, width) / Int($0) >= max(enough, 1) } ?? 1
  }

  /// Four-component JPEGs hold their inks inverted, as Adobe writes them; the conversion is
  /// Pillow's: `channel = light − ink · light / 255`, with `light = 255 − black`.
  private static func rgb(fromInvertedCMYK pixels: [UInt8]) -> [UInt8] {
    var result = [UInt8](repeating: 0, count: pixels.count / 4 * 3)
    for pixel in 0..<pixels.count / 4 {
      let light = Int(pixels[pixel * 4 + 3])
      for channel in 0..<3 {
        let ink = 255 - Int(pixels[pixel * 4 + channel])
        let product = ink * light + 128
        result[pixel * 3 + channel] = UInt8(light - ((product >> 8) + product) >> 8)
      }
    }
    return result
  }
}
