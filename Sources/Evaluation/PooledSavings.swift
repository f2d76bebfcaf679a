import Foundation

/// The mean of an effect over data sets of equal weight, with an interval from the noise within
/// them alone.
///
/// It speaks of these data sets, not of data sets in general; `RandomEffects` does the latter. The
/// interval is Student's, with the degrees of freedom of Welch and Satterthwaite (*The
/// Generalization of "Student's" Problem*, Biometrika 1947).
public struct EqualWeightMean: Sendable, Equatable {
  /// The mean of the data sets' means.
  public let mean: Double
  /// Its 95 % interval; `nil` where a data set has fewer than three values.
  public let interval: Interval?

  /// Pools the values of each data set; `nil` where one has none.
  ///
  /// - Parameter samples: by data set, one value per seed.
  public init?(_ samples: [[Double]]) {
    let centres = samples.compactMap { Evaluation.mean($0) }
    guard !samples.isEmpty, centres.count == samples.count else { return nil }
    let centre = centres.reduce(0, +) / Double(centres.count)
    mean = centre
    let sets = Double(samples.count)
    let parts = samples.compactMap { values -> (variance: Double, freedom: Double)? in
      guard values.count > 2, let error = standardError(values) else { return nil }
      return (error * error / (sets * sets), Double(values.count - 1))
    }
    guard parts.count == samples.count else {
      interval = nil
      return
    }
    let variance = parts.reduce(0) { $0 + $1.variance }
    let squares = parts.reduce(0) { $0 + $1.variance * $1.variance / $1.freedom }
    let half =
      squares > 0
      ? StudentT(freedom: variance * variance / squares).quantile(0.975) * variance.squareRoot() : 0
    interval = Interval(low: centre - half, high: centre + half)
  }
}

/// What the arms of a study saved, data set by data set and over all of them with equal weight.
///
/// Read by the laboratory's rule, in which every seed has a number of labels; see `SavingsRule`.
public struct PooledSavings: Sendable, Equatable {
  /// A ratio and its interval.
  public struct Ratio: Sendable, Equatable {
    /// Random selection's labels over the arm's.
    public let value: Double
    /// The 95 % interval.
    public let interval: Interval?
  }

  /// An arm.
  public struct Arm: Sendable, Equatable {
    /// Its name.
    public let name: String
    /// By data set, in the order of `datasets`: the saving, and whether more than a fifth of the
    /// seeds missed the target.
    public let datasets: [(ratio: Ratio?, misses: Bool)]
    /// Over all data sets.
    public let pooled: Ratio?
    /// By data set: the gain in area over log2 labels.
    public let gains: [Double?]
    /// The mean of the gains.
    public let gain: EqualWeightMean?

    /// Whether both say the same.
    public static func == (a: Arm, b: Arm) -> Bool {
      a.name == b.name && a.pooled == b.pooled && a.gains == b.gains && a.gain == b.gain
        && a.datasets.elementsEqual(b.datasets, by: ==)
    }
  }

  /// The data sets in alphabetical order.
  public let datasets: [String]
  /// The arms that every data set has, the largest pooled saving first; random selection is left
  /// out.
  public let arms: [Arm]

  /// Reads the savings at a share of the full-label score.
  public init(_ curves: [StudyCurves], share: Double) {
    datasets = curves.map(\.dataset)
    let names = curves.map { Set($0.arms.keys) }.reduce(nil as Set<String>?) {
      $0?.intersection($1) ?? $1
    }
    let arms = (names ?? []).subtracting([ResultRow.randomArm]).sorted().map { name in
      Arm(name, curves, share: share)
    }
    self.arms = arms.sorted { ($0.pooled?.value ?? 0) > ($1.pooled?.value ?? 0) }
  }
}

extension PooledSavings.Arm {
  fileprivate init(_ name: String, _ curves: [StudyCurves], share: Double) {
    self.name = name
    let logs = curves.map { $0.logSavings(of: name, at: share) }
    datasets = zip(curves, logs).map { curves, logs in
      (EqualWeightMean([logs]).map(PooledSavings.Ratio.init), curves.misses(name, share))
    }
    pooled = EqualWeightMean(logs).map(PooledSavings.Ratio.init)
    let gains = curves.map { $0.areaGains(of: name) }
    self.gains = gains.map { mean($0) }
    gain = EqualWeightMean(gains)
  }
}

extension PooledSavings.Ratio {
  fileprivate init(_ logs: EqualWeightMean) {
    value = exp(logs.mean)
    interval = logs.interval.map { Interval(low: exp($0.low), high: exp($0.high)) }
  }
}

extension StudyCurves {
  /// By seed: the logarithm of random selection's labels over the arm's; bounds count as values.
  func logSavings(of arm: String, at share: Double) -> [Double] {
    let random = labels(of: ResultRow.randomArm, toReach: share)
    return labels(of: arm, toReach: share).sorted { $0.key < $1.key }.compactMap { seed, labels in
      random[seed].map { log($0.labels / labels.labels) }
    }
  }

  /// Whether more than a fifth of the seeds never reach the share.
  fileprivate func misses(_ arm: String, _ share: Double) -> Bool {
    let seeds = labels(of: arm, toReach: share).values
    let missed = seeds.count { if case .over = $0 { true } else { false } }
    return 5 * missed > seeds.count
  }
}
