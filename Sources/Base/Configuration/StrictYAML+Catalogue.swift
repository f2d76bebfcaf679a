extension StrictYAML {
  /// A catalogue as YAML documents, one a method: `key: name` or `key: {name: {…}}` with its default
  /// settings, under a comment that says what the method is, costs and is good for.
  ///
  /// A type of setting that several methods share is explained at the first of them.
  public static func catalogue<Value: NamedChoice>(
    of _: Value.Type, as key: String
  ) throws -> String {
    let notes = YAMLEncoding.Notes()
    return try Value.choices.filter { $0.name != nil }.map { choice in
      notes.comments = [:]
      let node = try YAMLEncoding.node([key: choice.value], notes: notes)
      notes.comments[key] = nil
      notes.comments[""] = [
        "\(choice.name ?? ""): \(choice.summary ?? "")", choice.card.map { "Cost: " + $0.cost },
        choice.card.map { "Regime: " + $0.regime }, choice.card.map { "Source: " + $0.paper },
      ].compactMap(\.self).joined(separator: "\n")
      return YAMLWriter.text(node, comments: notes.comments)
    }.joined(separator: "---\n")
  }
}
