public import Foundation
import Yams

/// Configurations in YAML, read strictly and completely.
///
/// A user's text may hold three lines: it is merged over a default. Unknown keys are refused with
/// line and known keys, wrong types with line and key path, values out of range (`Validatable`) at
/// their line; all faults are reported at once. Lists and dictionaries replace those of the
/// default; `key:` with nothing behind it leaves the default, and `null` makes an optional nil.
/// Choices are written by name, see `NamedChoice`.
public enum StrictYAML {
  /// The value that `text` means, merged over `defaults`.
  ///
  /// `file` is the name to show in messages. `sets` are overrides such as `training.steps=400` or
  /// `query.hybrid.members=4`, whose values are YAML; a later one wins.
  ///
  /// - Throws: `ConfigurationFaults`, or a `Diagnostic` where the text is no YAML.
  public static func decode<Value: Codable>(
    _ type: Value.Type, from text: String, file: String, over defaults: Value, sets: [String] = []
  ) throws -> Value {
    let base = YAMLLayer(node: try YAMLEncoding.node(defaults), origin: .defaults)
    return try decode(type, [layer(text, .file(file))], sets, [base], file)
  }

  /// The value that the file at `url` means, merged over `defaults`; without a file the default
  /// with the overrides.
  public static func decode<Value: Codable>(
    _ type: Value.Type, at url: URL?, over defaults: Value, sets: [String] = []
  ) throws -> Value {
    let text = try url.map { try String(readingFile: $0) } ?? ""
    return try decode(
      type, from: text, file: url?.path ?? "the default", over: defaults, sets: sets)
  }

  /// The value that a complete text means, such as the resolved configuration of a run.
  public static func decode<Value: Decodable>(
    _ type: Value.Type, from text: String, file: String
  ) throws -> Value {
    try decode(type, [layer(text, .file(file))], [], [], file)
  }

  /// The value as YAML, keys in the order of declaration; equal values give equal texts.
  public static func encode(_ value: some Encodable) throws -> String {
    YAMLWriter.text(try YAMLEncoding.node(value))
  }

  /// The value as YAML with the comments of `Documented` types, and the names that can be chosen,
  /// above the keys.
  public static func document(_ value: some Encodable) throws -> String {
    let notes = YAMLEncoding.Notes()
    let node = try YAMLEncoding.node(value, notes: notes)
    return YAMLWriter.text(node, comments: notes.comments)
  }

  private static func decode<Value: Decodable>(
    _ type: Value.Type, _ texts: [YAMLLayer?], _ sets: [String], _ defaults: [YAMLLayer],
    _ file: String
  ) throws -> Value {
    let findings = YAMLDecoding.Findings()
    let overrides = sets.reversed().compactMap { override($0, findings) }
    let decoding = YAMLDecoding(
      layers: overrides + texts.compactMap { $0 } + defaults, path: [], place: file,
      findings: findings)
    let value = try? decoding.value(type)
    guard let value, findings.faults.isEmpty else {
      throw ConfigurationFaults(faults: findings.faults)
    }
    return value
  }

  /// `a.b=c` as the YAML `{a: {b: c}}`.
  private static func override(_ text: String, _ findings: YAMLDecoding.Findings) -> YAMLLayer? {
    let origin = YAMLOrigin.override(text)
    guard let equals = text.firstIndex(of: "=") else {
      findings.add("an override has the form KEY=VALUE", at: "--set \(text)")
      return nil
    }
    let keys = text[..<equals].split(separator: ".", omittingEmptySubsequences: false)
    if keys.contains(where: \.isEmpty) {
      findings.add("the key path has an empty part", at: "--set \(text)")
      return nil
    }
    do {
      let value = try Yams.compose(yaml: String(text[text.index(after: equals)...]))
      let node = keys.reversed().reduce(value ?? .scalar(.plain("null"))) { node, key in
        .mapping(Node.Mapping([(.scalar(String(key).yaml), node)]))
      }
      return YAMLLayer(node: node, origin: origin)
    } catch {
      findings.add("the value is no YAML", at: "--set \(text)")
      return nil
    }
  }

  private static func layer(_ text: String, _ origin: YAMLOrigin) throws -> YAMLLayer? {
    do {
      return try Yams.compose(yaml: text).map { YAMLLayer(node: $0, origin: origin) }
    } catch let error as YamlError {
      throw unreadable(error, origin)
    }
  }

  private static func unreadable(_ error: YamlError, _ origin: YAMLOrigin) -> Diagnostic {
    let name = if case .file(let name) = origin { name } else { "" }
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      return Diagnostic(
        "the file is no YAML: \(problem)", at: "\(name), line \(mark.line), column \(mark.column)",
        fix: "check the indentation and the colons on this line and the one before")
    case .duplicatedKeysInMapping(let keys, let context):
      return Diagnostic(
        "a key is given twice: \(Set(keys).sorted().joined(separator: ", "))",
        at: "\(name), line \(context.mark.line)", fix: "keep one of them")
    default:
      return Diagnostic("the file is no YAML", at: name, fix: "save it as UTF-8 text")
    }
  }
}
