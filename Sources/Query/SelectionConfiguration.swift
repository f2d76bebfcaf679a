public import Base

/// How a batch is made of scores, by name.
public enum SelectionConfiguration: NamedChoice, Equatable {
  /// The highest scores.
  case top
  /// Drawn with chances in proportion to a power of the score.
  case power(Noisy)
  /// Drawn with chances in proportion to an exponential of the score.
  case softmax(Noisy)
  /// Drawn with chances in proportion to a power of one over the rank.
  case softrank(Noisy)
  /// Of the highest those that resemble one another least.
  case leastSimilar(Similarity)
  /// Of the highest those that represent the pool best.
  case maxCover(Shortlist)
  /// Coverage of the pool weighted by the scores.
  case herding(Herd)
  /// The highest scores weighted by the density of the pool.
  case density(Dense)
  /// The highest score of each cluster.
  case clusters
  /// Nearest to the centres of a clustering weighted by the scores.
  case clue
  /// Distance to what is labelled and the score.
  case rankedBatch
  /// A share of the batch for every predicted class.
  case classQuota(Quota)

  /// How strongly the score decides.
  public struct Noisy: Sendable, Codable, Equatable, Validatable {
    /// 0 for a uniform draw; the higher, the closer to the plain ranking.
    public var beta = 1.0

    /// The usual β = 1.
    public init() {}

    /// What is out of range.
    public func faults() -> [String] { beta >= 0 ? [] : ["beta must not be negative"] }
  }

  /// The size of a shortlist.
  public struct Shortlist: Sendable, Codable, Equatable, Validatable {
    /// The items on it; nil for twice the budget.
    public var candidates: Int?

    /// Twice the budget, or as many as given.
    public init(candidates: Int? = nil) { self.candidates = candidates }

    /// What is out of range.
    public func faults() -> [String] { Settings.faults(candidates: candidates) }
  }

  /// A shortlist and how its items are compared.
  public struct Similarity: Sendable, Codable, Equatable, Validatable {
    /// The items on it; nil for twice the budget.
    public var candidates: Int?
    /// Whether the labelled items count as chosen from the start, so that the batch avoids them.
    public var seedWithLabelled = false
    /// Whether the pool's mean is subtracted before cosines are taken.
    public var centred = false

    /// Twice the budget, or as many as given; cosines of the features as they are.
    public init(candidates: Int? = nil) { self.candidates = candidates }

    /// What is out of range.
    public func faults() -> [String] { Settings.faults(candidates: candidates) }
  }

  /// The kernel of a coverage.
  public struct Herd: Sendable, Codable, Equatable, Validatable {
    /// σ in units of the median distance between two items.
    public var bandwidth = 0.5

    /// The measured best.
    public init() {}

    /// What is out of range.
    public func faults() -> [String] { Settings.faults(bandwidth: bandwidth) }
  }

  /// The density that weighs scores.
  public struct Dense: Sendable, Codable, Equatable, Validatable {
    /// The nearest neighbours that count.
    public var neighbours = 20
    /// The power of the density.
    public var beta = 1.0

    /// Twenty neighbours, β = 1.
    public init() {}

    /// What is out of range.
    public func faults() -> [String] {
      Settings.faults(neighbours, "neighbours", atLeast: 1)
        + (beta >= 0 ? [] : ["beta must not be negative"])
    }
  }

  /// Shares of classes.
  public struct Quota: Sendable, Codable, Equatable, Validatable {
    /// γ: 0 for equal shares; the higher, the more goes to classes with few labels.
    public var exponent = 1.0
    /// β of power noise within a class; nil for none.
    public var beta: Double?

    /// γ = 1, no noise.
    public init() {}

    /// What is out of range.
    public func faults() -> [String] {
      (exponent >= 0 ? [] : ["exponent must not be negative"])
        + ((beta ?? 0) >= 0 ? [] : ["beta must not be negative"])
    }
  }

  /// The names that can be chosen.
  public static let choices: [Choice<SelectionConfiguration>] = [
    Choice("top", .top, "the highest scores"),
    Choice("power", Noisy(), Self.power, "drawn with chances ∝ score^beta"),
    Choice("softmax", Noisy(), Self.softmax, "drawn with chances ∝ exp(beta · score)"),
    Choice("softrank", Noisy(), Self.softrank, "drawn with chances ∝ rank^-beta"),
    Choice("least-similar", Similarity(), Self.leastSimilar, "unlike one another, of a shortlist"),
    Choice("max-cover", Shortlist(), Self.maxCover, "representing the pool, of a shortlist"),
    Choice("herding", Herd(), Self.herding, "coverage of the pool weighted by the scores"),
    Choice("density", Dense(), Self.density, "the highest scores weighted by the pool's density"),
    Choice("clusters", .clusters, "the highest score of each cluster"),
    Choice("clue", .clue, "nearest to the centres of a clustering weighted by the scores"),
    Choice("ranked-batch", .rankedBatch, "far from what is labelled first, high scores later"),
    Choice("class-quota", Quota(), Self.classQuota, "a share of the batch for each class"),
  ]

  /// The name and settings of this value.
  public var chosen: Chosen {
    switch self {
    case .top: Chosen("top")
    case .power(let settings): Chosen("power", settings)
    case .softmax(let settings): Chosen("softmax", settings)
    case .softrank(let settings): Chosen("softrank", settings)
    case .leastSimilar(let settings): Chosen("least-similar", settings)
    case .maxCover(let settings): Chosen("max-cover", settings)
    case .herding(let settings): Chosen("herding", settings)
    case .density(let settings): Chosen("density", settings)
    case .clusters: Chosen("clusters")
    case .clue: Chosen("clue")
    case .rankedBatch: Chosen("ranked-batch")
    case .classQuota(let settings): Chosen("class-quota", settings)
    }
  }

  func make() -> Selection {
    switch self {
    case .top: .top
    case .power(let settings): .noisy(.power, beta: settings.beta)
    case .softmax(let settings): .noisy(.softmax, beta: settings.beta)
    case .softrank(let settings): .noisy(.softrank, beta: settings.beta)
    case .leastSimilar(let settings):
      .leastSimilar(
        candidates: settings.candidates, seedWithLabelled: settings.seedWithLabelled,
        centred: settings.centred)
    case .maxCover(let settings): .maxCover(candidates: settings.candidates)
    case .herding(let settings): .herding(bandwidth: settings.bandwidth)
    case .density(let settings):
      .density(neighbours: settings.neighbours, beta: settings.beta)
    case .clusters: .clusters
    case .clue: .clue
    case .rankedBatch: .rankedBatch
    case .classQuota(let settings):
      .classQuota(exponent: settings.exponent, beta: settings.beta)
    }
  }
}

/// The ranges that several settings share.
enum Settings {
  static func faults(candidates: Int?) -> [String] {
    candidates.map { $0 > 0 } ?? true ? [] : ["candidates must be at least 1"]
  }

  static func faults(bandwidth: Double) -> [String] {
    bandwidth > 0 ? [] : ["bandwidth must be above 0, not \(bandwidth)"]
  }

  static func faults(_ count: Int, _ name: String, atLeast least: Int) -> [String] {
    count >= least ? [] : ["\(name) must be at least \(least), not \(count)"]
  }
}
