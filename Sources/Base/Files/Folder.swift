public import Foundation

/// Folders, with errors that say what to do.
public enum Folder {
  /// Creates a folder and those above it, where they are not there yet.
  ///
  /// - Throws: a `SystemError` with exit code 73.
  public static func create(_ url: URL) throws {
    if mkdir(url.path, 0o755) == 0 { return }
    let code = errno
    if code == EEXIST, isFolder(url) { return }
    let parent = url.deletingLastPathComponent()
    guard code == ENOENT, parent.path != url.path else {
      throw SystemError.writing(url, "cannot create the folder", code: code)
    }
    try create(parent)
    if mkdir(url.path, 0o755) != 0, errno != EEXIST {
      throw SystemError.writing(url, "cannot create the folder", code: errno)
    }
  }

  /// The names in a folder in alphabetical order, empty where there is no folder.
  public static func names(in url: URL) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []).sorted()
  }

  /// Whether there is a folder.
  public static func isFolder(_ url: URL) -> Bool {
    var status = stat()
    return stat(url.path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Removes what killed processes left behind while they were replacing files.
  public static func removeLeftovers(in url: URL) {
    for name in names(in: url) where name.hasPrefix(".") && name.hasSuffix(".partial") {
      unlink(url.appendingPathComponent(name).path)
    }
  }
}

extension String {
  /// The text of a file in UTF-8.
  ///
  /// - Throws: a `SystemError` where the file cannot be read, a `Diagnostic` where it is no text.
  public init(readingFile url: URL) throws {
    let file = try MappedFile(url)
    guard let text = file.withBytes({ String(validating: $0, as: UTF8.self) }) else {
      throw Diagnostic(
        "the file is no text in UTF-8", at: url.path, fix: "save it again with that encoding")
    }
    self = text
  }
}
