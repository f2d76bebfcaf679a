import Base
import Foundation
import Imaging

/// A mask file, read frame by frame.
struct MaskFile {
  private let frames: FrameReader
  private let codec: MaskCodec

  /// - Throws: `Refusal`.
  init(_ url: URL, _ codec: MaskCodec, limit: Int = ReadOptions().sampleLimit) throws {
    var options = ReadOptions.labels
    options.sampleLimit = limit
    self.codec = codec
    frames = try Self.explained { try FrameReader(url, options: options) }
  }

  /// The mask of a frame that is `height` × `width`.
  ///
  /// - Throws: `Refusal`.
  func mask(_ frame: Int, height: Int, width: Int) throws -> DecodedFrame.Mask {
    guard frame < frames.frameCount else {
      throw Refusal(
        "its mask has \(frames.frameCount) frames, the image more",
        fix: "give a mask with a frame for each of the image's")
    }
    let mask = try Self.explained { try frames.frame(frame) }
    guard mask.height == height, mask.width == width else {
      throw Refusal(
        "its mask is \(mask.height) × \(mask.width), the image \(height) × \(width)",
        fix: "draw the mask on the image's own pixels")
    }
    return try codec.encode(try codec.classes(mask), height: height, width: width)
  }

  /// The classes of its first frame, whatever its size: `[height, width]`.
  ///
  /// - Throws: `Refusal`.
  func classes() throws -> (values: [UInt8], height: Int, width: Int) {
    let mask = try Self.explained { try frames.frame(0) }
    return (try codec.classes(mask), mask.height, mask.width)
  }

  private static func explained<Value>(_ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch {
      let refusal = Refusal(error)
      throw Refusal("its mask cannot be used: " + refusal.reason, fix: refusal.remedy)
    }
  }
}

/// The classes of mask files as the pool keeps them: 8 bits, a class each pixel, 255 ignored.
struct MaskCodec: Sendable {
  /// `values[c]` in a file is class c; nil: a value is its class.
  let values: [Int]?
  /// The value that is ignored, beside 255.
  var ignored: Int?
}

extension MaskCodec {
  /// A mask from its classes, `[height, width]`.
  func encode(_ classes: [UInt8], height: Int, width: Int) throws -> DecodedFrame.Mask {
    let mask = ImageBuffer(labels: classes, height: height, width: width)
    var top = 0
    var ignores = false
    for value in classes {
      if value == 255 { ignores = true } else { top = max(top, Int(value)) }
    }
    return DecodedFrame.Mask(
      hash: mask.identity, png: try PNGWriter.encode(mask), top: top, ignores: ignores)
  }

  /// The classes of a mask of one frame, `[height, width]`.
  func classes(_ image: ImageBuffer) throws -> [UInt8] {
    let table = table
    if image.sample == .uint8 {
      return try image.bytes.map { byte in
        let value = table[Int(byte)]
        return value >= 0 ? UInt8(value) : try refuse(Int(byte))
      }
    }
    return try image.floats().map { value in
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
    if let ignored { table[ignored] = 255 }
    return table
  }

  private func refuse(_ value: Int) throws -> UInt8 {
    if values == nil {
      throw Refusal(
        "its mask holds the value \(value); values are 0 to 255",
        fix: "number the classes from 0; 255 means ignored")
    }
    throw Refusal(
      "its mask holds the value \(value), which is no class",
      fix: "name all values, in the order of the classes (--mask-values, or dataset.json)")
  }
}
