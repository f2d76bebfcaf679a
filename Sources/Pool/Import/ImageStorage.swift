import Base
import Foundation
public import Imaging

extension Pool {
  /// The decoded pixels of stored ones.
  func image(_ stored: StoredImage) throws -> ImageBuffer {
    let packed = try bytes(of: stored)
    guard let layout = stored.shape.layout, let bytes = stored.codec.samples(packed, layout)
    else {
      throw PoolError.damaged(
        "pixels at byte \(stored.place.offset)",
        place: url.appendingPathComponent(stored.place.file).path)
    }
    return try stored.shape.image(bytes)
  }

  /// A mask by its hash: `[H, W]` classes of 8 bits, 255 where ignored.
  ///
  /// - Throws: `PoolError.maskMissing`, and `.damaged` where it cannot be read.
  public func mask(_ hash: String) throws -> ImageBuffer {
    guard masks.contains(hash) else { throw PoolError.maskMissing(hash) }
    do {
      return try ImageReader.read(masks.file(hash), options: .labels)
    } catch {
      throw PoolError.damaged("mask \(hash.prefix(12)) cannot be read", place: masks.folder.path)
    }
  }

  /// Stores a mask of `[height, width]` classes, 255 where ignored; returns its hash, by which a
  /// label can name it.
  ///
  /// The same mask is stored once.
  public func store(mask classes: [UInt8], height: Int, width: Int) throws -> String {
    precondition(classes.count == height * width, "\(classes.count) classes for a mask")
    let mask = try MaskCodec(values: nil).encode(classes, height: height, width: width)
    let hash = mask.hash.description
    try masks.store(mask.png, hash: hash)
    try masks.synchronize([hash])
    return hash
  }
}
