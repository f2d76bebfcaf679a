/// Decoded images of one size, read by item from any thread.
public protocol PixelSource: Sendable {
  /// Channels of an image, C.
  var channels: Int { get }
  /// Rows of an image, H.
  var height: Int { get }
  /// Columns of an image, W.
  var width: Int { get }
  /// Writes the `[C, H, W]` 8-bit samples of an item into C·H·W bytes.
  ///
  /// - Throws: an error that says so where they cannot be read.
  func copy(item: Int, into bytes: UnsafeMutableBufferPointer<UInt8>) throws
}

/// Class maps of one size, read by item from any thread.
public protocol MaskSource: Sendable {
  /// Rows of a map, H.
  var height: Int { get }
  /// Columns of a map, W.
  var width: Int { get }
  /// Writes the `[H, W]` classes of an item into H·W bytes; 255 means unknown.
  func copyMask(item: Int, into bytes: UnsafeMutableBufferPointer<UInt8>)
}

/// What a stream of batches brings beside the pixels.
public enum Targets: Sendable {
  /// Nothing: unlabelled images.
  case none
  /// Item → class; an item without one gets −1.
  case classes([Int: Int])
  /// Item → all classes that it has, of so many classes; an item without an entry has none of them.
  case classSets([Int: Set<Int>], classes: Int)
  /// A class map for every image.
  case masks(any MaskSource)
}

/// Images in memory, each `[C, H, W]`, 8 bits a sample.
public struct PixelArray: PixelSource {
  /// Channels of an image.
  public let channels: Int
  /// Rows.
  public let height: Int
  /// Columns.
  public let width: Int
  private let images: [Int: [UInt8]]

  /// Images by item, each of `channels · height · width` samples.
  public init(_ images: [Int: [UInt8]], channels: Int, height: Int, width: Int) {
    for (item, image) in images {
      precondition(
        image.count == channels * height * width,
        "image \(item) has \(image.count) samples, not \(channels)·\(height)·\(width)")
    }
    (self.channels, self.height, self.width) = (channels, height, width)
    self.images = images
  }

  /// Writes the `[C, H, W]` samples of an item, which must be there.
  public func copy(item: Int, into bytes: UnsafeMutableBufferPointer<UInt8>) {
    guard let image = images[item] else { preconditionFailure("there is no image \(item)") }
    _ = bytes.update(fromContentsOf: image)
  }
}

/// Class maps in memory, such as pseudo-labels; an item without one is unknown everywhere.
public struct MaskArray: MaskSource {
  /// Rows.
  public let height: Int
  /// Columns.
  public let width: Int
  private let masks: [Int: [UInt8]]

  /// Maps by item, each of `height · width` classes, 255 where unknown.
  public init(_ masks: [Int: [UInt8]], height: Int, width: Int) {
    for (item, mask) in masks {
      precondition(
        mask.count == height * width,
        "mask \(item) has \(mask.count) pixels, not \(height)·\(width)")
    }
    (self.height, self.width) = (height, width)
    self.masks = masks
  }

  /// Writes the `[H, W]` classes of an item.
  public func copyMask(item: Int, into bytes: UnsafeMutableBufferPointer<UInt8>) {
    if let mask = masks[item] {
      _ = bytes.update(fromContentsOf: mask)
    } else {
      bytes.update(repeating: 255)
    }
  }
}

/// The bytes of several items one after the other, `size` each, as `copy` writes them.
func gathered(
  _ items: some Collection<Int>, size: Int,
  copy: (Int, UnsafeMutableBufferPointer<UInt8>) throws -> Void
) rethrows -> [UInt8] {
  try [UInt8](unsafeUninitializedCapacity: items.count * size) { buffer, count in
    for (row, item) in items.enumerated() {
      try copy(
        item, UnsafeMutableBufferPointer(rebasing: buffer[(row * size)..<((row + 1) * size)]))
    }
    count = items.count * size
  }
}
