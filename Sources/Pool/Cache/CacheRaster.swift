import Foundation
import Imaging

/// An image as a row of a cache: stretched to a square, its channels counted, planes one after the
/// other.
struct CacheRaster {
  private let shape: CacheShape

  init(_ shape: CacheShape) { self.shape = shape }

  /// Writes the `[C, H, W]` samples of an image.
  func write(_ image: ImageBuffer, into row: UnsafeMutableRawBufferPointer) {
    switch shape.type {
    case .uint8:
      let small = image.display8().resized(height: shape.size, width: shape.size)
      small.bytes.withUnsafeBufferPointer {
        planes($0, small.channels, into: row.assumingMemoryBound(to: UInt8.self))
      }
    case .uint16:
      let small = image.deep().resized(height: shape.size, width: shape.size)
      small.bytes.withUnsafeBytes {
        planes(
          $0.assumingMemoryBound(to: UInt16.self), small.channels,
          into: row.assumingMemoryBound(to: UInt16.self))
      }
    }
  }

  /// Writes the `[H, W]` classes of a mask.
  static func write(mask: ImageBuffer, size: Int, into row: UnsafeMutableRawBufferPointer) {
    row.copyBytes(from: mask.resizedByMajority(height: size, width: size).bytes)
  }

  /// Channel-last samples → planes: grey is repeated, colours become their luminance (ITU-R BT.601,
  /// as Pillow's) where one channel is wanted.
  private func planes<Value: FixedWidthInteger & UnsignedInteger>(
    _ samples: UnsafeBufferPointer<Value>, _ channels: Int,
    into row: UnsafeMutableBufferPointer<Value>
  ) {
    let pixels = shape.size * shape.size
    for pixel in 0..<pixels {
      let first = pixel * channels
      if channels == 3, shape.channels == 1 {
        let light =
          19_595 * Int(samples[first]) + 38_470 * Int(samples[first + 1])
          + 7_471 * Int(samples[first + 2])
        row[pixel] = Value((light + 32_768) >> 16)
      } else {
        for channel in 0..<shape.channels {
          row[channel * pixels + pixel] = samples[first + min(channel, channels - 1)]
        }
      }
    }
  }
}

extension ImageBuffer {
  /// 16 unsigned bits, comparable between the images of a pool.
  ///
  /// Plain 8 bits are spread over 16. Whole physical values that fit 16 signed bits (CT) are shifted
  /// by 32 768. Everything else goes through its window, as `display8()` does.
  fileprivate func deep() -> ImageBuffer {
    let isPlain = modalityLUT == nil && rescale?.isIdentity ?? true
    if sample == .uint16, isPlain, photometric == .grey || photometric == .rgb {
      return self
    }
    if photometric == .palette || (sample == .uint8 && isPlain) {
      let plain = photometric == .palette ? display8() : self
      let isInverted = photometric == .inverted
      return plain.with16(plain.bytes) { UInt16(isInverted ? 255 - $0 : $0) * 257 }
    }
    let physical = modality()
    let values = (0..<frames).flatMap { physical.floats(frame: $0) }
    if photometric == .grey, values.allSatisfy({ $0 == $0.rounded() && abs($0) < 32_768 }) {
      return with16(values) { UInt16(Int($0) + 32_768) }
    }
    let range = window ?? percentileWindow()
    let isInverted = photometric == .inverted
    return with16(values) { value in
      let light = range.brightness(Double(value))
      return UInt16((65_535 * (isInverted ? 1 - light : light)).rounded())
    }
  }

  private func with16<Value>(_ values: [Value], _ transform: (Value) -> UInt16) -> ImageBuffer {
    let samples = values.map(transform)
    return ImageBuffer(
      frames: frames, height: height, width: width, channels: channels, sample: .uint16,
      photometric: photometric == .rgb ? .rgb : .grey, bytes: samples.withUnsafeBytes { Array($0) })
  }
}
