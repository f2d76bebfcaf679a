/// How many times fewer labels an arm needed than random selection: S = n_random / n_arm.
///
/// Censored curves leave a bound. A target that both reach with the first budget, or neither with
/// the last, says nothing.
public enum SavingRatio: Sendable, Equatable {
  /// Both curves cross the target.
  case exactly(Double)
  /// Random never gets there, or the arm is there from the start.
  case atLeast(Double)
  /// The arm never gets there, or random is there from the start.
  case atMost(Double)
  /// Both are censored on the same side.
  case undefined

  /// Compares the labels that random selection and an arm needed.
  public init(random: LabelsToTarget, arm: LabelsToTarget) {
    let ratio = random.labels / arm.labels
    switch (random, arm) {
    case (.reached, .reached): self = .exactly(ratio)
    case (.over, .over), (.atMost, .atMost): self = .undefined
    case (.over, _), (_, .atMost): self = .atLeast(ratio)
    case (_, .over), (.atMost, _): self = .atMost(ratio)
    }
  }

  /// The ratio or its bound; `nil` where undefined.
  public var value: Double? {
    switch self {
    case .exactly(let ratio), .atLeast(let ratio), .atMost(let ratio): ratio
    case .undefined: nil
    }
  }

  /// "≥" or "≤" where the value is a bound.
  public var bound: SavingBound? {
    switch self {
    case .atLeast: .atLeast
    case .atMost: .atMost
    case .exactly, .undefined: nil
    }
  }
}

/// On which side of the printed number the truth lies.
public enum SavingBound: String, Sendable, Codable {
  /// The saving is at least so large.
  case atLeast = "≥"
  /// The saving is at most so large.
  case atMost = "≤"
}

/// The two ends between which a censored number of labels may lie.
extension LabelsToTarget {
  /// The fewest labels that are possible.
  var fewest: Double {
    if case .atMost = self { 0 } else { labels }
  }

  /// The most labels that are possible.
  var most: Double {
    if case .over = self { .infinity } else { labels }
  }
}
