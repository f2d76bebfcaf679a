import Base
public import Foundation
import GRDB

extension Pool {
  /// Copies the pool, as it is at this moment, to a new folder; imports may go on meanwhile.
  ///
  /// The database first, then the pixels and masks it names: both only ever grow. Caches are left
  /// out, they can be made again.
  ///
  /// - Throws: `PoolError.present` where the folder is there already; `.busy` where the pool is
  ///   compacted meanwhile.
  public func backup(to target: URL) throws {
    let manager = FileManager.default
    if manager.fileExists(atPath: target.path) { throw PoolError.present(place: target.path) }
    let partial = target.deletingLastPathComponent()
      .appendingPathComponent(".\(target.lastPathComponent).partial")
    try? manager.removeItem(at: partial)
    do {
      try manager.createDirectory(at: partial, withIntermediateDirectories: true)
      let copy = try DatabaseQueue(path: Self.databaseURL(partial).path)
      try database.backup(to: copy)
      let pixels = try copy.read(pixelFile)
      try copy.close()
      for part in [pixels.lastPathComponent, "masks"] {
        let from = url.appendingPathComponent(part)
        if manager.fileExists(atPath: from.path) {
          try manager.copyItem(at: from, to: partial.appendingPathComponent(part))
        }
      }
      guard try database.read(pixelFile) == url.appendingPathComponent(pixels.lastPathComponent)
      else { throw PoolError.busy(place: url.path) }
      try manager.moveItem(at: partial, to: target)
    } catch {
      try? manager.removeItem(at: partial)
      throw error as? PoolError ?? PoolError.explanation(of: error, place: target.path)
        ?? SystemError.writing(target, "cannot write the backup", cause: error)
    }
  }
}
