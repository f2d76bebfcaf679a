import Base
import Foundation
import Imaging

/// Mask files, read into the pool's masks: 8 bits, a class each pixel, 255 ignored.
struct MaskCodec: Sendable {
  /// Why a mask cannot be used.
  struct Refusal: Error {
    let reason: String
    let remedy: String?

    init(_ reason: String, fix remedy: String? = nil) {
      self.reason = reason
      self.remedy = remedy
    }
  }

  /// `values[c]` in a file is class c; nil: a value is its class.
  let values: [Int]?
}

extension MaskCodec {
  /// Frame `frame` of a mask file that must be `height` × `width`.
  ///
  /// - Throws: `Refusal`.
  func read(_ url: URL, frame: Int, height: Int, width: Int) throws -> DecodedFrame.Mask {
    let image: ImageBuffer
    do {
      image = try ImageReader.read(url, options: .labels)
    } catch let error as any Diagnosable {
      throw Refusal("its mask cannot be used: " + error.what, fix: error.remedy)
    }
    guard frame < image.frames else {
      throw Refusal("its mask has \(image.frames) frames, the image more")
    }
    guard image.height == height, image.width == width else {
      throw Refusal("its mask is \(image.height) × \(image.width), the image \(height) × \(width)")
    }
    return try encode(try classes(image, frame: frame), height: height, width: width)
  }

  /// A mask from its classes, `[height, width]`.
  func encode(_ classes: [UInt8], height: Int, width: Int) throws -> DecodedFrame.Mask {
    let mask = ImageBuffer(labels: classes, height: height, width: width)
    var top = 0
    var ignores = false
    for value in Set(classes) {
      if value == 255 { ignores = true } else { top = max(top, Int(value)) }
    }
    return DecodedFrame.Mask(
      hash: mask.identity.description, png: try PNGWriter.encode(mask), top: top, ignores: ignores)
  }

  private func classes(_ image: ImageBuffer, frame: Int) throws -> [UInt8] {
    let values = image.floats(frame: frame).map { Int($0) }
    guard let known = self.values else {
      return try values.map { value in
        guard let byte = UInt8(exactly: value) else {
          throw Refusal("its mask holds the value \(value); values are 0 to 255")
        }
        return byte
      }
    }
    var table = [Int: UInt8]()
    for (place, value) in known.enumerated() { table[value] = UInt8(place) }
    if table[255] == nil { table[255] = 255 }
    return try values.map { value in
      guard let byte = table[value] else {
        throw Refusal(
          "its mask holds the value \(value), which is not among --mask-values",
          fix: "name all values, in the order of the classes")
      }
      return byte
    }
  }
}
