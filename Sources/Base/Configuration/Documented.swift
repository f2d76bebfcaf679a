/// A configuration that explains its keys.
///
/// The comments stand above the keys in what `pipeline config STAGE` prints. A nested type explains
/// its own keys; what the outer type says about `outer.inner` comes first.
///
/// ```swift
/// extension TrainingConfiguration: Documented {
///   static let documentation = [
///     "steps": "Optimizer steps.",
///     "rate": "Peak learning rate, reached after warm-up.",
///   ]
/// }
/// ```
public protocol Documented {
  /// A comment, of one or more lines, by key path (`"optimizer.rate"`; `""` is the whole).
  static var documentation: [String: String] { get }
}

/// A configuration whose ranges can be checked.
public protocol Validatable {
  /// What is wrong, each beginning with the key: "steps must be at least 1, not 0". Values inside
  /// this one that can be checked are asked themselves.
  func faults() -> [String]
}

/// A configuration of which a part may be written wherever it stands, in a list too; what is left
/// out is as in `init()`.
public protocol Defaulted: Codable {
  /// The documented default.
  init()
}

/// The names that a type's values can have, as a line of comment; nil where there are no names.
func alternatives(of type: Any.Type) -> String? {
  if let choice = type as? any NamedChoice.Type { return choice.listing }
  guard let names = names(of: type) else { return nil }
  return "One of: " + names.joined(separator: ", ") + "."
}

/// The names of an enumeration of strings, nil for other types.
func names(of type: Any.Type) -> [String]? {
  guard let type = type as? any CaseIterable.Type else { return nil }
  func cases<Value: CaseIterable>(_: Value.Type) -> [String] {
    Value.allCases.compactMap { ($0 as? any RawRepresentable)?.rawValue as? String }
  }
  let names = cases(type)
  return names.isEmpty ? nil : names
}
