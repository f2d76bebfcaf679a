import Base
public import Foundation
import GRDB

/// What the labels of a pool are.
public enum PoolMode: String, Sendable, Codable, CaseIterable, CustomStringConvertible {
  /// A class for each image.
  case classification
  /// A mask for each image: 0 is the background, 255 is ignored.
  case segmentation
  /// Any number of classes for each image, none too.
  case multiLabel = "multi-label"

  /// The name as it is written on the command line.
  public var description: String { rawValue }
}

/// A data set: images decoded once, their groups and splits, and every label ever given.
///
/// A pool is a folder:
///
/// ```
/// pool.sqlite       items, groups, splits, labels (append-only), what became of each file
/// pixels.dat        decoded pixels, deflated, one after the other; pixels-N.dat once compacted
/// masks/ab/HASH.png 8-bit masks by the hash of their content
/// cache/            resized copies for training; may be deleted at any time
/// ```
///
/// Neither file names nor group names are kept, only pseudonyms under a key that stands outside
/// the pool. All methods may be called from any thread.
public final class Pool: Sendable {
  /// The folder.
  public let url: URL
  let database: DatabasePool
  let pixels: PixelStore

  private init(_ url: URL, database: DatabasePool) {
    self.url = url
    self.database = database
    pixels = PixelStore(url)
  }

  /// Opens the pool in this folder.
  ///
  /// - Throws: `PoolError.absent` where there is none, `.newer` where it is too new to be read.
  public static func open(_ url: URL) throws -> Pool {
    guard exists(url) else { throw PoolError.absent(place: url.path) }
    return try connect(url)
  }

  /// Makes an empty pool; its mode and classes may also come with the first import.
  ///
  /// - Throws: `PoolError.present` where there is a pool already.
  public static func create(
    _ url: URL, mode: PoolMode? = nil, classes: [String] = []
  ) throws -> Pool {
    if exists(url) { throw PoolError.present(place: url.path) }
    try Folder.create(url.appendingPathComponent("masks"))
    let pool = try connect(url)
    try pool.database.write { db in
      if let mode { try Self.set("mode", mode.rawValue, db) }
      try Self.insert(classes: classes, from: 0, db)
    }
    return pool
  }

  /// Whether a pool stands in this folder.
  public static func exists(_ url: URL) -> Bool {
    FileManager.default.fileExists(atPath: databaseURL(url).path)
  }

  static func databaseURL(_ url: URL) -> URL { url.appendingPathComponent("pool.sqlite") }

  private static func connect(_ url: URL) throws -> Pool {
    var configuration = Configuration()
    configuration.busyMode = .timeout(60)
    configuration.maximumReaderCount = 4
    configuration.prepareDatabase { try $0.execute(sql: "PRAGMA synchronous = FULL") }
    let migrator = PoolSchema.migrator
    do {
      let database = try DatabasePool(path: databaseURL(url).path, configuration: configuration)
      if try database.read(migrator.hasBeenSuperseded) { throw PoolError.newer(place: url.path) }
      if try !database.read(migrator.hasCompletedMigrations) { try migrator.migrate(database) }
      // What a statement with triggers would need to undo itself is a few pages: in a file it costs
      // more than the statement.
      try database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA temp_store = MEMORY") }
      return Pool(url, database: database)
    } catch let error as DatabaseError {
      throw PoolError.explanation(of: error, place: url.path)
        ?? PoolError.damaged("pool.sqlite cannot be opened (\(error.resultCode))", place: url.path)
    }
  }
}

// MARK: - Mode and classes

extension Pool {
  /// What the labels are; nil before the first labels or the first `--mode`.
  public var mode: PoolMode? {
    get throws { try database.read { try Self.property("mode", $0) }.flatMap(PoolMode.init) }
  }

  /// The names of the classes, in the order of their numbers: for masks the background first.
  public var classes: [String] {
    get throws { try database.read { try Self.classes($0) } }
  }

  /// A digest of all items in their order, which changes with every item that is added.
  public var digest: String {
    get throws { try database.read { try Self.revisions($0).last?.digest ?? sha256("") } }
  }

  static func classes(_ db: Database) throws -> [String] {
    try String.fetchAll(db, sql: "SELECT name FROM class ORDER BY id")
  }

  static func insert(classes: [String], from first: Int, _ db: Database) throws {
    for (place, name) in classes.enumerated() {
      try db.execute(
        sql: "INSERT INTO class (id, name) VALUES (?, ?)", arguments: [first + place, name])
    }
  }

  static func property(_ name: String, _ db: Database) throws -> String? {
    try String.fetchOne(db, sql: "SELECT value FROM property WHERE name = ?", arguments: [name])
  }

  static func set(_ name: String, _ value: String, _ db: Database) throws {
    try db.execute(
      sql: "INSERT OR REPLACE INTO property (name, value) VALUES (?, ?)", arguments: [name, value])
  }

  /// The pool after one import.
  struct Revision {
    let items: Int
    let digest: String
  }

  static func revisions(_ db: Database) throws -> [Revision] {
    try Row.fetchAll(db, sql: "SELECT items, digest FROM revision ORDER BY id")
      .map { Revision(items: $0[0], digest: $0[1]) }
  }

  func revisions() throws -> [Revision] { try database.read { try Self.revisions($0) } }
}
