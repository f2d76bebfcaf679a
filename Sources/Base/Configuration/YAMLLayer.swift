import Yams

/// Where a part of a configuration comes from.
enum YAMLOrigin: Equatable {
  /// `--set KEY=VALUE`, as it was given.
  case override(String)
  /// The user's file, by the name to show.
  case file(String)
  /// The documented default.
  case defaults

  /// The place to show for a node of this origin.
  func place(_ node: Node) -> String {
    switch self {
    case .override(let text): "--set \(text)"
    case .file(let name): node.mark.map { "\(name), line \($0.line)" } ?? name
    case .defaults: "the default"
    }
  }
}

/// One of the texts that a configuration is merged from.
struct YAMLLayer {
  let node: Node
  let origin: YAMLOrigin

  /// The part under a key.
  subscript(key: String) -> YAMLLayer? {
    guard let mapping = node.mapping else { return nil }
    return mapping.first { $0.key.scalar?.string == key }
      .map { YAMLLayer(node: $0.value, origin: origin) }
  }

  /// The keys, with the places where they stand.
  var keys: [(key: String, place: String)] {
    guard let mapping = node.mapping else { return [] }
    return mapping.map { ($0.key.scalar?.string ?? "?", origin.place($0.key)) }
  }

  /// What stands there, for a message.
  var sketch: String {
    switch node {
    case .scalar(let scalar): scalar.isNull ? "nothing" : "'\(scalar.string)'"
    case .mapping: "a mapping"
    case .sequence: "a list"
    case .alias: "an alias"
    }
  }

  var place: String { origin.place(node) }
}
