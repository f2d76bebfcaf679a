import Foundation

/// One image, decoded, hashed and deflated: all that the pool keeps of it.
struct DecodedFrame: Sendable {
  /// A mask of the same height and width.
  struct Mask: Sendable {
    let hash: String
    let png: Data
    /// The largest class in it, 255 (ignored) left out.
    let top: Int
    /// Whether some pixel is ignored.
    let ignores: Bool
  }

  let frame: Int
  let hash: ContentHash
  let shape: StoredShape
  let deflated: [UInt8]
  let checksum: Int64
  var mask: Mask?
}

/// What became of a file, or of a block of an archive.
enum DecodedEntry: Sendable {
  /// Its images, and the bytes that were read.
  case frames([DecodedFrame], bytes: Int)
  /// Why it cannot be used; holds no name and no value out of the file.
  case refused(reason: String, remedy: String?)
}
