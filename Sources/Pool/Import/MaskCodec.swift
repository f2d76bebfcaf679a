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
      throw Refusal(
        "its mask has \(image.frames) frames, the image more",
        fix: "give a mask with a frame for each of the image's")
    }
    guard image.height == height, image.width == width else {
      throw Refusal(
        "its mask is \(image.height) × \(image.width), the image \(height) × \(width)",
        fix: "draw the mask on the image's own pixels")
    }
    return try encode(try classes(image, frame: frame), height: height, width: width)
  }

  /// A mask from its classes, `[height, width]`.
  func encode(_ classes: [UInt8], height: Int, width: Int) throws -> DecodedFrame.Mask {
    let mask = ImageBuffer(labels: classes, height: height, width: width)
    var top = 0
    var ignores = false
    for value in classes {
      if value == 255 { ignores = true } else { top = max(top, Int(value)) }
    }
    return DecodedFrame.Mask(
      hash: mask.identity.description, png: try PNGWriter.encode(mask), top: top, ignores: ignores)
  }

  /// The classes of a frame, `[height, width]`.
  private func classes(_ image: ImageBuffer, frame: Int) throws -> [UInt8] {
    let table = table
    let size = image.frameSampleCount
    if image.sample == .uint8 {
      return try image.bytes[frame * size..<(frame + 1) * size].map { byte in
        let value = table[Int(byte)]
        return value >= 0 ? UInt8(value) : try refuse(Int(byte))
      }
    }
    return try image.floats(frame: frame).map { value in
      let value = Int(value)
      let isKnown = table.indices.contains(value) && table[value] >= 0
      return isKnown ? UInt8(table[value]) : try refuse(value)
    }
  }

  /// The class of each value from 0 to 255; −1 where it means none.
  private var table: [Int] {
    guard let values else { return Array(0...255) }
    var table = [Int](repeating: -1, count: 256)
    table[255] = 255
    for (place, value) in values.enumerated() { table[value] = place }
    return table
  }

  private func refuse(_ value: Int) throws -> UInt8 {
    if values == nil {
      throw Refusal(
        "its mask holds the value \(value); values are 0 to 255",
        fix: "number the classes from 0; 255 means ignored")
    }
    throw Refusal(
      "its mask holds the value \(value), which is not among --mask-values",
      fix: "name all values, in the order of the classes")
  }
}
