import Yams

/// Decodes a value from layers of YAML, of which the first that says something wins: overrides, the
/// user's file, the encoded default.
///
/// Faults are collected, and decoding goes on with the default. Which keys there are is what the
/// types ask for, so that optional ones count and no list of keys is kept.
final class YAMLDecoding: Decoder {
  /// The faults found so far.
  final class Findings {
    private(set) var faults: [ConfigurationFaults.Fault] = []

    func add(_ what: String, at place: String) {
      let fault = ConfigurationFaults.Fault(what: what, place: place)
      if !faults.contains(fault) { faults.append(fault) }
    }
  }

  /// A value that has faults, which are among the findings, and no default.
  struct Abandoned: Error {}

  let layers: [YAMLLayer]
  let path: [String]
  /// Where the value, or what it would stand in, is written.
  let place: String
  let findings: Findings
  /// The keys that were asked for, in order; nil where the value is no mapping.
  var known: [String]?
  /// Decoders of nested containers, which belong to the same value.
  var nested: [YAMLDecoding] = []

  init(layers: [YAMLLayer], path: [String], place: String, findings: Findings) {
    self.layers = layers
    self.path = path
    self.place = layers.first?.place ?? place
    self.findings = findings
  }

  var codingPath: [any CodingKey] { path.map(AnyKey.init) }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  /// The key path in quotes, to begin a message with.
  var subject: String {
    path.isEmpty ? "the configuration" : "'\(path.joined(separator: "."))'"
  }

  /// The same place with other layers.
  func with(_ layers: [YAMLLayer], under keys: [String] = []) -> YAMLDecoding {
    YAMLDecoding(layers: layers, path: path + keys, place: place, findings: findings)
  }

  /// The value, checked; where it has faults, the default.
  func value<Value: Decodable>(_ type: Value.Type) throws -> Value {
    let layers = try relevant(to: type)
    let decoding = with(type is any ReplacedAsWhole.Type ? Array(layers.prefix(1)) : layers)
    do {
      return try decoding.decoded(type)
    } catch {
      decoding.record(error, as: type)
      guard let last = layers.last, last.origin == .defaults, layers.count > 1 else {
        throw Abandoned()
      }
      return try with([last]).decoded(type)
    }
  }

  /// The layers that say something: `key:` with nothing behind it does not, but for an optional.
  private func relevant(to type: Any.Type) throws -> [YAMLLayer] {
    if type is any OptionalValue.Type { return layers }
    var layers = layers.filter { !$0.node.isNull }
    if layers.last?.origin != .defaults, let type = type as? any Defaulted.Type {
      layers.append(YAMLLayer(node: try YAMLEncoding.node(type.init()), origin: .defaults))
    }
    if layers.isEmpty {
      findings.add("\(subject) is missing", at: place)
      throw Abandoned()
    }
    return layers
  }

  private func decoded<Value: Decodable>(_ type: Value.Type) throws -> Value {
    if let scalar = type as? any YAMLScalar.Type, let value = try self.scalar(scalar) as? Value {
      return value
    }
    let value = try type.init(from: self)
    reportUnknownKeys()
    if let checked = value as? any Validatable { report(checked.faults()) }
    return value
  }

  private func scalar<Value: YAMLScalar>(_ type: Value.Type) throws -> Value {
    guard let layer = layers.first, let scalar = layer.node.scalar, let value = Value.parse(scalar)
    else {
      findings.add("\(subject) must be \(Value.expectation), not \(sketch)", at: place)
      throw Abandoned()
    }
    return value
  }

  /// What is written, for a message.
  var sketch: String { layers.first?.sketch ?? "nothing" }
}

/// Lists and dictionaries are replaced, never merged.
protocol ReplacedAsWhole {}
extension Array: ReplacedAsWhole {}
extension Set: ReplacedAsWhole {}
extension Dictionary: ReplacedAsWhole {}

/// A value for which `null` means something.
protocol OptionalValue {}
extension Optional: OptionalValue {}
