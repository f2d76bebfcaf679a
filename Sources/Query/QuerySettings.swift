public import Base

/// The settings of the rules of the catalogue.
public enum QuerySettings {
  /// A rule in parts: `{score: {committee: {members: 4}}, aggregate: mean, select: top}`.
  public struct Parts: Sendable, Codable, Equatable {
    /// What makes an item worth asking for.
    public var score: ScoreConfiguration
    /// In segmentation, how the score of an image's pixels becomes one number.
    public var aggregate: PixelAggregate
    /// How a batch is made of the scores.
    public var select: SelectionConfiguration

    /// A rule out of its parts.
    public init(
      score: ScoreConfiguration = .margin, aggregate: PixelAggregate = .mean,
      select: SelectionConfiguration = .top
    ) {
      (self.score, self.aggregate, self.select) = (score, aggregate, select)
    }

    func make(_ name: String) -> ScoredSampling {
      ScoredSampling(score.score, select.make(), name: name)
    }
  }

  /// A rule that goes by one score of the current model.
  public struct Scored: Sendable, Codable, Equatable {
    /// In segmentation, how the score of an image's pixels becomes one number.
    public var aggregate = PixelAggregate.mean
    /// How a batch is made of the scores.
    public var select = SelectionConfiguration.top

    /// The highest scores.
    public init() {}
  }

  /// `bald`.
  public struct BALD: Sendable, Codable, Equatable, Validatable {
    /// Passes with dropout.
    public var passes = 10
    /// In segmentation, how the score of an image's pixels becomes one number.
    public var aggregate = PixelAggregate.mean
    /// How a batch is made of the scores.
    public var select = SelectionConfiguration.top

    /// The highest mutual information over ten passes.
    public init() {}

    /// What is out of range.
    public func faults() -> [String] { Settings.faults(passes, "passes", atLeast: 2) }
  }

  /// `hybrid` and `max-cover`: a committee and a shortlist.
  public struct Committee: Sendable, Codable, Equatable, Validatable {
    /// The most uncertain items that may be chosen; nil for twice the budget.
    public var candidates: Int?
    /// The members of the committee.
    public var members = 4
    /// In segmentation, how the variance of an image's pixels becomes one number.
    public var aggregate = PixelAggregate.mean

    /// Four members and a shortlist of twice the budget.
    public init() {}

    /// What is out of range.
    public func faults() -> [String] {
      Settings.faults(candidates: candidates) + Settings.faults(members, "members", atLeast: 2)
    }
  }

  /// `max-herding`.
  public struct Herding: Sendable, Codable, Equatable, Validatable {
    /// σ in units of the median distance between two items.
    public var bandwidth = 0.5

    /// The measured best.
    public init() {}

    /// What is out of range.
    public func faults() -> [String] { Settings.faults(bandwidth: bandwidth) }
  }

  /// `uherding`.
  public struct UncertaintyHerding: Sendable, Codable, Equatable, Validatable {
    /// What an item's weight is.
    public var score = ScoreConfiguration.margin
    /// In segmentation, how the weight of an image's pixels becomes one number.
    public var aggregate = PixelAggregate.foreground
    /// σ in units of the median distance between two items.
    public var bandwidth = 0.5
    /// Whether weights are multiplied by Σ p_c / n_c over the classes, n_c the labels of class c.
    public var rarity = false

    /// Weighted by margin, with the measured best σ.
    public init() {}

    func make() -> Query.UncertaintyHerding {
      Query.UncertaintyHerding(score: score.score, bandwidth: bandwidth, rarity: rarity)
    }

    /// What is out of range.
    public func faults() -> [String] { Settings.faults(bandwidth: bandwidth) }
  }

  /// `typiclust`.
  public struct TypiClust: Sendable, Codable, Equatable, Validatable {
    /// The highest number of clusters.
    public var clusters = 500

    /// The paper's settings.
    public init() {}

    /// What is out of range.
    public func faults() -> [String] { Settings.faults(clusters, "clusters", atLeast: 1) }
  }

  /// `auto`.
  public struct Auto: Sendable, Codable, Equatable, Validatable {
    /// How far the head deserves trust, and what is done as far as it does not.
    public var trust = Query.Auto.Guard()
    /// In segmentation, how the entropy of an image's pixels becomes one number.
    public var aggregate = PixelAggregate.foreground
    /// σ in units of the median distance between two items.
    public var bandwidth = 0.5

    /// The measured recipe.
    public init() {}

    /// What is out of range.
    public func faults() -> [String] {
      let shares = [
        ("trust.score", trust.score), ("trust.lead", trust.lead), ("trust.dice", trust.dice),
        ("trust.random", trust.random),
      ]
      return Settings.faults(bandwidth: bandwidth)
        + shares.filter { !(0...1).contains($0.1) }.map { "\($0.0) must lie in 0…1, not \($0.1)" }
    }
  }
}
