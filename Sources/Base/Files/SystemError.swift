public import Foundation

/// A call to the operating system that failed, in the reader's words.
public struct SystemError: Diagnosable {
  /// What was tried, such as "cannot write to the file", and the system's reason.
  public let what: String
  /// The file.
  public let place: String?
  /// What to do.
  public let remedy: String?
  /// 73 where writing failed, else 65.
  public let exitCode: ExitCode

  /// Reading `url` failed with `code` (an `errno`).
  public static func reading(_ url: URL, _ action: String, code: Int32) -> SystemError {
    SystemError(
      what: "\(action): \(reason(code))", place: url.path,
      remedy: readingRemedy(code), exitCode: .badInput)
  }

  /// Writing `url` failed with `code` (an `errno`).
  public static func writing(_ url: URL, _ action: String, code: Int32) -> SystemError {
    SystemError(
      what: "\(action): \(reason(code))", place: url.path,
      remedy: writingRemedy(code), exitCode: .cannotWrite)
  }

  /// Writing `url` failed with an error of Foundation's.
  public static func writing(_ url: URL, _ action: String, cause: any Error) -> SystemError {
    writing(url, action, code: code(of: cause))
  }

  /// The `errno` behind an error of Foundation's.
  private static func code(of cause: any Error) -> Int32 {
    if let error = cause as? POSIXError { return error.code.rawValue }
    let error = cause as? CocoaError
    if let inner = error?.underlying { return code(of: inner) }
    switch error?.code {
    case .fileWriteOutOfSpace: return ENOSPC
    case .fileWriteNoPermission, .fileReadNoPermission: return EACCES
    case .fileWriteVolumeReadOnly: return EROFS
    case .fileNoSuchFile, .fileReadNoSuchFile: return ENOENT
    default: return EIO
    }
  }

  private static func reason(_ code: Int32) -> String {
    String(cString: strerror(code)).lowercased()
  }

  private static func readingRemedy(_ code: Int32) -> String {
    switch code {
    case ENOENT: "check the path"
    case EACCES, EPERM: "give yourself the right to read it"
    case EISDIR: "name a file, not a folder"
    case ENOTDIR: "a part of the path is a file; choose another path"
    default: "copy the file to a disk of this machine, and name the copy"
    }
  }

  private static func writingRemedy(_ code: Int32) -> String {
    switch code {
    case EFBIG: "raise the limit on the size of files (ulimit -f)"
    case ENOSPC, EDQUOT: "free some space on this disk, or choose a folder on another one"
    case EACCES, EPERM, EROFS: "choose a folder that you may write to"
    case ENOENT: "create the folder first"
    case EISDIR: "a folder has this name; move it, or choose another name"
    case ENOTDIR: "a part of the path is a file; choose another path"
    default: "check the disk, or choose a folder on another one"
    }
  }
}
