public import Foundation

/// Files that are either the old or the new one, whatever happens in between.
///
/// The new content goes to a temporary name beside the file, is brought to the disk, renamed, and
/// the folder is brought to the disk as well.
public enum AtomicFile {
  /// Replaces the file by `data`.
  public static func write(_ data: Data, to url: URL) throws {
    try replace(url) { temporary in
      let file = try OutputFile(creating: temporary)
      try file.write(data)
    }
  }

  /// Replaces the file by the text in UTF-8.
  public static func write(_ text: String, to url: URL) throws {
    try write(Data(text.utf8), to: url)
  }

  /// Replaces the file by what `body` writes to the URL that it is given, and returns what `body`
  /// does; when it throws, the old file stays and the temporary one is removed.
  public static func replace<Value>(_ url: URL, by body: (URL) throws -> Value) throws -> Value {
    let temporary = temporaryName(for: url)
    do {
      let value = try body(temporary)
      try publish(temporary, as: url)
      return value
    } catch {
      unlink(temporary.path)
      throw error
    }
  }

  /// The temporary name beside `url` that belongs to this process.
  static func temporaryName(for url: URL) -> URL {
    url.deletingLastPathComponent()
      .appendingPathComponent(".\(url.lastPathComponent).\(getpid()).partial")
  }

  /// Brings `temporary` to the disk and gives it its final name.
  static func publish(_ temporary: URL, as url: URL) throws {
    try synchronize(temporary)
    if rename(temporary.path, url.path) != 0 {
      throw SystemError.writing(url, "cannot replace the file", code: errno)
    }
    try synchronize(url.deletingLastPathComponent())
  }

  private static func synchronize(_ url: URL) throws {
    let descriptor = open(url.path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0 {
      throw SystemError.writing(url, "cannot open what was written", code: errno)
    }
    defer { close(descriptor) }
    if fsync(descriptor) != 0, errno != EINVAL, errno != ENOTSUP {
      throw SystemError.writing(url, "cannot bring the file to the disk", code: errno)
    }
  }
}
