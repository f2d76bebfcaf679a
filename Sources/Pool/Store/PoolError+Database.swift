public import Base
import Foundation
import GRDB

extension PoolError {
  /// What a failure of the database means to the user: a disk without room, a pool that may not be
  /// written, that another program holds, or that is damaged.
  ///
  /// - Parameters:
  ///   - error: any error.
  ///   - place: the pool.
  /// - Returns: nil where the error is none of the database's, or a mistake of this program.
  public static func explanation(
    of error: any Error, place: String = "pool.sqlite"
  ) -> (any Diagnosable)? {
    guard let error = error as? DatabaseError else { return nil }
    func writing(_ code: Int32) -> SystemError {
      SystemError.writing(URL(fileURLWithPath: place), "cannot write to the pool", code: code)
    }
    switch error.resultCode {
    case .SQLITE_FULL: return writing(ENOSPC)
    case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_CANTOPEN: return writing(EACCES)
    case .SQLITE_BUSY, .SQLITE_LOCKED: return PoolError.busy(place: place)
    case .SQLITE_IOERR: return writing(noRoom.contains(error.extendedResultCode) ? ENOSPC : EIO)
    case .SQLITE_CORRUPT, .SQLITE_NOTADB:
      return PoolError.damaged("pool.sqlite (\(error.resultCode))", place: place)
    default: return nil
    }
  }

  /// SQLite reserves the room of its shared memory and of its log at once.
  private static let noRoom: [ResultCode] = [
    .SQLITE_IOERR_SHMSIZE, .SQLITE_IOERR_SHMMAP, .SQLITE_IOERR_WRITE,
  ]
}
