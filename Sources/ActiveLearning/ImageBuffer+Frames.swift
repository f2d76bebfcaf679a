public import Imaging
public import Pool

extension ImageBuffer {
  /// The 8-bit image in colours with a yellow line around each frame, outside of it.
  public func framed(_ frames: [Frame]) -> ImageBuffer {
    var colours = ImageBuffer(
      height: height, width: width, channels: 3, photometric: .rgb,
      bytes: (0..<height * width).flatMap { pixel in
        (0..<3).map { bytes[pixel * channels + min($0, channels - 1)] }
      })
    let thickness = max(min(height, width) / 256, 1)
    for frame in frames { colours.draw(frame, thickness) }
    return colours
  }

  private mutating func draw(_ frame: Frame, _ thickness: Int) {
    func widened(_ range: Range<Int>, _ length: Int) -> Range<Int> {
      max(range.lowerBound - thickness, 0)..<min(range.upperBound + thickness, length)
    }
    for row in widened(frame.rows, height) {
      for column in widened(frame.columns, width)
      where !(frame.rows.contains(row) && frame.columns.contains(column)) {
        for (channel, value) in [UInt8(255), 221, 0].enumerated() {
          bytes[(row * width + column) * 3 + channel] = value
        }
      }
    }
  }

  /// The samples of one channel inside a frame, row by row.
  func pixels(in frame: Frame) -> [UInt8] {
    frame.rows.flatMap { row in
      bytes[row * width + frame.x..<row * width + frame.columns.upperBound]
    }
  }
}
