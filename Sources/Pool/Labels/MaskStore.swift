import Base
import Foundation

/// The masks of a pool: 8-bit PNG files named by the hash of their content.
///
/// A mask is written once, whoever gives it again, and is never changed.
struct MaskStore: Sendable {
  let folder: URL

  /// The file of a mask: `ab/ab12….png`.
  func file(_ hash: String) -> URL {
    folder.appendingPathComponent(String(hash.prefix(2))).appendingPathComponent(hash + ".png")
  }

  func contains(_ hash: String) -> Bool {
    FileManager.default.fileExists(atPath: file(hash).path)
  }

  /// Stores the encoded mask under its hash, unless it is there; `synchronize` then makes it last.
  func store(_ png: Data, hash: String) throws {
    let url = file(hash)
    // A mask that is given again is young again: `pool compact` leaves it for its label to come.
    if utimes(url.path, nil) == 0 { return }
    if FileManager.default.fileExists(atPath: url.path) { return }
    let folder = url.deletingLastPathComponent()
    if mkdir(folder.path, 0o755) != 0, errno != EEXIST {
      throw SystemError.writing(folder, "cannot create the folder of masks", code: errno)
    }
    let partial = folder.appendingPathComponent(".\(hash).\(getpid()).partial")
    do {
      let file = try OutputFile(creating: partial)
      try file.write(png)
      file.close()
      if rename(partial.path, url.path) != 0 {
        throw SystemError.writing(url, "cannot store a mask", code: errno)
      }
    } catch {
      unlink(partial.path)
      throw error
    }
  }

  /// Waits until these masks are on the disk.
  ///
  /// Many at once share the file system's commits, which is some ten times quicker than one after
  /// the other.
  func synchronize(_ hashes: [String]) throws {
    try OrderedWorkers(threads: 16).run(hashes.count) { place in
      let file = try OutputFile(appendingTo: self.file(hashes[place]))
      try file.synchronize()
    } take: { _, _ in
    }
  }
}

extension Pool {
  var masks: MaskStore { MaskStore(folder: url.appendingPathComponent("masks")) }
}
