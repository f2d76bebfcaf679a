import Yams

/// A Swift type that is written as one YAML scalar.
protocol YAMLScalar {
  /// What the reader must write, such as "a whole number".
  static var expectation: String { get }

  /// The value that a scalar means, nil where it means another type.
  static func parse(_ scalar: Node.Scalar) -> Self?

  /// How the value is written.
  var yaml: Node.Scalar { get }
}

extension Node.Scalar {
  /// Whether it stands without quotes.
  var isPlain: Bool { style == .plain || style == .any }

  /// Whether it is YAML's null.
  var isNull: Bool { isPlain && ["", "~", "null", "Null", "NULL"].contains(string) }

  /// A scalar without quotes.
  static func plain(_ text: String) -> Node.Scalar {
    Node.Scalar(text, .implicit, .plain)
  }
}

extension Node {
  /// Whether it is YAML's null: `key:` with nothing behind it, or `null`.
  var isNull: Bool { scalar?.isNull ?? false }
}

extension String: YAMLScalar {
  static var expectation: String { "text" }
  static func parse(_ scalar: Node.Scalar) -> String? { scalar.isNull ? nil : scalar.string }
  var yaml: Node.Scalar {
    isUnmistakable ? .plain(self) : Node.Scalar(self, .implicit, .doubleQuoted)
  }

  /// Whether the text without quotes cannot be taken for something else.
  private var isUnmistakable: Bool {
    let words = ["true", "false", "yes", "no", "on", "off", "y", "n", "null"]
    return wholeMatch(of: /[A-Za-z_\/][A-Za-z0-9_.\/+-]*/) != nil
      && !words.contains(lowercased())
  }
}

extension Bool: YAMLScalar {
  static var expectation: String { "true or false" }
  static func parse(_ scalar: Node.Scalar) -> Bool? {
    switch scalar.isPlain ? scalar.string.lowercased() : "" {
    case "true", "yes", "on": true
    case "false", "no", "off": false
    default: nil
    }
  }
  var yaml: Node.Scalar { .plain(description) }
}

extension YAMLScalar where Self: FixedWidthInteger {
  static var expectation: String {
    Self.self == Int.self || Self.self == Int64.self
      ? "a whole number" : "a whole number from \(min) to \(max)"
  }
  static func parse(_ scalar: Node.Scalar) -> Self? {
    scalar.isPlain ? Self(scalar.string.filter { $0 != "_" }) : nil
  }
  var yaml: Node.Scalar { .plain(String(self)) }
}

extension Int: YAMLScalar {}
extension Int32: YAMLScalar {}
extension Int64: YAMLScalar {}
extension UInt8: YAMLScalar {}
extension UInt16: YAMLScalar {}
extension UInt32: YAMLScalar {}
extension UInt64: YAMLScalar {}

extension YAMLScalar where Self: BinaryFloatingPoint & LosslessStringConvertible {
  static var expectation: String { "a number" }
  static func parse(_ scalar: Node.Scalar) -> Self? {
    switch scalar.isPlain ? scalar.string.lowercased() : "" {
    case ".inf", "+.inf": .infinity
    case "-.inf": -.infinity
    case ".nan": .nan
    case let text where text.contains(/^[+-]?[0-9.]/): Self(text.filter { $0 != "_" })
    default: nil
    }
  }
  var yaml: Node.Scalar {
    if isNaN { return .plain(".nan") }
    if isInfinite { return .plain(self > 0 ? ".inf" : "-.inf") }
    return .plain(description)
  }
}

extension Double: YAMLScalar {}
extension Float: YAMLScalar {}
