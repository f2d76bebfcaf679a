public import Foundation

/// A file open for writing at its end, whose failures say what to do.
///
/// Every write either takes all bytes or throws a `SystemError` with exit code 73.
public final class OutputFile {
  /// The file.
  public let url: URL
  private var descriptor: Int32

  /// Creates the file, or empties it.
  public convenience init(creating url: URL) throws {
    try self.init(url, flags: O_CREAT | O_TRUNC)
  }

  /// Opens an existing file, whose bytes `overwrite` may change.
  public convenience init(updating url: URL) throws {
    try self.init(url, flags: 0)
  }

  /// Opens the file, or creates it, and writes at its end.
  public convenience init(appendingTo url: URL) throws {
    try self.init(url, flags: O_CREAT | O_APPEND)
  }

  private init(_ url: URL, flags: Int32) throws {
    self.url = url
    descriptor = open(url.path, O_WRONLY | O_CLOEXEC | flags, 0o644)
    if descriptor < 0 {
      throw SystemError.writing(url, "cannot open the file for writing", code: errno)
    }
  }

  deinit { close() }

  /// Writes all bytes.
  public func write(_ bytes: UnsafeRawBufferPointer) throws {
    var rest = bytes
    while !rest.isEmpty {
      let written = Foundation.write(descriptor, rest.baseAddress, rest.count)
      if written < 0 {
        if errno == EINTR { continue }
        throw SystemError.writing(url, "cannot write to the file", code: errno)
      }
      rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(written))
    }
  }

  /// Writes all bytes.
  public func write(_ data: Data) throws {
    try data.withUnsafeBytes { try write($0) }
  }

  /// Writes the text as UTF-8.
  public func write(_ text: String) throws {
    try write(Data(text.utf8))
  }

  /// Writes bytes over those at `offset`, counted from the file's start (not for a file opened for
  /// appending).
  public func overwrite(_ data: Data, at offset: Int) throws {
    let written = data.withUnsafeBytes {
      pwrite(descriptor, $0.baseAddress, $0.count, off_t(offset))
    }
    if written != data.count {
      throw SystemError.writing(url, "cannot write to the file", code: written < 0 ? errno : ENOSPC)
    }
  }

  /// Waits until everything written is on the disk.
  public func synchronize() throws {
    if fsync(descriptor) != 0, errno != EINVAL, errno != ENOTSUP {
      throw SystemError.writing(url, "cannot bring the file to the disk", code: errno)
    }
  }

  /// Closes the file; closing twice is harmless.
  public func close() {
    if descriptor >= 0 {
      Foundation.close(descriptor)
      descriptor = -1
    }
  }
}
