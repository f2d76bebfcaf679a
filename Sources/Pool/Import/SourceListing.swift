import Base
import Foundation

/// The files of a source that may hold images, in the order of their relative paths.
struct SourceListing: Sendable {
  /// The folder, or the folder of the only file.
  let root: URL
  /// Paths relative to `root`, sorted.
  let files: TextList
  /// Files that are no images by their names: text, tables, hidden files.
  let ignored: Int

  /// Lists a folder and all folders in it, or one file.
  init(_ source: URL) throws {
    let source = source.standardizedFileURL
    var status = stat()
    if stat(source.path, &status) != 0 {
      throw SystemError.reading(source, "cannot read the source", code: errno)
    }
    if status.st_mode & S_IFMT != S_IFDIR {
      root = source.deletingLastPathComponent()
      files = TextList([source.lastPathComponent])
      ignored = 0
      return
    }
    root = source
    var found = TextList()
    var ignored = 0
    try Self.walk(source, "", &found, &ignored)
    files = found.sorted()
    self.ignored = ignored
  }

  private static func walk(
    _ folder: URL, _ prefix: String, _ found: inout TextList, _ ignored: inout Int
  ) throws {
    guard let directory = opendir(folder.path) else {
      throw SystemError.reading(folder, "cannot list the folder", code: errno)
    }
    defer { closedir(directory) }
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name == "." || name == ".." { continue }
      if name.hasPrefix(".") {
        ignored += 1
      } else if isFolder(folder, name, Int32(entry.pointee.d_type)) {
        try walk(folder.appendingPathComponent(name), prefix + name + "/", &found, &ignored)
      } else if isNoImage(name) {
        ignored += 1
      } else {
        found.append(prefix + name)
      }
    }
  }

  private static func isFolder(_ folder: URL, _ name: String, _ type: Int32) -> Bool {
    if type == Int32(DT_DIR) { return true }
    if type == Int32(DT_REG) { return false }
    var status = stat()
    return lstat(folder.appendingPathComponent(name).path, &status) == 0
      && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Whether the name alone says that the file holds no image.
  private static func isNoImage(_ name: String) -> Bool {
    let lower = name.lowercased()
    if names.contains(lower) { return true }
    guard let dot = lower.lastIndex(of: ".") else { return false }
    return suffixes.contains(String(lower[lower.index(after: dot)...]))
  }

  private static let suffixes: Set<String> = [
    "csv", "tsv", "json", "jsonl", "yaml", "yml", "xml", "txt", "md", "rst", "html", "htm", "pdf",
    "xls", "xlsx", "doc", "docx", "log", "sha256", "md5", "py", "sh", "ini", "toml", "db", "sqlite",
  ]
  private static let names: Set<String> = [
    "readme", "license", "licence", "copying", "changelog", "sha256sums", "md5sums", "makefile",
    "thumbs.db", "dicomdir",
  ]

  /// The full path of a relative one.
  func path(_ relative: String) -> String {
    root.path.hasSuffix("/") ? root.path + relative : root.path + "/" + relative
  }
}
