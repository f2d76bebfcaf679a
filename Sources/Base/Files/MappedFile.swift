public import Foundation

/// A file whose bytes are read, and where asked for written, through the page cache.
///
/// The mapping is shared and ends with the object, which Swift may release after its last mention:
/// read in `withBytes`, or keep the object in a property. Reading from several threads is safe; who
/// writes keeps to ranges of their own.
public final class MappedFile: @unchecked Sendable {
  /// The file.
  public let url: URL
  private let base: UnsafeMutableRawPointer?
  private let isWritable: Bool
  /// The number of bytes.
  public let count: Int

  /// Maps an existing file for reading.
  public convenience init(_ url: URL) throws {
    try self.init(url, flags: O_RDONLY, byteCount: nil)
  }

  /// Maps an existing file for reading and writing.
  public convenience init(updating url: URL) throws {
    try self.init(url, flags: O_RDWR, byteCount: nil)
  }

  /// Creates (or empties) a file of `byteCount` zeros and maps it for reading and writing.
  ///
  /// The space is reserved at once, so that a full disk is an error here and no signal later.
  public convenience init(creating url: URL, byteCount: Int) throws {
    try self.init(url, flags: O_RDWR | O_CREAT | O_TRUNC, byteCount: byteCount)
  }

  private init(_ url: URL, flags: Int32, byteCount: Int?) throws {
    self.url = url
    isWritable = flags & O_ACCMODE == O_RDWR
    let failure = isWritable ? SystemError.writing : SystemError.reading
    let descriptor = open(url.path, flags | O_CLOEXEC, 0o644)
    if descriptor < 0 { throw failure(url, "cannot open the file", errno) }
    defer { close(descriptor) }
    if let byteCount, byteCount > 0 {
      let code = posix_fallocate(descriptor, 0, off_t(byteCount))
      if code != 0 {
        unlink(url.path)
        throw failure(url, "cannot reserve \(byteCount) bytes", code)
      }
    }
    var status = stat()
    if fstat(descriptor, &status) != 0 { throw failure(url, "cannot examine the file", errno) }
    if status.st_mode & S_IFMT != S_IFREG {
      throw failure(url, "this is no file", status.st_mode & S_IFMT == S_IFDIR ? EISDIR : EINVAL)
    }
    count = Int(status.st_size)
    base = Self.map(descriptor, count, isWritable)
    if base == nil, count > 0 { throw failure(url, "cannot map the file", errno) }
  }

  private static func map(
    _ descriptor: Int32, _ count: Int, _ isWritable: Bool
  ) -> UnsafeMutableRawPointer? {
    if count == 0 { return nil }
    let protection = isWritable ? PROT_READ | PROT_WRITE : PROT_READ
    let address = mmap(nil, count, protection, MAP_SHARED, descriptor, 0)
    return address == MAP_FAILED ? nil : address
  }

  deinit {
    if let base { munmap(base, count) }
  }

  /// Gives `body` all bytes; the mapping stays until it returns.
  public func withBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
    defer { withExtendedLifetime(self) {} }
    return try body(bytes)
  }

  /// All bytes, valid only while the object lives.
  public var bytes: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: base, count: count)
  }

  /// Gives `body` all bytes for writing; the file must have been opened for that.
  public func withMutableBytes<R>(
    _ body: (UnsafeMutableRawBufferPointer) throws -> R
  ) rethrows -> R {
    defer { withExtendedLifetime(self) {} }
    return try body(mutableBytes)
  }

  /// All bytes for writing, valid only while the object lives; the file must have been opened for
  /// that.
  public var mutableBytes: UnsafeMutableRawBufferPointer {
    precondition(isWritable, "\(url.lastPathComponent) is mapped for reading only")
    return UnsafeMutableRawBufferPointer(start: base, count: count)
  }

  /// Lets go of the pages in memory; they are read again when they are asked for.
  public func releasePages() {
    if let base { madvise(base, count, MADV_DONTNEED) }
  }

  /// Waits until everything written is on the disk.
  public func synchronize() throws {
    if let base, isWritable, msync(base, count, MS_SYNC) != 0 {
      throw SystemError.writing(url, "cannot bring the file to the disk", code: errno)
    }
  }
}
