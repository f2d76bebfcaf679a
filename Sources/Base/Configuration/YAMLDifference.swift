import Yams

extension StrictYAML {
  /// Where two configurations differ, a line for each key path: `training.steps: 400 there, 200
  /// now`.
  static func differences(_ before: String, _ now: String) throws -> [String] {
    let before = try leaves(before)
    let now = try leaves(now)
    let paths =
      now.map(\.path) + before.map(\.path).filter { path in !now.contains { $0.path == path } }
    return paths.compactMap { path in
      let old = before.first { $0.path == path }?.text ?? "absent"
      let new = now.first { $0.path == path }?.text ?? "absent"
      return old == new ? nil : "\(path): \(old) there, \(new) now"
    }
  }

  private static func leaves(_ text: String) throws -> [(path: String, text: String)] {
    guard let node = try Yams.compose(yaml: text) else { return [] }
    return leaves(node, [])
  }

  private static func leaves(_ node: Node, _ path: [String]) -> [(path: String, text: String)] {
    guard let mapping = node.mapping, !mapping.isEmpty else {
      return [(path.joined(separator: "."), YAMLWriter.flow(node))]
    }
    return mapping.flatMap { leaves($0.value, path + [$0.key.scalar?.string ?? ""]) }
  }
}
