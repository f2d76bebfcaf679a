/// The one thing that is read of EXIF: how the camera was held.
enum EXIF {
  /// The orientation, 1 to 8 (TIFF 6.0, tag 274); 1 where the file says nothing sensible.
  static func orientation(_ jpeg: UnsafeRawBufferPointer) -> Int {
    var offset = 2
    while offset + 4 <= jpeg.count, jpeg[offset] == 0xFF {
      let marker = jpeg[offset + 1]
      if marker == 0xFF {
        offset += 1
        continue
      }
      if marker == 0xDA || marker == 0xD9 { break }
      let length = Int(jpeg[offset + 2]) << 8 | Int(jpeg[offset + 3])
      let end = offset + 2 + length
      guard length >= 2, end <= jpeg.count else { break }
      let segment = UnsafeRawBufferPointer(rebasing: jpeg[offset + 4..<end])
      if marker == 0xE1, segment.starts(with: Array("Exif\0\0".utf8)) {
        return orientation(tiff: UnsafeRawBufferPointer(rebasing: segment.dropFirst(6))) ?? 1
      }
      offset = end
    }
    return 1
  }

  private static func orientation(tiff: UnsafeRawBufferPointer) -> Int? {
    guard tiff.count >= 8 else { return nil }
    let isBig = tiff.starts(with: Array("MM".utf8))
    guard isBig || tiff.starts(with: Array("II".utf8)) else { return nil }
    func short(_ at: Int) -> Int {
      let value = tiff.loadUnaligned(fromByteOffset: at, as: UInt16.self)
      return Int(isBig ? value.bigEndian : value.littleEndian)
    }
    let start = tiff.loadUnaligned(fromByteOffset: 4, as: UInt32.self)
    let directory = Int(isBig ? start.bigEndian : start.littleEndian)
    guard directory >= 8, directory + 2 <= tiff.count else { return nil }
    for entry in 0..<short(directory) {
      let at = directory + 2 + entry * 12
      guard at + 12 <= tiff.count else { return nil }
      if short(at) == 274 {
        return (1...8).contains(short(at + 8)) ? short(at + 8) : nil
      }
    }
    return nil
  }
}
