import Foundation
import Testing

/// A text file of the package.
struct SourceFile: CustomTestStringConvertible, Sendable {
  /// The path from the package's root, such as `Sources/Base/Diagnostic.swift`.
  let path: String
  /// The lines, without their ends.
  let lines: [Substring]

  var testDescription: String { path }

  /// The first folder below `Sources` or `Tests`.
  var module: String { path.split(separator: "/").dropFirst().first.map(String.init) ?? "" }

  /// The lines that hold `word`, with their numbers from 1.
  ///
  /// Bytes are compared, which is much quicker than characters.
  func lines(with word: String) -> [(number: Int, line: Substring)] {
    zip(1..., lines).filter { Self.has($0.1, word) }.map { (number: $0.0, line: $0.1) }
  }

  private static func has(_ line: Substring, _ word: String) -> Bool {
    let word = Array(word.utf8)
    var line = line
    return line.withUTF8 { line in
      line.indices.dropLast(word.count - 1).contains { start in
        line[start] == word[0] && line[start..<start + word.count].elementsEqual(word)
      }
    }
  }

  /// Whether a script wrote the file.
  var isGenerated: Bool { path.contains("/Generated/") }

  /// The package's root.
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The files with these endings under a folder or at a path; none where there is nothing.
  static func all(under folder: String, _ endings: Set<String>) -> [SourceFile] {
    let base = root.appendingPathComponent(folder)
    let names = FileManager.default.enumerator(atPath: base.path)?.compactMap { $0 as? String }
    let paths = (names ?? []).map { folder + "/" + $0 }.sorted()
    return paths.filter { endings.contains(($0 as NSString).pathExtension) }.compactMap(read)
  }

  /// A file, nil where it is not there.
  static func read(_ path: String) -> SourceFile? {
    let url = root.appendingPathComponent(path)
    guard let text = try? String(contentsOf: url, encoding: .utf8) else { return nil }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return SourceFile(path: path, lines: text.hasSuffix("\n") ? lines.dropLast() : lines)
  }

  /// The Swift files of the program.
  static let swiftSources = all(under: "Sources", ["swift"])

  /// All code of the program and its tests.
  static let code = ["Sources", "Tests"].flatMap {
    all(under: $0, ["swift", "c", "cpp", "h", "py"])
  }

  /// Everything that a reader of the repository sees as text.
  static let texts =
    code
    + ["scripts", "docs", "Configs", "benchmarks", ".ci"].flatMap {
      all(under: $0, ["", "md", "sh", "py", "yaml", "yml", "txt", "json", "cpp", "swift"])
    } + ["README.md", "CONTRIBUTING.md", "Makefile", "Package.swift"].compactMap(read)
}
