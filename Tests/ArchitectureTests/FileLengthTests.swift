import Foundation
import Testing

/// A file is one idea; a function fits on a screen.
@Suite struct FileLengthTests {
  private static let longestFile = 400
  private static let longestFunction = 40

  private static let ours = SourceFile.code.filter { !$0.isGenerated }

  @Test("no file is longer than 400 lines", arguments: ours)
  func files(file: SourceFile) {
    #expect(file.lines.count <= Self.longestFile, "\(file.path) has \(file.lines.count) lines")
  }

  @Test(
    "no function is longer than 40 lines", arguments: ours.filter { $0.path.hasPrefix("Sources") })
  func functions(file: SourceFile) {
    for (name, count) in Self.functions(in: file) {
      #expect(count <= Self.longestFunction, "\(file.path): \(name) has \(count) lines")
    }
  }

  @Test("no file or folder is a box for everything", arguments: SourceFile.code.map(\.path))
  func names(path: String) {
    for box in ["Utils", "Utilities", "Helpers", "Common", "Misc"] {
      #expect(!path.split(separator: "/").contains { $0.hasPrefix(box) }, "\(path) names no idea")
    }
  }

  /// The functions of a formatted Swift file with the number of lines of their bodies: from the line
  /// that opens a body to the brace that stands as far left as the declaration.
  private static func functions(in file: SourceFile) -> [(name: String, count: Int)] {
    guard file.path.hasSuffix(".swift") else { return [] }
    var result: [(String, Int)] = []
    for (number, line) in file.lines(with: "func ") + file.lines(with: "init") {
      let start = number - 1
      let text = line.drop { $0 == " " }
      guard text.contains(#/^(@\S+ )*(\w+ )*(func |init[?(<])/#), !text.hasSuffix("}") else {
        continue
      }
      let indent = line.count - text.count
      let rest = file.lines[start...]
      let close = String(repeating: " ", count: indent) + "}"
      guard let open = rest.firstIndex(where: { $0.hasSuffix("{") }),
        let end = rest.firstIndex(where: { $0 == close }), open < end
      else { continue }
      result.append((String(text), end - open - 1))
    }
    return result
  }
}
