public import Pool
import Query

/// What an annotator is asked: an image, or parts of it.
public struct Question: Sendable, Equatable {
  /// The image.
  public let item: Int
  /// The parts, in the image's own pixels; empty: all of it.
  public let frames: [Frame]

  /// - Parameters: as the properties.
  public init(item: Int, frames: [Frame] = []) { (self.item, self.frames) = (item, frames) }

  /// How many answers it wants.
  public var count: Int { max(frames.count, 1) }

  /// What the mask of a part is called.
  func name(of frame: Frame) -> String { "\(item)_\(frame.x)_\(frame.y)" }

  /// One question an image, in the order in which the images were first chosen.
  ///
  /// A tile's frame holds every pixel of the image that a pixel of the tile was made of.
  ///
  /// - Parameters:
  ///   - picks: what was chosen.
  ///   - pool: knows the images' own sizes.
  ///   - size: rows and columns of the network's images.
  /// - Returns: an image each.
  /// - Throws: `PoolError.unknownItem`.
  static func all(_ picks: [Pick], _ pool: Pool, size: Int) throws -> [Question] {
    var order: [Int] = []
    var frames: [Int: [Frame]] = [:]
    for pick in picks {
      if frames[pick.item] == nil { order.append(pick.item) }
      let part = try pick.tile.map { try frame($0, pool, size: size) }
      frames[pick.item, default: []] += [part].compactMap { $0 }
    }
    return order.map { Question(item: $0, frames: frames[$0] ?? []) }
  }

  private static func frame(_ tile: Tile, _ pool: Pool, size: Int) throws -> Frame {
    let item = try pool.item(tile.item)
    func own(_ range: Range<Int>, _ length: Int) -> Range<Int> {
      range.lowerBound * length / size..<(range.upperBound * length + size - 1) / size
    }
    let (columns, rows) = (own(tile.columns, item.width), own(tile.rows, item.height))
    return Frame(
      x: columns.lowerBound, y: rows.lowerBound, width: columns.count, height: rows.count)
  }
}
