extension YAMLEncoding {
  struct Keyed<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let encoding: YAMLEncoding
    var codingPath: [any CodingKey] { encoding.codingPath }

    private func encodeOptional(_ value: (some Encodable)?, _ key: Key) throws {
      if let value { try encode(value, forKey: key) } else { encodeNil(forKey: key) }
    }

    func encodeNil(forKey key: Key) { encoding.child(key.stringValue).encodeNil() }

    func encode(_ value: some Encodable, forKey key: Key) throws {
      try encoding.child(key.stringValue).encode(value)
    }

    // An optional that is nil is written as `null`, so that a complete text shows every key. The
    // protocol has an own requirement, and an own default, for each of these types.
    func encodeIfPresent<Value: Encodable>(_ value: Value?, forKey key: Key) throws {
      try encodeOptional(value, key)
    }
    func encodeIfPresent(_ value: Bool?, forKey key: Key) throws {
      try encodeOptional(value, key)
    }
    func encodeIfPresent(_ value: String?, forKey key: Key) throws {
      try encodeOptional(value, key)
    }
    func encodeIfPresent(_ value: Double?, forKey key: Key) throws {
      try encodeOptional(value, key)
    }
    func encodeIfPresent(_ value: Float?, forKey key: Key) throws {
      try encodeOptional(value, key)
    }
    func encodeIfPresent(_ value: Int?, forKey key: Key) throws {
      try encodeOptional(value, key)
    }
    func encodeIfPresent(_ value: Int32?, forKey key: Key) throws {
      try encodeOptional(value, key)
    }
    func encodeIfPresent(_ value: Int64?, forKey key: Key) throws {
      try encodeOptional(value, key)
    }
    func encodeIfPresent(_ value: UInt8?, forKey key: Key) throws {
      try encodeOptional(value, key)
    }
    func encodeIfPresent(_ value: UInt16?, forKey key: Key) throws {
      try encodeOptional(value, key)
    }
    func encodeIfPresent(_ value: UInt32?, forKey key: Key) throws {
      try encodeOptional(value, key)
    }
    func encodeIfPresent(_ value: UInt64?, forKey key: Key) throws {
      try encodeOptional(value, key)
    }

    func nestedContainer<Nested: CodingKey>(
      keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
      encoding.child(key.stringValue).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
      encoding.child(key.stringValue).unkeyedContainer()
    }

    func superEncoder() -> any Encoder { encoding.child("super") }
    func superEncoder(forKey key: Key) -> any Encoder { encoding.child(key.stringValue) }
  }

  struct Unkeyed: UnkeyedEncodingContainer {
    let encoding: YAMLEncoding
    var codingPath: [any CodingKey] { encoding.codingPath }
    var count: Int { encoding.count }

    func encodeNil() { encoding.element().encodeNil() }
    func encode(_ value: some Encodable) throws { try encoding.element().encode(value) }

    func nestedContainer<Nested: CodingKey>(
      keyedBy type: Nested.Type
    ) -> KeyedEncodingContainer<Nested> {
      encoding.element().container(keyedBy: type)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
      encoding.element().unkeyedContainer()
    }

    func superEncoder() -> any Encoder { encoding.element() }
  }

  struct Single: SingleValueEncodingContainer {
    let encoding: YAMLEncoding
    var codingPath: [any CodingKey] { encoding.codingPath }

    func encodeNil() { encoding.encodeNil() }
    func encode(_ value: some Encodable) throws { try encoding.encode(value) }
  }
}
