import Evaluation

/// The savings of all data sets: one tile each, one table, one forest plot.
struct HeadlineView {
  let tiles: [TileView]
  let savings: [SavingsRowView]
  let forest: String?

  /// `nil` where nothing was compared with random selection.
  init?(_ studies: [DatasetStudy]) {
    let compared = studies.filter { $0.curves?.arms[ResultRow.randomArm] != nil }
    guard compared.contains(where: { !$0.challengers.isEmpty }) else { return nil }
    tiles = compared.compactMap(TileView.init)
    savings = compared.flatMap { study in
      study.arms.enumerated().map { SavingsRowView(study, arm: $0.element, opens: $0.offset == 0) }
    }
    let rows = compared.flatMap { study in
      study.challengers.compactMap { arm in
        study.saving(arm, at: 0.95).map {
          ForestRow(
            group: study.report.name, arm: arm, estimate: $0,
            style: study.styles[arm] ?? ArmStyle(index: nil))
        }
      }
    }
    forest = ForestChart(rows: rows, share: "95 %").figure()?.markup(id: "forest")
  }
}

/// The saving of a data set's main arm in large type.
struct TileView {
  let place: String
  let ratio: String
  let claim: String
  let detail: String
  let caution: String?
  /// Whether the interval does not rule out that nothing is saved.
  let isUnproven: Bool

  init?(_ study: DatasetStudy) {
    guard let arm = study.challengers.first, let curves = study.curves else { return nil }
    let estimate = study.saving(arm, at: 0.95)
    place = plain(study.report.name)
    ratio = estimate?.ratio == nil ? "–" : Wording.saving(estimate)
    claim = Self.claim(estimate)
    detail = plain(Self.detail(study, arm, curves))
    caution = Self.caution(estimate)
    isUnproven = estimate?.interval.map { $0.low <= 1 } ?? true
  }

  private static func claim(_ estimate: SavingEstimate?) -> String {
    guard let ratio = estimate?.ratio else { return "no saving can be stated" }
    if ratio > 1.005 { return "fewer labels than random selection" }
    return ratio < 0.995
      ? "no saving: random selection needs fewer labels" : "as many labels as random selection"
  }

  private static func detail(_ study: DatasetStudy, _ arm: String, _ curves: StudyCurves) -> String
  {
    guard let full = curves.fullMean else { return "The score with all labels was not measured." }
    let needed = Wording.labels(study.labels(arm, at: 0.95))
    let random = Wording.labels(study.labels(ResultRow.randomArm, at: 0.95))
    return "To 95 % of the full-label \(Wording.metric(curves.metric)) (\(Wording.score(full))): "
      + "\(arm) \(needed) labels, random \(random)."
  }

  private static func caution(_ estimate: SavingEstimate?) -> String? {
    guard let estimate, estimate.ratio != nil else { return nil }
    let seeds = Wording.count(estimate.pairs, "paired seed")
    guard let interval = estimate.usefulInterval else {
      return estimate.pairs < 3
        ? "\(seeds): no interval, an observation and no proof."
        : "\(seeds), of which \(estimate.censoredPairs) with a curve that misses the target: "
          + "no interval under six."
    }
    let words = "95 % interval \(Wording.interval(estimate)), \(seeds)"
    return words + (interval.contains(1) ? ". It includes 1: a saving is not shown." : ".")
  }
}

/// One arm of the savings table.
struct SavingsRowView {
  let opens: Bool
  let place: String
  let span: Int
  let arm: String
  let colour: String
  let labels: [String]
  let savings: [String]
  let interval: String
  let area: String
  let gain: String
  let seeds: Int

  init(_ study: DatasetStudy, arm: String, opens: Bool) {
    let isRandom = arm == ResultRow.randomArm
    self.opens = opens
    place = plain(study.report.name)
    span = study.arms.count
    self.arm = plain(arm)
    colour = study.styles[arm]?.colour ?? "random"
    labels = StudySummary.targets.map { Wording.labels(study.labels(arm, at: $0)) }
    savings = StudySummary.targets.map {
      isRandom ? "1" : Wording.saving(study.saving(arm, at: $0))
    }
    interval = isRandom ? "–" : Wording.interval(study.saving(arm, at: 0.95))
    area = Wording.score(study.curves?.meanArea(of: arm))
    gain = isRandom ? "–" : Wording.gain(mean(study.curves?.areaGains(of: arm) ?? []))
    seeds = study.curves?.arms[arm]?.count ?? 0
  }
}
