public import Base

/// What makes an item worth asking for, by name, and what has to be run to compute it.
public enum ScoreConfiguration: NamedChoice, Equatable {
  /// 1 − the highest probability.
  case leastConfidence
  /// 1 − the lead of the most probable class over the second.
  case margin
  /// The entropy of the class probabilities.
  case entropy
  /// The mutual information of class and stochastic pass.
  case bald(Passes)
  /// The variance of the probabilities over a bootstrap committee.
  case committee(Committee)
  /// The entropy of the committee's votes.
  case voteEntropy(Committee)
  /// The variance of the probabilities over views of an item.
  case consistency(Views)

  /// Stochastic passes.
  public struct Passes: Sendable, Codable, Equatable, Validatable {
    /// Passes with dropout.
    public var passes = 10

    /// Ten passes.
    public init() {}

    /// What is out of range.
    public func faults() -> [String] { Settings.faults(passes, "passes", atLeast: 2) }
  }

  /// A committee.
  public struct Committee: Sendable, Codable, Equatable, Validatable {
    /// Networks or heads trained on bootstrap draws of the labels.
    public var members: Int

    /// A committee of four, or of as many as given.
    public init(members: Int = 4) { self.members = members }

    /// What is out of range.
    public func faults() -> [String] { Settings.faults(members, "members", atLeast: 2) }
  }

  /// Views of an item.
  public struct Views: Sendable, Codable, Equatable, Validatable {
    /// Weakly augmented views.
    public var views = 8

    /// Eight views.
    public init() {}

    /// What is out of range.
    public func faults() -> [String] { Settings.faults(views, "views", atLeast: 2) }
  }

  /// The names that can be chosen.
  public static let choices: [Choice<ScoreConfiguration>] = [
    Choice("least-confidence", .leastConfidence, "1 - the highest probability"),
    Choice("margin", .margin, "1 - the lead of the first class over the second"),
    Choice("entropy", .entropy, "entropy of the class probabilities"),
    Choice("bald", Passes(), Self.bald, "mutual information of class and dropout pass"),
    Choice("committee", Committee(), Self.committee, "variance over a bootstrap committee"),
    Choice("vote-entropy", Committee(), Self.voteEntropy, "entropy of a committee's votes"),
    Choice("consistency", Views(), Self.consistency, "variance over views of the item"),
  ]

  /// The name and settings of this value.
  public var chosen: Chosen {
    switch self {
    case .bald(let settings): Chosen(score.rawValue, settings)
    case .committee(let settings), .voteEntropy(let settings): Chosen(score.rawValue, settings)
    case .consistency(let settings): Chosen(score.rawValue, settings)
    default: Chosen(score.rawValue)
    }
  }

  /// The score itself.
  public var score: Score {
    switch self {
    case .leastConfidence: .leastConfidence
    case .margin: .margin
    case .entropy: .entropy
    case .bald: .bald
    case .committee: .committee
    case .voteEntropy: .voteEntropy
    case .consistency: .consistency
    }
  }
}
