import Foundation
import Imaging

/// One image, decoded, hashed and packed: all that the pool keeps of it.
struct DecodedFrame: Sendable {
  /// A mask of the same height and width.
  struct Mask: Sendable {
    let hash: ContentHash
    let png: Data
    /// The largest class in it, 255 (ignored) left out.
    let top: Int
    /// Whether some pixel is ignored.
    let ignores: Bool
  }

  /// Its number in its source.
  let frame: Int
  let hash: ContentHash
  let shape: StoredShape
  /// The samples under `PixelCodec.predicted`.
  let packed: [UInt8]
  let checksum: Int64
  let mask: Mask?

  init(frame: Int, hash: ContentHash, shape: StoredShape, packed: [UInt8], mask: Mask?) {
    self.frame = frame
    self.hash = hash
    self.shape = shape
    self.packed = packed
    self.mask = mask
    checksum = packed.withUnsafeBytes(checksum(_:))
  }

  /// An image of one frame, as number `frame` of its source.
  init(_ image: ImageBuffer, frame: Int, mask: Mask?) throws {
    let layout = PixelLayout(
      height: image.height, width: image.width, channels: image.channels,
      sampleBytes: image.sample.byteCount)
    self.init(
      frame: frame, hash: image.identity, shape: try StoredShape(image),
      packed: try PixelCodec.packed(layout, image.bytes), mask: mask)
  }
}
