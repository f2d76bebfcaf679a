import Yams

/// Encodes values as YAML nodes, keys in the order in which they are declared.
final class YAMLEncoding: Encoder {
  /// What the values met on the way say about themselves.
  final class Notes {
    /// Comments by key path.
    var comments: [String: String] = [:]
    /// Where a type was explained first.
    private var explained: [ObjectIdentifier: String] = [:]

    /// The place where `type` was explained before; from now on, without one, `place`.
    func explain(_ type: Any.Type, at place: String) -> String? {
      if let first = explained[ObjectIdentifier(type)] { return first }
      explained[ObjectIdentifier(type)] = place
      return nil
    }

    /// Adds lines to the comment at `place`.
    func add(_ lines: String, at place: String) {
      comments[place] = [comments[place], lines].compactMap { $0 }.joined(separator: "\n")
    }
  }

  /// What has been encoded so far.
  private enum Content {
    case nothing
    case scalar(Node.Scalar)
    case mapping([(key: String, value: YAMLEncoding)])
    case sequence([YAMLEncoding])
  }

  let path: [String]
  /// Where the values' explanations go; nil for none.
  let notes: Notes?
  private var content = Content.nothing

  init(path: [String] = [], notes: Notes? = nil) {
    self.path = path
    self.notes = notes
  }

  /// The node of a value.
  static func node(_ value: some Encodable, notes: Notes? = nil) throws -> Node {
    let encoding = YAMLEncoding(notes: notes)
    try encoding.encode(value)
    return encoding.node
  }

  /// What has been encoded; an empty mapping where nothing was.
  var node: Node {
    switch content {
    case .nothing: .mapping(Node.Mapping([]))
    case .scalar(let scalar): .scalar(scalar)
    case .mapping(let pairs):
      .mapping(Node.Mapping(pairs.map { (.scalar($0.key.yaml), $0.value.node) }))
    case .sequence(let elements): .sequence(Node.Sequence(elements.map(\.node)))
    }
  }

  var codingPath: [any CodingKey] { path.map(AnyKey.init) }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    if case .nothing = content { content = .mapping([]) }
    return KeyedEncodingContainer(Keyed(encoding: self))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    if case .nothing = content { content = .sequence([]) }
    return Unkeyed(encoding: self)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { Single(encoding: self) }

  func encode(_ value: some Encodable) throws {
    if let scalar = value as? any YAMLScalar {
      content = .scalar(scalar.yaml)
    } else {
      if let notes { remember(value, in: notes) }
      try value.encode(to: self)
      if value is any UnorderedKeys, case .mapping(let pairs) = content {
        content = .mapping(pairs.sorted { $0.key < $1.key })
      }
    }
  }

  func encodeNil() { content = .scalar(.plain("null")) }

  func child(_ key: String) -> YAMLEncoding {
    let child = YAMLEncoding(path: path + [key], notes: notes)
    if case .mapping(let pairs) = content {
      content = .mapping(pairs.filter { $0.key != key } + [(key, child)])
    }
    return child
  }

  func element() -> YAMLEncoding {
    let child = YAMLEncoding(path: path + ["\(count)"], notes: notes)
    if case .sequence(let elements) = content { content = .sequence(elements + [child]) }
    return child
  }

  var count: Int {
    if case .sequence(let elements) = content { elements.count } else { 0 }
  }

  /// Notes what a value's type says about itself; what was said before is referred to.
  private func remember(_ value: some Encodable, in notes: Notes) {
    let type = Swift.type(of: value)
    let place = path.joined(separator: ".")
    guard value is any Documented || value is any NamedChoice else {
      if let names = alternatives(of: type) { notes.add(names, at: place) }
      return
    }
    if let first = notes.explain(type, at: place) {
      if path.last.flatMap(Int.init) == nil { notes.add("As \(first) above.", at: place) }
      return
    }
    if let type = type as? any Documented.Type {
      for (key, comment) in type.documentation {
        let place = (key.isEmpty ? path : path + [key]).joined(separator: ".")
        notes.comments[place] = notes.comments[place] ?? comment
      }
    }
    if let names = alternatives(of: type) { notes.add(names, at: place) }
  }
}

/// Any text as a coding key.
struct AnyKey: CodingKey {
  let stringValue: String
  var intValue: Int? { Int(stringValue) }

  init(_ text: String) { stringValue = text }
  init?(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { stringValue = String(intValue) }
}

/// A dictionary, whose keys are written in alphabetical order.
private protocol UnorderedKeys {}
extension Dictionary: UnorderedKeys {}
