import Foundation

/// Runs `body` with a fresh folder that is removed afterwards.
func withFolder<R>(_ body: (URL) throws -> R) throws -> R {
  let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("base-tests-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder)
}

/// A file of `Tests/Fixtures`.
func fixture(_ path: String) -> URL {
  URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Fixtures/\(path)")
}

extension URL {
  /// The entry under this folder.
  subscript(name: String) -> URL { appendingPathComponent(name) }

  /// The names in this folder, hidden ones too.
  var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }

  /// The text of this file.
  var text: String { (try? String(contentsOf: self, encoding: .utf8)) ?? "" }
}

/// The description of what `body` throws, the folder's path shortened to FOLDER.
func message(in folder: URL? = nil, _ body: () throws -> Void) -> String {
  do {
    try body()
    return "nothing was thrown"
  } catch {
    return "\(error)".replacingOccurrences(of: folder?.path ?? "\0", with: "FOLDER")
  }
}
