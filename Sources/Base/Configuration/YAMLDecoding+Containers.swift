import Yams

extension YAMLDecoding {
  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    known = known ?? []
    for layer in layers where layer.node.mapping == nil {
      findings.add("\(subject) must be a mapping, not \(layer.sketch)", at: layer.place)
    }
    return KeyedDecodingContainer(Keyed<Key>(decoding: self))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    guard let layer = layers.first, let elements = layer.node.sequence else {
      findings.add("\(subject) must be a list, not \(sketch)", at: place)
      throw Abandoned()
    }
    return Unkeyed(decoding: self, origin: layer.origin, elements: Array(elements))
  }

  func singleValueContainer() throws -> any SingleValueDecodingContainer { Single(decoding: self) }

  /// The decoder of what stands under a key.
  private func child(_ key: String) -> YAMLDecoding {
    if known?.contains(key) != true { known = (known ?? []) + [key] }
    return with(layers.compactMap { $0[key] }, under: [key])
  }

  private func nestedChild(_ key: String) -> YAMLDecoding {
    let child = child(key)
    nested.append(child)
    return child
  }

  private struct Keyed<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let decoding: YAMLDecoding
    var codingPath: [any CodingKey] { decoding.codingPath }

    var allKeys: [Key] {
      var names: [String] = []
      for layer in decoding.layers {
        names += layer.keys.map(\.key).filter { !names.contains($0) }
      }
      return names.compactMap { Key(stringValue: $0) }
    }

    func contains(_ key: Key) -> Bool {
      !decoding.child(key.stringValue).layers.isEmpty
    }

    func decodeNil(forKey key: Key) -> Bool {
      decoding.child(key.stringValue).layers.first?.node.isNull ?? true
    }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
      try decoding.child(key.stringValue).value(type)
    }

    func nestedContainer<Nested: CodingKey>(
      keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
      try decoding.nestedChild(key.stringValue).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
      try decoding.child(key.stringValue).unkeyedContainer()
    }

    func superDecoder() -> any Decoder { decoding.nestedChild("super") }
    func superDecoder(forKey key: Key) -> any Decoder { decoding.nestedChild(key.stringValue) }
  }

  private struct Unkeyed: UnkeyedDecodingContainer {
    let decoding: YAMLDecoding
    let origin: YAMLOrigin
    let elements: [Node]
    var currentIndex = 0
    var codingPath: [any CodingKey] { decoding.codingPath }
    var count: Int? { elements.count }
    var isAtEnd: Bool { currentIndex >= elements.count }

    private mutating func next() throws -> YAMLDecoding {
      if isAtEnd {
        decoding.findings.add(
          "\(decoding.subject) has too few elements: \(elements.count)", at: decoding.place)
        throw Abandoned()
      }
      defer { currentIndex += 1 }
      let layer = YAMLLayer(node: elements[currentIndex], origin: origin)
      return decoding.with([layer], under: ["\(currentIndex)"])
    }

    mutating func decodeNil() -> Bool {
      guard !isAtEnd, elements[currentIndex].isNull else { return false }
      currentIndex += 1
      return true
    }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
      try next().value(type)
    }

    mutating func nestedContainer<Nested: CodingKey>(
      keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> {
      let child = try next()
      decoding.nested.append(child)
      return try child.container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
      try next().unkeyedContainer()
    }

    mutating func superDecoder() throws -> any Decoder { try next() }
  }

  private struct Single: SingleValueDecodingContainer {
    let decoding: YAMLDecoding
    var codingPath: [any CodingKey] { decoding.codingPath }

    func decodeNil() -> Bool { decoding.layers.first?.node.isNull ?? true }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
      try decoding.value(type)
    }
  }
}
