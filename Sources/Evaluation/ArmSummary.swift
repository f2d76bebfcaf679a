/// The full-label reference of a data set.
public struct FullLabelSummary: Sendable, Equatable, Codable {
  /// The mean headline score over the seeds; `nil` where it was not measured.
  public let mean: Double?
  /// The number of seeds.
  public let seeds: Int

  /// Writes an absent mean as null.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(mean, forKey: .mean)
    try container.encode(seeds, forKey: .seeds)
  }
}

/// What an arm reached on one data set.
public struct ArmSummary: Sendable, Equatable, Codable {
  /// The mean area under the curve over log2 labels.
  public let aubc: Double?
  /// By target ("0.95" of the full-label score).
  public let labelsTo: [String: LabelsSummary]
  /// By target.
  public let savingVsRandom: [String: SavingSummary]

  private enum CodingKeys: String, CodingKey {
    case aubc
    case labelsTo = "labels_to"
    case savingVsRandom = "saving_vs_random"
  }

  init(_ curves: StudyCurves, arm: String) {
    aubc = curves.meanArea(of: arm)
    guard !curves.full.isEmpty else {
      labelsTo = [:]
      savingVsRandom = [:]
      return
    }
    var labels: [String: LabelsSummary] = [:]
    var savings: [String: SavingSummary] = [:]
    for target in StudySummary.targets {
      let key = StudySummary.key(target)
      labels[key] = LabelsSummary(curves.labels(of: arm, toReach: target).values.map { $0 })
      savings[key] = curves.saving(of: arm, at: target).map(SavingSummary.init)
    }
    labelsTo = labels
    savingVsRandom = savings
  }

  /// Writes an absent area as null.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(aubc, forKey: .aubc)
    try container.encode(labelsTo, forKey: .labelsTo)
    try container.encode(savingVsRandom, forKey: .savingVsRandom)
  }
}

/// How many labels an arm needed for a target, over its seeds.
public struct LabelsSummary: Sendable, Equatable, Codable {
  /// The Kaplan–Meier median; `nil` where it lies beyond the last budget.
  public let median: Double?
  /// The number of seeds whose curve did not cross the target between two budgets.
  public let censored: Int

  init(_ seeds: [LabelsToTarget]) {
    censored = seeds.count(where: \.isCensored)
    switch kaplanMeierMedian(seeds) {
    case .reached(let labels), .atMost(let labels): median = labels
    case .over: median = nil
    }
  }

  /// Writes an absent median as null.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(median, forKey: .median)
    try container.encode(censored, forKey: .censored)
  }
}

/// An arm's saving against random selection at one target.
public struct SavingSummary: Sendable, Equatable, Codable {
  /// The saving factor; `nil` where the curves say nothing.
  public let ratio: Double?
  /// The lower end of the 95 % interval; `nil` under three paired seeds.
  public let low: Double?
  /// The upper end; `nil` under three paired seeds or where there is none.
  public let high: Double?
  /// "≥" or "≤" where the ratio is a bound.
  public let bound: SavingBound?

  init(_ estimate: SavingEstimate) {
    ratio = estimate.ratio
    low = estimate.interval?.low
    high = estimate.interval.flatMap { $0.high.isFinite ? $0.high : nil }
    bound = estimate.bound
  }

  /// Writes what is absent as null.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(ratio, forKey: .ratio)
    try container.encode(low, forKey: .low)
    try container.encode(high, forKey: .high)
    try container.encode(bound, forKey: .bound)
  }
}
