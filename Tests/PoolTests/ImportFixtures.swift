import Base
import Foundation
import GRDB
import Imaging
import Pool

/// A folder with a source to import, a pool and a key of their own for one test.
struct ImportBench {
  let scratch: Scratch
  var source: URL { scratch.url.appendingPathComponent("source") }
  var poolURL: URL { scratch.url.appendingPathComponent("pool") }
  var keyURL: URL { scratch.url.appendingPathComponent("key") }

  init() throws {
    scratch = try Scratch()
    try FileManager.default.createDirectory(at: source, withIntermediateDirectories: true)
  }

  func remove() { scratch.remove() }

  func key() throws -> PseudonymKey { try PseudonymKey(at: keyURL) }

  /// Writes a file of the source.
  func write(_ name: String, _ data: Data) throws {
    let url = source.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: url)
  }

  func write(_ name: String, _ text: String) throws { try write(name, Data(text.utf8)) }

  /// Writes a grey image whose pixels derive from `seed`: equal seeds are exact copies.
  func image(_ name: String, _ seed: Int, height: Int = 12, width: Int = 10) throws {
    try write(name, try Self.png(seed, height: height, width: width))
  }

  /// Writes a mask whose pixels are taken from `values` in turn.
  func mask(_ name: String, _ values: [UInt8], height: Int = 12, width: Int = 10) throws {
    let pixels = (0..<height * width).map { values[$0 % values.count] }
    try write(name, try Self.encode(pixels, height: height, width: width))
  }

  static func png(_ seed: Int, height: Int = 12, width: Int = 10) throws -> Data {
    let key = RandomKey(seed: UInt64(seed))
    let pixels = (0..<height * width).map { UInt8(truncatingIfNeeded: key.folding($0).seed) }
    return try encode(pixels, height: height, width: width)
  }

  private static func encode(_ pixels: [UInt8], height: Int, width: Int) throws -> Data {
    try PNGWriter.encode(
      ImageBuffer(height: height, width: width, photometric: .grey, bytes: pixels))
  }

  func pool() throws -> Pool {
    Pool.exists(poolURL) ? try Pool.open(poolURL) : try Pool.create(poolURL)
  }

  /// Imports the source quietly.
  @discardableResult
  func run(
    _ change: (inout ImportOptions) -> Void = { _ in },
    probe: ((ImportMoment) throws -> Void)? = nil
  ) throws -> ImportSummary {
    var options = ImportOptions()
    options.progress = nil
    let labels = source.appendingPathComponent("labels.csv")
    if FileManager.default.fileExists(atPath: labels.path) { options.labels = labels }
    change(&options)
    return try Importer(try pool(), options: options, key: try key(), probe: probe).run(source)
  }

  /// Everything that must be equal in equal pools: rows of all tables but times, and pixel bytes.
  func contents() throws -> [String] {
    let file = poolURL.appendingPathComponent("pool.sqlite")
    var lines = try DatabaseQueue(path: file.path).read { db in
      try [
        "SELECT name, value FROM property", "SELECT * FROM class", "SELECT * FROM itemGroup",
        "SELECT * FROM content", "SELECT * FROM item", "SELECT id, items, digest FROM revision",
        "SELECT * FROM source",
        "SELECT id, item, run, class, mask, classes, author, source FROM label",
      ].flatMap { sql in try Row.fetchAll(db, sql: sql).map { "\(sql): \($0)" } }
    }
    lines.append(try sha256(file: poolURL.appendingPathComponent("pixels.dat")))
    lines += try FileManager.default.subpathsOfDirectory(
      atPath: poolURL.appendingPathComponent("masks").path
    ).sorted()
    return lines
  }
}

extension Pool {
  /// Class name by item, for short expectations.
  func classNames() throws -> [Int: String] {
    let names = try classes
    return try currentLabels().mapValues { label in
      if case .class(let value) = label { names[value] } else { "mask" }
    }
  }
}
