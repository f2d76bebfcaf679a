public import Base

extension QuerySettings {
  /// `probcover`.
  public struct ProbCover: Sendable, Codable, Equatable, Validatable {
    /// δ on the prepared embeddings; nil to find it.
    public var radius: Double?

    /// A radius found from the pool.
    public init() {}

    /// What is out of range.
    public func faults() -> [String] {
      radius.map { $0 > 0 } ?? true ? [] : ["radius must be above 0"]
    }
  }

  /// `batch-bald`.
  public struct BatchBALD: Sendable, Codable, Equatable, Validatable {
    /// The members of the committee.
    public var members = 4
    /// The highest number of joint configurations of the batch's classes.
    public var states = 1024
    /// The items of highest mutual information that may be chosen.
    public var candidates = 256

    /// Four members, 1,024 configurations, 256 candidates.
    public init() {}

    func make() -> Query.BatchBALD { Query.BatchBALD(states: states, candidates: candidates) }

    /// What is out of range.
    public func faults() -> [String] {
      Settings.faults(members, "members", atLeast: 2)
        + Settings.faults(states, "states", atLeast: 1)
        + Settings.faults(candidates, "candidates", atLeast: 1)
    }
  }

  /// `aift`.
  public struct AIFT: Sendable, Codable, Equatable, Validatable {
    /// Views of each item.
    public var views = 8
    /// α: the share of the views that is kept, those surest of the majority's class.
    public var majority = 0.25
    /// ω: how many times the budget may be drawn from; 1 for the plain ranking.
    public var extensionFactor = 5.0
    /// The weight of the entropy.
    public var entropy = 1.0
    /// The weight of the diversity.
    public var diversity = 0.0
    /// How the score is summed.
    public var form = ViewPatterns.Form.clamped

    /// Entropy, a quarter of the views, drawn from five times the budget.
    public init() {}

    /// What is out of range.
    public func faults() -> [String] {
      Settings.faults(views, "views", atLeast: 2)
        + (majority > 0 && majority <= 1 ? [] : ["majority must be above 0 and at most 1"])
        + (extensionFactor >= 1 ? [] : ["extensionFactor must be at least 1"])
        + (entropy >= 0 ? [] : ["entropy must not be negative"])
        + (diversity >= 0 ? [] : ["diversity must not be negative"])
    }

    func make() -> Query.AIFT {
      Query.AIFT(
        majority: majority, extensionFactor: extensionFactor, entropy: entropy,
        diversity: diversity, form: form)
    }
  }

  /// `drop-query`.
  public struct DropQuery: Sendable, Codable, Equatable, Validatable {
    /// Passes with dropout of the head's input.
    public var passes = 3
    /// The share of it that is dropped.
    public var dropout = 0.75

    /// The paper's settings.
    public init() {}

    /// What is out of range.
    public func faults() -> [String] {
      Settings.faults(passes, "passes", atLeast: 1)
        + (dropout > 0 && dropout < 1 ? [] : ["dropout must lie between 0 and 1"])
    }
  }

  /// `rare-class`.
  public struct RareClass: Sendable, Codable, Equatable, Validatable {
    /// The share of the batch that is mined.
    public var share = 0.3

    /// Three tenths of a batch.
    public init() {}

    /// What is out of range.
    public func faults() -> [String] { 0...1 ~= share ? [] : ["share must lie in 0…1"] }
  }

  /// `dcom`.
  public struct DCoM: Sendable, Codable, Equatable, Validatable {
    /// k: how suddenly uncertainty takes over.
    public var steepness = 30.0
    /// a: the share of the pool covered at which it does.
    public var turn = 0.8

    /// k = 30, a = 0.8.
    public init() {}

    /// What is out of range.
    public func faults() -> [String] {
      (steepness > 0 ? [] : ["steepness must be above 0"])
        + (0...1 ~= turn ? [] : ["turn must lie in 0…1"])
    }
  }

  /// `class-balanced`.
  public struct ClassBalanced: Sendable, Codable, Equatable, Validatable {
    /// γ: 0 for equal shares; the higher, the more goes to classes with few labels.
    public var exponent = 1.0

    /// γ = 1.
    public init() {}

    /// What is out of range.
    public func faults() -> [String] {
      exponent >= 0 ? [] : ["exponent must not be negative"]
    }
  }

  /// `clasp`.
  public struct ClaSP: Sendable, Codable, Equatable, Validatable {
    /// The share of the batch that is taken class by class.
    public var share = 0.66
    /// How strongly the score decides against the noise.
    public var beta = 1.0

    /// The paper's settings for a first round.
    public init() {}

    /// What is out of range.
    public func faults() -> [String] {
      (0...1 ~= share ? [] : ["share must lie in 0…1"])
        + (beta >= 0 ? [] : ["beta must not be negative"])
    }
  }

  /// `auto-phases`.
  public struct AutoPhases: Sendable, Codable, Equatable, Validatable {
    /// Labels per class from which coverage may end.
    public var coverage = 10
    /// Labels per class from which gradients choose.
    public var margin = 50
    /// Labels that every class should have when coverage ends.
    public var least = 3

    /// The plan's phases.
    public init() {}

    func make() -> Query.AutoPhases {
      Query.AutoPhases(coverage: coverage, margin: margin, least: least)
    }

    /// What is out of range.
    public func faults() -> [String] {
      Settings.faults(coverage, "coverage", atLeast: 1)
        + Settings.faults(margin, "margin", atLeast: coverage)
        + Settings.faults(least, "least", atLeast: 0)
    }
  }
}
