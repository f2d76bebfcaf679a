import Foundation
import GRDB
public import Imaging

/// What the database knows of stored pixels.
struct StoredImage: Sendable {
  /// The number of its row.
  let content: Int64
  let hash: ContentHash
  let shape: StoredShape
  let codec: PixelCodec
  let place: PixelPlace

  fileprivate static let columns = """
    content.id, hash, height, width, channels, sample, photometric, meaning, codec, offset,
    length, checksum, \(pixelFileColumn) AS file
    """

  fileprivate init(_ row: Row) throws {
    guard let hash = ContentHash(row["hash"]), let codec = PixelCodec(rawValue: row["codec"])
    else { throw PoolError.damaged("image \(row["id"] as Int64)", place: "pool.sqlite") }
    content = row["id"]
    self.hash = hash
    self.codec = codec
    shape = StoredShape(
      height: row["height"], width: row["width"], channels: row["channels"],
      sample: row["sample"], photometric: row["photometric"], meaning: row["meaning"])
    place = PixelPlace(
      file: row["file"], offset: row["offset"], length: row["length"], checksum: row["checksum"])
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

  /// Where an item's pixels lie in the patient; nil where its file did not say.
  ///
  /// - Throws: `PoolError.unknownItem`, `.damaged`.
  public func geometry(of item: Int) throws -> Geometry? {
    guard let image = try stored([item])[item] else { throw PoolError.unknownItem(item) }
    return try image.shape.geometry
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
    guard let image = try storedImages(from: content, limit: 1).first, image.content == content
    else { throw PoolError.damaged("image \(content)", place: "pool.sqlite") }
    return image
  }

  /// What is stored, where a condition on its row holds, from a row number on: a page.
  func storedImages(
    from first: Int64, limit: Int, where condition: String = "TRUE"
  ) throws -> [StoredImage] {
    try database.read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT \(StoredImage.columns) FROM content WHERE id >= ? AND \(condition)
          ORDER BY id LIMIT ?
          """, arguments: [first, limit]
      ).map { try StoredImage($0) }
    }
  }
}
