import Base
import Foundation

/// Makes sure that one program at a time imports into a pool; ends with the object or the process.
final class WriterLock {
  private let descriptor: Int32

  /// - Throws: `PoolError.busy` where another program holds the lock.
  init(_ pool: URL) throws {
    let url = pool.appendingPathComponent(".lock")
    descriptor = open(url.path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    if descriptor < 0 {
      throw SystemError.writing(url, "cannot open the pool's lock", code: errno)
    }
    if flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      close(descriptor)
      throw PoolError.busy(place: pool.path)
    }
  }

  deinit { close(descriptor) }
}
