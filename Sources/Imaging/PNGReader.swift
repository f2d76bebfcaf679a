import CImaging

/// PNG through libpng: 1 to 16 bits, grey, RGB, palette, interlaced.
///
/// Alpha is dropped, not composited: the colours are those stored, as Pillow's `convert("RGB")`.
/// Palettes become RGB, and greys of 1, 2 and 4 bits are spread over 0...255, unless class numbers
/// are asked for. Gamma and colour profiles are not applied. Checksums are verified to the end.
enum PNGReader {
  /// Deflate cannot shrink by more; a header that promises more pixels is refused unread.
  private static let deflateRatio = 1032

  static func read(
    _ bytes: UnsafeRawBufferPointer, _ options: ReadOptions
  ) throws -> ImageBuffer {
    let data = bytes.assumingMemoryBound(to: UInt8.self).baseAddress
    var handle: OpaquePointer?
    var info = ci_png_info()
    try checked(.png) {
      ci_png_open(data, bytes.count, options.asLabels ? 1 : 0, &handle, &info, $0)
    }
    defer { ci_png_close(handle) }
    let shape = [Int(info.height), Int(info.width), Int(info.channels)]
    let count = try sampleCount(shape, limit: options.sampleLimit, format: .png)
    if count / 8 * Int(info.stored_bits) / deflateRatio > bytes.count * 3 + 1024 {
      throw ImageError(.truncated("fewer bytes than the smallest such image"), format: .png)
    }
    let size = count * Int(info.bits) / 8
    let pixels = try [UInt8](unsafeUninitializedCapacity: size) { buffer, initialized in
      try checked(.png) { ci_png_read(handle, buffer.baseAddress, $0) }
      initialized = size
    }
    return ImageBuffer(
      height: shape[0], width: shape[1], channels: shape[2],
      sample: info.bits == 16 ? .uint16 : .uint8, photometric: shape[2] == 1 ? .grey : .rgb,
      bytes: pixels)
  }
}
