import Foundation

/// The right of one process to write a folder.
///
/// The system holds the lock and drops it when the process ends in whatever way, so that the file of
/// a killed process stops nobody. Where a file system has no locks, the process number in the file
/// is asked for.
final class RunLock: Sendable {
  private let descriptor: Int32

  /// Takes the lock of `folder`.
  ///
  /// - Throws: a `Diagnostic` where another process has it.
  init(_ folder: URL) throws {
    let url = folder.appendingPathComponent(".lock")
    descriptor = open(url.path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    if descriptor < 0 {
      throw SystemError.writing(url, "cannot create the lock file", code: errno)
    }
    if flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      let owner = Self.owner(descriptor)
      if errno == EWOULDBLOCK || owner.map(Self.isAlive) ?? false {
        close(descriptor)
        throw Self.taken(folder, by: owner)
      }
    }
    let text = Array("\(getpid())\n".utf8)
    ftruncate(descriptor, 0)
    pwrite(descriptor, text, text.count, 0)
  }

  deinit { close(descriptor) }

  /// Whether a process has the lock of `folder`.
  static func isTaken(_ folder: URL) -> Bool {
    let descriptor = open(folder.appendingPathComponent(".lock").path, O_RDWR | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK
  }

  private static func owner(_ descriptor: Int32) -> Int32? {
    var bytes = [UInt8](repeating: 0, count: 16)
    let code = errno
    let count = pread(descriptor, &bytes, bytes.count, 0)
    errno = code
    let digits = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    return Int32(digits.trimmingCharacters(in: .whitespacesAndNewlines))
  }

  private static func isAlive(_ process: Int32) -> Bool {
    kill(process, 0) == 0 || errno == EPERM
  }

  private static func taken(_ folder: URL, by owner: Int32?) -> Diagnostic {
    Diagnostic(
      "another process\(owner.map { " (\($0))" } ?? "") is working in this folder",
      at: folder.path, fix: "wait until it has ended, or choose another folder",
      exit: .cannotWrite)
  }
}
