/// The learning curves of one data set's headline metric, by arm and seed.
public struct StudyCurves: Sendable, Equatable {
  /// The data set.
  public let dataset: String
  /// What was learnt.
  public let mode: StudyMode
  /// The headline metric.
  public let metric: String
  /// By arm, then by seed; without the full-label reference.
  public let arms: [String: [Int: LearningCurve]]
  /// The full-label score by seed.
  public let full: [Int: Double]

  /// The curves of every data set in the rows, by name.
  ///
  /// - Parameters:
  ///   - rows: of any metrics; only the headline's are read.
  ///   - full: full-label scores by data set and seed; where left out, the last round of the arm
  ///     `full` in the rows.
  /// - Returns: one set of curves for each data set.
  public static func all(
    from rows: [ResultRow], full: [String: [Int: Double]] = [:]
  ) -> [StudyCurves] {
    Dictionary(grouping: rows, by: \.dataset)
      .sorted { $0.key < $1.key }
      .map { StudyCurves(dataset: $0.key, rows: $0.value, full: full[$0.key]) }
  }

  private init(dataset: String, rows: [ResultRow], full: [Int: Double]?) {
    let mode = rows[0].mode
    let headline = rows.filter { $0.metric == mode.headline }
    let byArm = Dictionary(grouping: headline, by: \.arm)
    let reference = Dictionary(grouping: byArm[ResultRow.fullArm, default: []], by: \.seed)
    self.dataset = dataset
    self.mode = mode
    metric = mode.headline
    self.full =
      full ?? reference.compactMapValues { $0.max { $0.round < $1.round }?.value }
    arms = byArm.filter { $0.key != ResultRow.fullArm }.mapValues { rows in
      Dictionary(grouping: rows, by: \.seed).mapValues { rows in
        LearningCurve(rows.map { (Double($0.labels), $0.value) })
      }
    }
  }

  /// The mean full-label score over its seeds; `nil` where it was not measured.
  public var fullMean: Double? { mean(full.keys.sorted().compactMap { full[$0] }) }

  /// The mean area under an arm's curves over log2 labels.
  public func meanArea(of arm: String) -> Double? { mean(ordered(arm).map(\.areaLog2)) }

  /// The labels by seed at which an arm reaches a score.
  public func labels(of arm: String, toReach target: Double) -> [Int: LabelsToTarget] {
    arms[arm, default: [:]].mapValues { $0.labels(toReach: target) }
  }

  /// An arm's saving against random selection at a score; `nil` without a random arm.
  public func saving(
    of arm: String, at target: Double, rule: SavingsRule = .censored
  ) -> SavingEstimate? {
    guard arms[ResultRow.randomArm] != nil, arms[arm] != nil else { return nil }
    return SavingEstimate(
      random: labels(of: ResultRow.randomArm, toReach: target),
      arm: labels(of: arm, toReach: target), rule: rule)
  }

  /// The gain in area over random selection, paired by seed.
  public func areaGains(of arm: String) -> [Double] {
    let random = arms[ResultRow.randomArm, default: [:]]
    return arms[arm, default: [:]].sorted { $0.key < $1.key }.compactMap { seed, curve in
      random[seed].map { curve.areaLog2 - $0.areaLog2 }
    }
  }

  /// The mean score at each budget that every seed of the arm has.
  public func meanCurve(of arm: String) -> LearningCurve? {
    let curves = ordered(arm)
    guard let first = curves.first else { return nil }
    let points = first.points.compactMap { point -> (labels: Double, score: Double)? in
      let scores = curves.compactMap { $0.score(at: point.labels) }
      guard scores.count == curves.count, let centre = mean(scores) else { return nil }
      return (point.labels, centre)
    }
    return points.isEmpty ? nil : LearningCurve(points)
  }

  private func ordered(_ arm: String) -> [LearningCurve] {
    arms[arm, default: [:]].sorted { $0.key < $1.key }.map(\.value)
  }
}
