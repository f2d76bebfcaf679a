import GRDB
import Imaging

/// A rectangle of an image, in the image's own pixels.
public struct Frame: Sendable, Hashable {
  /// The first column, from 0.
  public let x: Int
  /// The first row, from 0.
  public let y: Int
  /// Columns.
  public let width: Int
  /// Rows.
  public let height: Int

  /// - Parameters: as the properties.
  public init(x: Int, y: Int, width: Int, height: Int) {
    (self.x, self.y, self.width, self.height) = (x, y, width, height)
  }

  /// The columns.
  public var columns: Range<Int> { x..<x + width }

  /// The rows.
  public var rows: Range<Int> { y..<y + height }

  /// Whether it lies within an image of that size.
  func fits(height: Int, width: Int) -> Bool {
    x >= 0 && y >= 0 && self.width > 0 && self.height > 0
      && columns.upperBound <= width && rows.upperBound <= height
  }
}

/// A mask that grows by parts: `[height, width]` classes, 255 where nothing was said yet.
public struct PartialMask: Sendable, Equatable {
  /// Rows.
  public let height: Int
  /// Columns.
  public let width: Int
  /// The classes, row by row.
  public private(set) var classes: [UInt8]

  /// Nothing is known.
  public init(height: Int, width: Int) {
    (self.height, self.width) = (height, width)
    classes = Array(repeating: 255, count: height * width)
  }

  init(_ mask: ImageBuffer) {
    (height, width, classes) = (mask.height, mask.width, mask.bytes)
  }

  /// Adds the classes of a frame, row by row; 255 says nothing and keeps what was there.
  mutating func add(_ classes: [UInt8], in frame: Frame) {
    precondition(
      classes.count == frame.width * frame.height && frame.fits(height: height, width: width),
      "\(classes.count) classes for a frame of a mask")
    for (row, y) in frame.rows.enumerated() {
      for (column, x) in frame.columns.enumerated() {
        let label = classes[row * frame.width + column]
        if label != 255 { self.classes[y * width + x] = label }
      }
    }
  }

  /// Adds what another mask of the same size says inside a frame.
  public mutating func add(_ other: PartialMask, inside frame: Frame) {
    precondition((height, width) == (other.height, other.width), "masks of one size")
    add(
      frame.rows.flatMap { row in
        other.classes[row * width + frame.x..<row * width + frame.columns.upperBound]
      }, in: frame)
  }

  /// Whether a pixel of the frame has a class.
  public func isLabelled(in frame: Frame) -> Bool {
    frame.rows.contains { row in frame.columns.contains { classes[row * width + $0] != 255 } }
  }
}

extension Pool {
  /// The mask that a label names, or, without a label, one of the item's size on which nothing is
  /// known.
  ///
  /// - Throws: `PoolError.maskMissing`, `.damaged`, `.unknownItem`.
  public func partialMask(of item: Int, _ label: Label?) throws -> PartialMask {
    if case .mask(let hash)? = label { return PartialMask(try mask(hash)) }
    let item = try self.item(item)
    return PartialMask(height: item.height, width: item.width)
  }

  /// Stores a mask; returns the label that names it.
  public func store(_ mask: PartialMask) throws -> Label {
    .mask(try store(mask: mask.classes, height: mask.height, width: mask.width))
  }

  // MARK: - Runs that ask for parts

  /// Notes that a run asks for parts of images: a mask that is brought to it adds to the newest one
  /// of its item, and its pixels of 255 say nothing.
  public func askForParts(run: String) throws {
    try database.write { try Self.set(Self.partsProperty(run), "true", $0) }
  }

  /// Whether a run asks for parts of images.
  public func asksForParts(run: String) throws -> Bool {
    try database.read { try Self.property(Self.partsProperty(run), $0) } != nil
  }

  private static func partsProperty(_ run: String) -> String { "asks for parts: " + run }
}
