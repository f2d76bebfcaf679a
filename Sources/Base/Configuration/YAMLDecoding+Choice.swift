import Yams

extension YAMLDecoding {
  /// The choice that the first layer names, its settings merged from all layers that name the same.
  func choice<Value: NamedChoice>(_ type: Value.Type) throws -> Value {
    guard let top = layers.first, let selected = selection(top, of: type)?.choice else {
      findings.add(complaint(type), at: place)
      throw Abandoned()
    }
    var settings = layers.compactMap { layer -> YAMLLayer? in
      guard let other = selection(layer, of: type), other.choice.name == selected.name else {
        return nil
      }
      return other.settings
    }
    let keys = selected.name.map { [$0] } ?? []
    guard let defaults = selected.defaults else {
      refuseSettings(settings, of: selected.name ?? "")
      return selected.value
    }
    if settings.last?.origin != .defaults {
      settings.append(YAMLLayer(node: try YAMLEncoding.node(defaults), origin: .defaults))
    }
    return try selected.make(with(settings, under: keys))
  }

  /// What a layer names, and the settings it gives.
  private func selection<Value: NamedChoice>(
    _ layer: YAMLLayer, of type: Value.Type
  ) -> (choice: Choice<Value>, settings: YAMLLayer?)? {
    let unnamed = type.choices.first { $0.name == nil }
    switch layer.node {
    case .scalar(let scalar):
      return type.choices.first { $0.name == scalar.string }.map { ($0, nil) }
    case .mapping(let mapping):
      if mapping.count == 1, let key = layer.keys.first?.key {
        if let choice = type.choices.first(where: { $0.name == key }) {
          return (choice, layer[key].flatMap { $0.node.isNull ? nil : $0 })
        }
        guard partNames(of: type).contains(key) else { return nil }
      }
      return unnamed.map { ($0, layer) }
    case .sequence, .alias:
      return nil
    }
  }

  /// The keys of the choice that is written without a name.
  private func partNames<Value: NamedChoice>(of type: Value.Type) -> [String] {
    guard let defaults = type.choices.first(where: { $0.name == nil })?.defaults,
      let node = try? YAMLEncoding.node(defaults)
    else { return [] }
    return YAMLLayer(node: node, origin: .defaults).keys.map(\.key)
  }

  private func complaint<Value: NamedChoice>(_ type: Value.Type) -> String {
    let words: [String] =
      switch layers.first?.node {
      case .scalar(let scalar)?: [scalar.string]
      case .mapping?: layers.first?.keys.map(\.key) ?? []
      default: []
      }
    if words.count == 1 {
      let parts = partNames(of: type)
      let more = parts.isEmpty ? "" : "; or its parts: \(parts.joined(separator: ", "))"
      return unknown("name '\(words[0])'", words[0], among: type.names) + more
    }
    let given = words.isEmpty ? sketch : words.joined(separator: ", ")
    return "\(subject) must be one name, alone or with settings, not \(given)."
      + " Known: \(type.names.joined(separator: ", "))"
  }

  private func refuseSettings(_ settings: [YAMLLayer], of name: String) {
    for layer in settings where !(layer.node.mapping?.isEmpty ?? false) {
      let path = (path + [name]).joined(separator: ".")
      findings.add("'\(path)' takes no settings", at: layer.place)
    }
  }
}
