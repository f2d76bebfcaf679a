/// The learning curves of one data set's headline metric, by arm and seed.
public struct StudyCurves: Sendable, Equatable {
  /// The data set.
  public let dataset: String
  /// What was learnt.
  public let mode: StudyMode
  /// The headline metric.
  public let metric: String
  /// By arm, then by seed; without the full-label reference and further runs of random selection.
  public let arms: [String: [Int: LearningCurve]]
  /// The full-label score by seed.
  public let full: [Int: Double]
  /// How savings are read.
  public let rule: SavingsRule
  /// The curves of random selection by seed, several where it ran more than once.
  private let randomRuns: [Int: [LearningCurve]]

  /// The curves of every data set in the rows, by name.
  ///
  /// - Parameters:
  ///   - rows: of any metrics; only the headline's are read.
  ///   - full: full-label scores by data set and seed; where left out, the last round of the arm
  ///     `full` in the rows.
  ///   - rule: how savings are read.
  /// - Returns: one set of curves for each data set.
  public static func all(
    from rows: [ResultRow], full: [String: [Int: Double]] = [:], rule: SavingsRule = .censored
  ) -> [StudyCurves] {
    Dictionary(grouping: rows, by: \.dataset)
      .sorted { $0.key < $1.key }
      .map { StudyCurves(dataset: $0.key, rows: $0.value, full: full[$0.key], rule: rule) }
  }

  private init(dataset: String, rows: [ResultRow], full: [Int: Double]?, rule: SavingsRule) {
    let mode = rows[0].mode
    let headline = rows.filter { $0.metric == mode.headline }
    let byArm = Dictionary(grouping: headline, by: \.arm)
    let reference = Dictionary(grouping: byArm[ResultRow.fullArm, default: []], by: \.seed)
    self.dataset = dataset
    self.mode = mode
    self.rule = rule
    metric = mode.headline
    self.full =
      full ?? reference.compactMapValues { $0.max { $0.round < $1.round }?.value }
    let curves = byArm.filter { $0.key != ResultRow.fullArm }.mapValues { rows in
      Dictionary(grouping: rows, by: \.seed).mapValues { rows in
        LearningCurve(rows.map { (Double($0.labels), $0.value) })
      }
    }
    arms = curves.filter { $0.key == ResultRow.armOfRun($0.key) }
    randomRuns =
      curves.filter { ResultRow.armOfRun($0.key) == ResultRow.randomArm }
      .sorted { $0.key < $1.key }
      .reduce(into: [:]) { runs, arm in
        for (seed, curve) in arm.value { runs[seed, default: []].append(curve) }
      }
  }

  /// The mean full-label score over its seeds; `nil` where it was not measured.
  public var fullMean: Double? { mean(full.keys.sorted().compactMap { full[$0] }) }

  /// The score to reach at a seed: a share of the mean full-label score, by the laboratory's rule of
  /// that seed's own; `nil` where it was not measured.
  public func target(_ share: Double, seed: Int) -> Double? {
    let own = rule == .laboratory ? full[seed] : nil
    return (own ?? fullMean).map { share * $0 }
  }

  /// The mean area under an arm's curves over log2 labels.
  public func meanArea(of arm: String) -> Double? {
    mean(arms[arm, default: [:]].keys.sorted().flatMap { runs(of: arm, seed: $0) }.map(\.areaLog2))
  }

  /// The labels by seed at which an arm reaches a share of the full-label score; of several runs at
  /// a seed the geometric mean.
  public func labels(of arm: String, toReach share: Double) -> [Int: LabelsToTarget] {
    let seeds = arms[arm, default: [:]].keys
    return Dictionary(
      uniqueKeysWithValues: seeds.compactMap { seed in
        target(share, seed: seed).map { target in
          (
            seed,
            LabelsToTarget(meanOf: runs(of: arm, seed: seed).map { $0.labels(toReach: target) })
          )
        }
      })
  }

  /// An arm's saving against random selection at a share of the full-label score; `nil` without a
  /// random arm or a full-label score.
  public func saving(of arm: String, at share: Double) -> SavingEstimate? {
    guard arms[ResultRow.randomArm] != nil, arms[arm] != nil, !full.isEmpty else { return nil }
    return SavingEstimate(
      random: labels(of: ResultRow.randomArm, toReach: share),
      arm: labels(of: arm, toReach: share), rule: rule)
  }

  /// The gain in area over random selection, paired by seed.
  public func areaGains(of arm: String) -> [Double] {
    arms[arm, default: [:]].sorted { $0.key < $1.key }.compactMap { seed, curve in
      mean(runs(of: ResultRow.randomArm, seed: seed).map(\.areaLog2)).map { curve.areaLog2 - $0 }
    }
  }

  /// An arm's curves at a seed: one, or the runs of random selection.
  private func runs(of arm: String, seed: Int) -> [LearningCurve] {
    arm == ResultRow.randomArm
      ? randomRuns[seed, default: []] : arms[arm]?[seed].map { [$0] } ?? []
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
