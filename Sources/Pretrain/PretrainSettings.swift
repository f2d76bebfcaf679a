import Base

/// The settings of a method, and what the catalogue knows of it before it is made.
///
/// A method is one file with its settings, this conformance, and its loss; the catalogue names it in
/// one case, one choice and one line of ``PretrainMethodConfiguration/settings``.
protocol PretrainSettings: Codable, Sendable, Equatable, Documented {
  /// Its name in configurations.
  static var name: String { get }
  /// What it is, costs and is good for.
  static var card: MethodCard { get }
  /// The networks that it can train.
  static var networks: NetworkDemand { get }
  /// The weights that a second network starts from: a file or a run; nil: none.
  var companionWeights: String? { get }
  /// Whether the images of the checks must not be learnt from.
  static var holdsOut: Bool { get }
  /// The defaults.
  init()
  /// What does not go together with the rest of the configuration, and what to use instead.
  func faults(in configuration: PretrainConfiguration) -> [String]
  /// The method on a network.
  func method(_ context: PretrainContext) throws -> any PretrainMethod
}

extension PretrainSettings {
  var companionWeights: String? { nil }
  static var holdsOut: Bool { false }
  func faults(in configuration: PretrainConfiguration) -> [String] { [] }
}

extension Choice where Value == PretrainMethodConfiguration {
  /// The method of those settings.
  init<Settings: PretrainSettings>(_ make: @escaping @Sendable (Settings) -> Value) {
    self.init(Settings.name, Settings(), make, Settings.card)
  }
}
