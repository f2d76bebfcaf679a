import Foundation
import Yams

/// Prints nodes as YAML: mappings in block style, short lists in one line, comments above keys.
struct YAMLWriter {
  /// Comments by key path.
  var comments: [String: String] = [:]
  private var lines: [String] = []

  private static let width = 100

  /// The text of a node, ending in a line break.
  static func text(_ node: Node, comments: [String: String] = [:]) -> String {
    var writer = YAMLWriter(comments: comments)
    writer.comment([], indent: 0)
    if !writer.lines.isEmpty { writer.lines.append("") }
    writer.block(node, path: [], indent: 0)
    return writer.lines.joined(separator: "\n") + "\n"
  }

  /// The text of a node in one line: `{a: 1, b: [2, 3]}`.
  static func flow(_ node: Node) -> String {
    switch node {
    case .scalar(let scalar): text(scalar)
    case .mapping(let mapping):
      "{" + mapping.map { flow($0.key) + ": " + flow($0.value) }.joined(separator: ", ") + "}"
    case .sequence(let elements): "[" + elements.map(flow).joined(separator: ", ") + "]"
    case .alias: "null"
    }
  }

  private init(comments: [String: String]) {
    self.comments = comments
  }

  private mutating func block(_ node: Node, path: [String], indent: Int) {
    switch node {
    case .mapping(let mapping) where !mapping.isEmpty:
      for (key, value) in mapping {
        let path = path + [key.scalar?.string ?? ""]
        comment(path, indent: indent)
        entry(Self.flow(key) + ":", value, path: path, indent: indent)
      }
    case .sequence(let elements) where elements.contains { $0.mapping != nil }:
      for (index, element) in elements.enumerated() {
        item(element, path: path + ["\(index)"], indent: indent)
      }
    default:
      lines.append(spaces(indent) + Self.flow(node))
    }
  }

  private mutating func entry(_ head: String, _ value: Node, path: [String], indent: Int) {
    let isBlock =
      switch value {
      case .mapping(let mapping): !mapping.isEmpty
      case .sequence(let elements): elements.contains { $0.mapping != nil }
      default: false
      }
    if isBlock {
      lines.append(spaces(indent) + head)
      block(value, path: path, indent: indent + 2)
    } else {
      lines.append(spaces(indent) + head + " " + Self.flow(value))
    }
  }

  /// An element of a list: its first line stands behind the dash.
  private mutating func item(_ element: Node, path: [String], indent: Int) {
    let start = lines.count
    block(element, path: path, indent: indent + 2)
    if lines[start].hasPrefix(spaces(indent + 2)) {
      lines[start] = spaces(indent) + "- " + lines[start].dropFirst(indent + 2)
    }
  }

  private mutating func comment(_ path: [String], indent: Int) {
    guard let text = comments[path.joined(separator: ".")] else { return }
    if path.count == 1, !lines.isEmpty, lines.last != "" { lines.append("") }
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      lines += wrapped(String(line), width: Self.width - indent - 2)
        .map { spaces(indent) + ("# " + $0).trimmingSuffix(while: \.isWhitespace) }
    }
  }

  /// A line broken between words; what continues an indented line is indented further.
  private func wrapped(_ line: String, width: Int) -> [String] {
    if line.count <= width { return [line] }
    let lead = line.prefix { $0 == " " }.count
    var result: [String] = []
    var current = spaces(lead)
    for word in line.split(separator: " ") {
      if current.count + word.count > width, current.contains(where: { $0 != " " }) {
        result.append(current.trimmingSuffix(while: \.isWhitespace))
        current = spaces(lead > 0 ? lead + 4 : 0)
      }
      current += word + " "
    }
    return result + [current.trimmingSuffix(while: \.isWhitespace)]
  }

  private func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }

  private static func text(_ scalar: Node.Scalar) -> String {
    if scalar.isPlain { return scalar.string }
    var quoted = "\""
    for character in scalar.string.unicodeScalars {
      switch character {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      case _ where character.isUnprintable: quoted += String(format: "\\u%04x", character.value)
      default: quoted.unicodeScalars.append(character)
      }
    }
    return quoted + "\""
  }
}

extension String {
  fileprivate func trimmingSuffix(while predicate: (Character) -> Bool) -> String {
    var text = self[...]
    while let last = text.last, predicate(last) { text.removeLast() }
    return String(text)
  }
}

extension Unicode.Scalar {
  /// Whether YAML forbids the character, or an editor would hide it.
  fileprivate var isUnprintable: Bool {
    value < 0x20 || (0x7f..<0xa0).contains(value) || [0x2028, 0x2029, 0xfeff].contains(value)
  }
}
