import Base
import Foundation
import Synchronization

/// Where the deflated pixels of an image stand in `pixels.dat`.
struct PixelPlace: Sendable, Hashable {
  /// Of the first byte.
  let offset: Int
  /// In bytes.
  let length: Int
  /// Of the bytes as they stand there.
  let checksum: Int64
}

/// Reads `pixels.dat` by place, from any thread.
final class PixelStore: Sendable {
  let url: URL
  private let descriptor = Mutex<Int32>(-1)

  init(_ url: URL) { self.url = url }

  deinit {
    descriptor.withLock { if $0 >= 0 { close($0) } }
  }

  /// The bytes of a place.
  ///
  /// - Throws: `PoolError.damaged` where they are not those that were written.
  func read(_ place: PixelPlace) throws -> [UInt8] {
    let file = try opened()
    let bytes = [UInt8](unsafeUninitializedCapacity: place.length) { buffer, count in
      count = max(0, pread(file, buffer.baseAddress, place.length, off_t(place.offset)))
    }
    guard bytes.count == place.length, bytes.withUnsafeBytes(checksum) == place.checksum else {
      throw PoolError.damaged("pixels at byte \(place.offset)", place: url.path)
    }
    return bytes
  }

  private func opened() throws -> Int32 {
    try descriptor.withLock { descriptor in
      if descriptor < 0 {
        descriptor = open(url.path, O_RDONLY | O_CLOEXEC)
        if descriptor < 0 { throw SystemError.reading(url, "cannot open the pixels", code: errno) }
      }
      return descriptor
    }
  }
}

/// Writes at the end of `pixels.dat`.
///
/// The database is told of pixels only after `synchronize`. What an interrupted import left behind
/// the last place that the database knows is cut off at the start.
final class PixelWriter {
  private let file: OutputFile
  private var end: Int

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
    return PixelPlace(offset: end, length: bytes.count, checksum: checksum)
  }

  /// Waits until everything written is on the disk.
  func synchronize() throws { try file.synchronize() }
}
