import Foundation
import GRDB
public import Imaging

/// What the database knows of stored pixels.
struct StoredImage: Sendable {
  let hash: ContentHash
  let shape: StoredShape
  let place: PixelPlace

  fileprivate static let columns = """
    content.id, hash, height, width, channels, sample, photometric, meaning, offset, length,
    checksum
    """

  fileprivate init(_ row: Row) throws {
    guard let hash = ContentHash(row["hash"]) else {
      throw PoolError.damaged("image \(row["id"] as Int64)", place: "pool.sqlite")
    }
    self.hash = hash
    shape = StoredShape(
      height: row["height"], width: row["width"], channels: row["channels"],
      sample: row["sample"], photometric: row["photometric"], meaning: row["meaning"])
    place = PixelPlace(offset: row["offset"], length: row["length"], checksum: row["checksum"])
  }
}

extension Pool {
  /// The decoded pixels of an item, as they were imported.
  ///
  /// - Throws: `PoolError.unknownItem`, `.damaged`.
  public func image(_ item: Int) throws -> ImageBuffer {
    guard let image = try stored([item])[item] else { throw PoolError.unknownItem(item) }
    return try self.image(image)
  }

  /// What is stored of items, by their numbers.
  func stored(_ items: [Int]) throws -> [Int: StoredImage] {
    if items.isEmpty { return [:] }
    return try database.read { db in
      let statement = try db.cachedStatement(
        sql: """
          SELECT item.id AS item, \(StoredImage.columns)
          FROM item JOIN content ON content.id = item.content WHERE item.id = ?
          """)
      var images: [Int: StoredImage] = [:]
      for item in items {
        if let row = try Row.fetchOne(statement, arguments: [item]) {
          images[item] = try StoredImage(row)
        }
      }
      return images
    }
  }

  func stored(content: Int64) throws -> StoredImage {
    try database.read { db in
      let row = try Row.fetchOne(
        db, sql: "SELECT \(StoredImage.columns) FROM content WHERE id = ?", arguments: [content])
      guard let row else { throw PoolError.damaged("image \(content)", place: "pool.sqlite") }
      return try StoredImage(row)
    }
  }
}
