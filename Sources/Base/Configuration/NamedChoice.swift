import Yams

/// An enumeration that is written by name: `query: hybrid`, or with settings,
/// `query: {hybrid: {members: 4}}`, of which a part may be left out.
///
/// A stage's catalogue takes two lines a case, one to read and one to write:
///
/// ```swift
/// enum Rule: NamedChoice {
///   case random
///   case hybrid(Hybrid)                                  // Hybrid: Codable, Sendable
///   case parts(Parts)
///
///   static let choices: [Choice<Rule>] = [
///     Choice("random", .random, "every item alike"),
///     Choice("hybrid", Hybrid(), Rule.hybrid, "uncertain and unlike each other"),
///     Choice("margin", .parts(Parts(score: .margin))),   // an alias of its parts
///     Choice(unnamed: Parts(), Rule.parts),              // {score: …, select: …}, without a name
///   ]
///
///   var chosen: Chosen {
///     switch self {
///     case .random: Chosen("random")
///     case .hybrid(let settings): Chosen("hybrid", settings)
///     case .parts(let parts): Chosen(unnamed: parts)
///     }
///   }
/// }
/// ```
///
/// Merged over a default, settings that are left out are those of the default where it has the same
/// name, else those in `choices`. Coding works with every coder, not only YAML.
public protocol NamedChoice: Codable, Sendable {
  /// Every name with its default settings, in the order of the documentation.
  static var choices: [Choice<Self>] { get }
  /// The name and the settings of this value.
  var chosen: Chosen { get }
}

/// What a `NamedChoice` writes of itself.
public struct Chosen {
  /// The name; nil for settings without one.
  public let name: String?
  /// Its settings; nil where it has none.
  public let settings: (any Encodable)?

  /// A name without settings.
  public init(_ name: String) {
    self.name = name
    settings = nil
  }

  /// A name with settings.
  public init(_ name: String, _ settings: any Encodable) {
    self.name = name
    self.settings = settings
  }

  /// Settings without a name.
  public init(unnamed settings: any Encodable) {
    name = nil
    self.settings = settings
  }
}

/// One name of a `NamedChoice`.
public struct Choice<Value: Sendable>: Sendable {
  /// The name, nil for the choice that is written without one.
  public let name: String?
  /// What it is, in a few words.
  public let summary: String?
  /// What a method costs, where it is worth it and who published it.
  public let card: MethodCard?
  /// The choice with its default settings.
  public let value: Value
  let defaults: (any Encodable & Sendable)?
  let make: @Sendable (any Decoder) throws -> Value

  /// A name without settings.
  public init(_ name: String, _ value: Value, _ summary: String? = nil) {
    self.init(name: name, value, summary, card: nil)
  }

  /// A method without settings.
  public init(_ name: String, _ value: Value, _ card: MethodCard) {
    self.init(name: name, value, card.summary, card: card)
  }

  /// A name with settings, and those it has when nothing is said.
  public init<Settings: Codable & Sendable>(
    _ name: String, _ settings: Settings, _ make: @escaping @Sendable (Settings) -> Value,
    _ summary: String? = nil
  ) {
    self.init(name: name, settings, make, summary, card: nil)
  }

  /// A method with settings, and those it has when nothing is said.
  public init<Settings: Codable & Sendable>(
    _ name: String, _ settings: Settings, _ make: @escaping @Sendable (Settings) -> Value,
    _ card: MethodCard
  ) {
    self.init(name: name, settings, make, card.summary, card: card)
  }

  /// The choice that is written as a mapping of its settings, without a name.
  public init<Settings: Codable & Sendable>(
    unnamed settings: Settings, _ make: @escaping @Sendable (Settings) -> Value
  ) {
    self.init(name: nil, settings, make, nil, card: nil)
  }

  private init(name: String, _ value: Value, _ summary: String?, card: MethodCard?) {
    (self.name, self.summary, self.card, self.value) = (name, summary, card, value)
    defaults = nil
    make = { _ in value }
  }

  private init<Settings: Codable & Sendable>(
    name: String?, _ settings: Settings, _ make: @escaping @Sendable (Settings) -> Value,
    _ summary: String?, card: MethodCard?
  ) {
    (self.name, self.summary, self.card) = (name, summary, card)
    value = make(settings)
    defaults = settings
    self.make = { make(try decodeWhole(Settings.self, from: $0)) }
  }
}

private func decodeWhole<Value: Decodable>(
  _ type: Value.Type, from decoder: any Decoder
) throws -> Value {
  if let decoding = decoder as? YAMLDecoding { return try decoding.value(type) }
  return try type.init(from: decoder)
}

extension NamedChoice {
  /// Reads a name, a name with settings, or settings without a name.
  public init(from decoder: any Decoder) throws {
    if let decoding = decoder as? YAMLDecoding {
      self = try decoding.choice(Self.self)
      return
    }
    if let text = try? decoder.singleValueContainer().decode(String.self) {
      self = try Self.named(text, decoder).value
      return
    }
    let container = try decoder.container(keyedBy: AnyKey.self)
    if container.allKeys.count == 1, let key = container.allKeys.first,
      let choice = Self.choices.first(where: { $0.name == key.stringValue })
    {
      self = try choice.make(container.superDecoder(forKey: key))
    } else {
      self = try Self.named(nil, decoder).make(decoder)
    }
  }

  /// Writes the name, the name with settings, or the settings alone.
  public func encode(to encoder: any Encoder) throws {
    switch (chosen.name, chosen.settings) {
    case (let name?, nil):
      var container = encoder.singleValueContainer()
      try container.encode(name)
    case (let name?, let settings?):
      var container = encoder.container(keyedBy: AnyKey.self)
      try container.encode(settings, forKey: AnyKey(name))
    case (nil, let settings):
      try settings?.encode(to: encoder)
    }
  }

  /// The names, in the order of the documentation.
  public static var names: [String] { choices.compactMap(\.name) }

  private static func named(_ name: String?, _ decoder: any Decoder) throws -> Choice<Self> {
    if let choice = choices.first(where: { $0.name == name }) { return choice }
    throw DecodingError.dataCorrupted(
      DecodingError.Context(
        codingPath: decoder.codingPath, debugDescription: "unknown name '\(name ?? "")'"))
  }

  /// The names with summaries and settings, as comment lines.
  static var listing: String {
    let lines = choices.compactMap { choice -> String? in
      guard let name = choice.name else { return nil }
      let settings = choice.defaults.flatMap { try? YAMLEncoding.node($0) }.map(YAMLWriter.flow)
      let head = settings.map { $0 == "{}" ? name : "\(name): \($0)" } ?? name
      return "  " + head + (choice.summary.map { "  – " + $0 } ?? "")
    }
    return (["One of, alone or with settings:"] + lines).joined(separator: "\n")
  }
}
