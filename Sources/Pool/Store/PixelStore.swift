import Base
import Foundation
import GRDB
import Synchronization

/// Where the deflated pixels of an image stand.
struct PixelPlace: Sendable, Hashable {
  /// The file's name.
  let file: String
  /// Of the first byte.
  let offset: Int
  /// In bytes.
  let length: Int
  /// Of the bytes as they stand there.
  let checksum: Int64
}

/// Reads pixels by place, from any thread.
///
/// A file stays open once it was read from, so that a pool that is compacted meanwhile is read as it
/// was.
final class PixelStore: Sendable {
  /// The file of a pool that was never compacted.
  static let first = "pixels.dat"
  /// Thrown where a place's file is gone, since the pool was compacted after the place was read.
  struct Gone: Error {}

  let folder: URL
  private let descriptors = Mutex<[String: Int32]>([:])

  init(_ folder: URL) { self.folder = folder }

  deinit {
    descriptors.withLock { for descriptor in $0.values { close(descriptor) } }
  }

  /// The bytes of a place.
  ///
  /// - Throws: `PoolError.damaged` where they are not those that were written; `Gone`.
  func read(_ place: PixelPlace) throws -> [UInt8] {
    let file = try opened(place.file)
    let bytes = [UInt8](unsafeUninitializedCapacity: place.length) { buffer, count in
      count = max(0, pread(file, buffer.baseAddress, place.length, off_t(place.offset)))
    }
    guard bytes.count == place.length, bytes.withUnsafeBytes(checksum) == place.checksum else {
      throw PoolError.damaged(
        "pixels at byte \(place.offset)", place: folder.appendingPathComponent(place.file).path)
    }
    return bytes
  }

  private func opened(_ name: String) throws -> Int32 {
    try descriptors.withLock { descriptors in
      if let descriptor = descriptors[name] { return descriptor }
      let url = folder.appendingPathComponent(name)
      let descriptor = open(url.path, O_RDONLY | O_CLOEXEC)
      if descriptor < 0, errno == ENOENT { throw Gone() }
      if descriptor < 0 { throw SystemError.reading(url, "cannot open the pixels", code: errno) }
      descriptors[name] = descriptor
      return descriptor
    }
  }
}

/// The name of the file in which the database has the pixels, in a query.
let pixelFileColumn = "COALESCE((SELECT value FROM property WHERE name = 'pixels'), 'pixels.dat')"

extension Pool {
  /// The file that holds the pixels: `pixels.dat`, or `pixels-N.dat` after the N-th compaction.
  func pixelFile(_ db: Database) throws -> URL {
    url.appendingPathComponent(try Self.property("pixels", db) ?? PixelStore.first)
  }

  /// The deflated pixels of a stored image.
  ///
  /// - Throws: `PoolError.damaged`.
  func bytes(of image: StoredImage) throws -> [UInt8] {
    do {
      return try pixels.read(image.place)
    } catch is PixelStore.Gone {
      do {
        return try pixels.read(try stored(content: image.content).place)
      } catch is PixelStore.Gone {
        throw SystemError.reading(
          url.appendingPathComponent(image.place.file), "cannot open the pixels", code: ENOENT)
      }
    }
  }
}

/// Writes at the end of a file of pixels.
///
/// The database is told of pixels only after `synchronize`. What an interrupted import left behind
/// the last place that the database knows is cut off at the start.
final class PixelWriter {
  private let file: OutputFile
  /// Where the next bytes will stand.
  private(set) var end: Int

  /// Goes on at byte `end`, the end of what the database knows.
  init(_ url: URL, after end: Int) throws {
    if FileManager.default.fileExists(atPath: url.path) {
      if truncate(url.path, off_t(end)) != 0 {
        throw SystemError.writing(url, "cannot cut off an unfinished write", code: errno)
      }
    }
    file = try OutputFile(appendingTo: url)
    self.end = end
  }

  /// Writes the bytes and tells their place.
  func append(_ bytes: [UInt8], checksum: Int64) throws -> PixelPlace {
    try bytes.withUnsafeBytes { try file.write($0) }
    defer { end += bytes.count }
    return PixelPlace(
      file: file.url.lastPathComponent, offset: end, length: bytes.count, checksum: checksum)
  }

  /// Cuts off what was written behind byte `end`.
  func cut(after end: Int) throws {
    if end == self.end { return }
    if truncate(file.url.path, off_t(end)) != 0 {
      throw SystemError.writing(file.url, "cannot cut off an unfinished write", code: errno)
    }
    self.end = end
  }

  /// Waits until everything written is on the disk.
  func synchronize() throws { try file.synchronize() }
}
