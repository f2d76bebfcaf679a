/// Luminance and colour differences, 8 bits each (ITU-T T.871; DICOM PS3.3, C.7.6.3.1.2).
enum YBR {
  /// Converts pixels of full-range Y, Cb and Cr in place; rounded to the nearest, halves up.
  static func toRGB(_ pixels: UnsafeMutableBufferPointer<UInt8>) {
    let greenOfBlue: Float = -0.114 * 1.772 / 0.587
    let greenOfRed: Float = -0.299 * 1.402 / 0.587
    for start in stride(from: 0, to: pixels.count - 2, by: 3) {
      let luminance = Float(pixels[start])
      let (blue, red) = (Float(pixels[start + 1]) - 128, Float(pixels[start + 2]) - 128)
      pixels[start] = level(luminance + 1.402 * red)
      pixels[start + 1] = level(luminance + greenOfBlue * blue + greenOfRed * red)
      pixels[start + 2] = level(luminance + 1.772 * blue)
    }
  }

  private static func level(_ value: Float) -> UInt8 {
    UInt8(max(0, min(255, (value + 0.5).rounded(.down))))
  }

  /// Y₁ Y₂ Cb Cr of two neighbouring pixels become two whole pixels.
  static func spread(
    _ stored: UnsafeRawBufferPointer, into target: UnsafeMutableRawBufferPointer
  ) {
    for pair in 0..<min(stored.count / 4, target.count / 6) {
      let (source, place) = (pair * 4, pair * 6)
      for pixel in 0..<2 {
        target[place + pixel * 3] = stored[source + pixel]
        target[place + pixel * 3 + 1] = stored[source + 2]
        target[place + pixel * 3 + 2] = stored[source + 3]
      }
    }
  }
}
