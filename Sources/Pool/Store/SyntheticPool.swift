import Archive
import Base
package import Foundation
import GRDB
import Imaging

/// A pool of made-up tiny images, every one another, for measuring what pools of a size cost.
package struct SyntheticPool {
  /// How large.
  package struct Shape: Sendable {
    /// Images.
    package var items: Int
    /// Groups, of equally many images.
    package var groups: Int
    /// Classes, which items have in turn.
    package var classes = 10
    /// Pixels of a side.
    package var side = 8

    package init(items: Int, groups: Int) {
      (self.items, self.groups) = (items, groups)
    }
  }

  private static let key = RandomKey(seed: 9).folding("synthetic")
  private static let page = 16_384
  private let pool: Pool
  private let shape: Shape

  /// The pool `pool`, as `make` left it.
  package init(_ pool: Pool, _ shape: Shape) {
    (self.pool, self.shape) = (pool, shape)
  }

  /// Makes a pool whose images are stored and decided on by nobody, as an import that was killed
  /// before its decision leaves it.
  package static func make(_ url: URL, _ shape: Shape, threads: Int) throws -> SyntheticPool {
    let classes = (0..<shape.classes).map { "class \($0)" }
    let made = SyntheticPool(
      try Pool.create(url, mode: .classification, classes: classes), shape)
    try made.storeImages(threads: threads)
    return made
  }

  /// Draws the split by groups, as an import does, and writes the groups and the items.
  ///
  /// - Returns: seconds of drawing and of writing.
  package func drawSplit() throws -> (drawing: Double, writing: Double) {
    let start = ContinuousClock.now
    var sides = GroupSides()
    for item in 0..<shape.items {
      let pseudonym = pseudonym("group", group(item))
      let group = sides.number(
        pseudonym, rank: SplitAssignment.rank("\(group(item))", seed: 0), known: { nil })
      sides.spread(group, by: item % shape.classes)
    }
    sides.draw(Set(0..<shape.groups), testShare: 0.2)
    let drawn = ContinuousClock.now
    // Pseudonyms come in no order: what of their index does not fit the cache is written twice.
    try pool.database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA cache_size = -49152") }
    try pool.database.write { db in
      for group in 0..<shape.groups { try insert(group: group, sides.side(group), db) }
      for item in 0..<shape.items { try insert(item: item, sides.side(group(item)), db) }
      try db.execute(
        sql: "INSERT INTO revision (items, digest, time) VALUES (?, ?, 0)",
        arguments: [shape.items, "synthetic \(shape.items)"])
    }
    return (
      (drawn - start) / .seconds(1), (ContinuousClock.now - drawn) / .seconds(1)
    )
  }

  /// Writes what became of every image, and its label.
  package func label() throws {
    try pool.database.write { db in
      for item in 0..<shape.items { try settle(item: item, db) }
    }
  }

  private func group(_ item: Int) -> Int { item * shape.groups / shape.items }

  private func pseudonym(_ kind: String, _ number: Int) -> Pseudonym {
    let key = Self.key.folding(kind).folding(number)
    return Pseudonym(high: key.seed, low: key.folding("low").seed)
  }

  // MARK: Writing

  /// An image, ready to be stored.
  private struct Image: Sendable {
    let hash: ContentHash
    let deflated: [UInt8]
  }

  private func image(_ item: Int) throws -> Image {
    var generator = Self.key.folding("pixels").folding(item).generator()
    let pixels = (0..<shape.side * shape.side).map { _ in
      UInt8(truncatingIfNeeded: generator.next())
    }
    return Image(hash: buffer(pixels).identity, deflated: try Deflate.packed(pixels))
  }

  private func buffer(_ pixels: [UInt8]) -> ImageBuffer {
    ImageBuffer(height: shape.side, width: shape.side, photometric: .grey, bytes: pixels)
  }

  private func storeImages(threads: Int) throws {
    // Nothing is lost with a made-up pool: its rows wait neither for the disk nor for one another.
    try pool.database.writeWithoutTransaction {
      try $0.execute(sql: "PRAGMA synchronous = OFF; PRAGMA cache_size = -200000")
    }
    let writer = try PixelWriter(pool.database.read(pool.pixelFile), after: 0)
    let stored = try StoredShape(buffer(Array(repeating: 0, count: shape.side * shape.side)))
    let pages = (shape.items + Self.page - 1) / Self.page
    try OrderedWorkers(threads: threads, window: 2 * threads).run(pages) { page in
      try (page * Self.page..<min(shape.items, (page + 1) * Self.page)).map { try image($0) }
    } take: { page, images in
      try pool.database.write { db in
        for (place, image) in images.enumerated() {
          try store(image, stored, item: page * Self.page + place, writer, db)
        }
      }
    }
    try writer.synchronize()
  }

  private func store(
    _ image: Image, _ known: StoredShape, item: Int, _ writer: PixelWriter, _ db: Database
  ) throws {
    let sum = image.deflated.withUnsafeBytes(checksum(_:))
    let place = try writer.append(image.deflated, checksum: sum)
    let content = try db.cachedStatement(
      sql: """
        INSERT INTO content (hash, height, width, channels, sample, photometric, meaning, offset,
          length, checksum) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    try content.execute(arguments: [
      image.hash.data, known.height, known.width, known.channels, known.sample,
      known.photometric, known.meaning, place.offset, place.length, place.checksum,
    ])
    let source = try db.cachedStatement(
      sql: """
        INSERT INTO source (version, frame, pseudonym, outcome, content) VALUES (?, 0, ?, ?, ?)
        """)
    try source.execute(arguments: [
      pseudonym("version", item).data, pseudonym("file", item).data, SourceOutcome.staged.rawValue,
      db.lastInsertedRowID,
    ])
  }

  private func insert(group: Int, _ side: Split, _ db: Database) throws {
    let statement = try db.cachedStatement(
      sql: "INSERT INTO itemGroup (id, pseudonym, split) VALUES (?, ?, ?)")
    try statement.execute(arguments: [group + 1, pseudonym("group", group).data, side.rawValue])
  }

  private func insert(item: Int, _ side: Split, _ db: Database) throws {
    let statement = try db.cachedStatement(
      sql: "INSERT INTO item (id, content, groupID, split, pseudonym) VALUES (?, ?, ?, ?, ?)")
    try statement.execute(arguments: [
      item, item + 1, group(item) + 1, side.rawValue, pseudonym("file", item).data,
    ])
  }

  private func settle(item: Int, _ db: Database) throws {
    let source = try db.cachedStatement(sql: "UPDATE source SET outcome = ?, item = ? WHERE id = ?")
    try source.execute(arguments: [SourceOutcome.item.rawValue, item, item + 1])
    try Pool.insert(
      LabelRow(
        item: item, label: .class(item % shape.classes), author: "import", source: .imported), db)
  }
}
