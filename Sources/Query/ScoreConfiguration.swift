public import Base

/// What makes an item worth asking for, by name, and what has to be run to compute it.
///
/// A score enters with one case here, one line in `choices` and `score`, and its file in `Scores`.
public enum ScoreConfiguration: NamedChoice, Equatable {
  /// See `LeastConfidence`.
  case leastConfidence
  /// See `Margin`.
  case margin
  /// See `Entropy`.
  case entropy
  /// See `BALD`.
  case bald(Passes)
  /// See `VariationRatio`.
  case variationRatio(Passes)
  /// See `VariationRatio`.
  case variationRatioVotes(Passes)
  /// See `MonteCarlo`.
  case mcPredictiveEntropy(Passes)
  /// See `MonteCarlo`.
  case mcVariance(Passes)
  /// See `CommitteeScores`.
  case committee(Committee)
  /// See `CommitteeScores`.
  case voteEntropy(Committee)
  /// See `CommitteeScores`.
  case committeeKL(Committee)
  /// See `Consistency`.
  case consistency(Views)
  /// See `TemporalDisagreement`.
  case temporal
  /// See `GradientLength`.
  case egl
  /// See `GradientLength`.
  case badgeNorm
  /// See `Density`.
  case density(Neighbourhood)
  /// See `Discriminative`.
  case discriminative
  /// See `LearningLoss`.
  case learningLoss(Committee)

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

  /// Neighbours of an item.
  public struct Neighbourhood: Sendable, Codable, Equatable, Validatable {
    /// The nearest neighbours that count.
    public var neighbours = 20

    /// Twenty neighbours.
    public init() {}

    /// What is out of range.
    public func faults() -> [String] { Settings.faults(neighbours, "neighbours", atLeast: 1) }
  }

  /// The names that can be chosen.
  public static let choices: [Choice<ScoreConfiguration>] = [
    Choice("least-confidence", .leastConfidence, LeastConfidence.card),
    Choice("margin", .margin, Margin.card),
    Choice("entropy", .entropy, Entropy.card),
    Choice("bald", Passes(), Self.bald, BALD.card),
    Choice("variation-ratio", Passes(), Self.variationRatio, VariationRatio.card),
    Choice("variation-ratio-votes", Passes(), Self.variationRatioVotes, VariationRatio.votesCard),
    Choice("mc-pred-entropy", Passes(), Self.mcPredictiveEntropy, MonteCarlo.entropyCard),
    Choice("mc-variance", Passes(), Self.mcVariance, MonteCarlo.varianceCard),
    Choice("committee", Committee(), Self.committee, CommitteeScores.varianceCard),
    Choice("vote-entropy", Committee(), Self.voteEntropy, CommitteeScores.voteCard),
    Choice("committee-kl", Committee(), Self.committeeKL, CommitteeScores.divergenceCard),
    Choice("consistency", Views(), Self.consistency, Consistency.card),
    Choice("temporal-disagreement", .temporal, TemporalDisagreement.card),
    Choice("egl", .egl, GradientLength.expectedCard),
    Choice("badge-norm", .badgeNorm, GradientLength.normCard),
    Choice("density", Neighbourhood(), Self.density, Density.card),
    Choice("discriminative", .discriminative, Discriminative.card),
    Choice("learning-loss", Committee(members: 8), Self.learningLoss, LearningLoss.card),
  ]

  /// The name and settings of this value.
  public var chosen: Chosen {
    switch self {
    case .bald(let settings), .variationRatio(let settings), .variationRatioVotes(let settings),
      .mcPredictiveEntropy(let settings), .mcVariance(let settings):
      Chosen(score.name, settings)
    case .committee(let settings), .voteEntropy(let settings), .committeeKL(let settings),
      .learningLoss(let settings):
      Chosen(score.name, settings)
    case .consistency(let settings): Chosen(score.name, settings)
    case .density(let settings): Chosen(score.name, settings)
    case .leastConfidence, .margin, .entropy, .temporal, .egl, .badgeNorm, .discriminative:
      Chosen(score.name)
    }
  }

  /// The score itself.
  public var score: Score {
    switch self {
    case .leastConfidence: .leastConfidence
    case .margin: .margin
    case .entropy: .entropy
    case .bald: .bald
    case .variationRatio: .variationRatio
    case .variationRatioVotes: .variationRatioVotes
    case .mcPredictiveEntropy: .mcPredictiveEntropy
    case .mcVariance: .mcVariance
    case .committee: .committee
    case .voteEntropy: .voteEntropy
    case .committeeKL: .committeeKL
    case .consistency: .consistency
    case .temporal: .temporal
    case .egl: .egl
    case .badgeNorm: .badgeNorm
    case .density(let settings): .density(neighbours: settings.neighbours)
    case .discriminative: .discriminative
    case .learningLoss: .learningLoss
    }
  }
}
