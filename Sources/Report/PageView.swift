import Evaluation
import Foundation

/// What the page template reads: text that is ready to be shown, and figures as markup.
struct PageView {
  let title: String
  let statement: String
  let facts: [FactView]
  let hasFacts: Bool
  let styleSheet = StyleSheet.text
  let headline: HeadlineView?
  let datasets: [DatasetView]
  let time: TimeView?
  let settings: String?
  let versions: [FactView]
  let hasVersions: Bool
  let hasSettings: Bool
  let checklist: [ChecklistView]
  let hasChecklist: Bool

  init(_ content: ReportContent) {
    let studies = DatasetStudy.all(content.datasets)
    title = plain(content.title)
    statement = plain(content.statement)
    facts = content.facts.map(FactView.init)
    hasFacts = !content.facts.isEmpty
    headline = HeadlineView(studies)
    datasets = studies.enumerated().map { DatasetView($0.element, number: $0.offset + 1) }
    time = TimeView(content.timings)
    settings = content.settings.map(plain)
    versions = content.versions.map(FactView.init)
    hasVersions = !content.versions.isEmpty
    hasSettings = content.settings != nil || !content.versions.isEmpty
    checklist = content.checklist.map(ChecklistView.init)
    hasChecklist = !content.checklist.isEmpty
  }
}

/// A name and a value.
struct FactView {
  let name: String
  let value: String

  init(_ fact: ReportFact) {
    name = plain(fact.name)
    value = plain(fact.value)
  }
}

/// The computing time.
struct TimeView {
  let figure: String
  let total: String

  init?(_ timings: [StageTime]) {
    guard let drawing = BarChart.times(timings).figure() else { return nil }
    figure = drawing.markup(id: "times")
    total = Wording.time(timings.map(\.seconds).reduce(0, +))
  }
}

/// A pitfall and how it stands.
struct ChecklistView {
  let claim: String
  let note: String
  let word: String
  let state: String

  init(_ item: ChecklistItem) {
    claim = plain(item.claim)
    note = plain(item.note)
    state = item.state.rawValue
    word =
      switch item.state {
      case .met: "yes"
      case .open: "no"
      case .none: "not applicable"
      }
  }
}

/// A data set's part of the content with its curves.
struct DatasetStudy {
  let report: DatasetReport
  let curves: StudyCurves?
  /// Random selection last, the main arm first.
  let arms: [String]
  /// The same for an arm in every data set.
  private(set) var styles: [String: ArmStyle] = [:]

  /// The data sets' parts, with one style for each arm of the page.
  static func all(_ reports: [DatasetReport]) -> [DatasetStudy] {
    var studies = reports.map(DatasetStudy.init)
    var names: [String] = []
    for arm in studies.flatMap(\.challengers) where !names.contains(arm) { names.append(arm) }
    let styles = ArmStyle.styles(for: names, random: ResultRow.randomArm)
    for place in studies.indices { studies[place].styles = styles }
    return studies
  }

  private init(_ report: DatasetReport) {
    let rows = report.rows.filter { $0.dataset == report.name }
    let curves = StudyCurves.all(from: rows, rule: report.savings).first
    let names = (curves?.arms.keys.sorted() ?? []).filter { $0 != ResultRow.randomArm }
    let main = report.mainArm.flatMap { names.contains($0) ? $0 : nil } ?? names.first
    let ordered = (main.map { [$0] } ?? []) + names.filter { $0 != main }
    let hasRandom = curves?.arms[ResultRow.randomArm] != nil
    self.report = report
    self.curves = curves
    arms = ordered + (hasRandom ? [ResultRow.randomArm] : [])
  }

  /// The arms that are measured against random selection.
  var challengers: [String] { arms.filter { $0 != ResultRow.randomArm } }

  /// An arm's saving at a share of the full-label score.
  func saving(_ arm: String, at share: Double) -> SavingEstimate? {
    curves?.saving(of: arm, at: share)
  }

  /// An arm's median number of labels to a share of the full-label score.
  func labels(_ arm: String, at share: Double) -> LabelsToTarget? {
    guard let curves, !curves.full.isEmpty else { return nil }
    let seeds = curves.labels(of: arm, toReach: share).values
    return seeds.isEmpty ? nil : kaplanMeierMedian(Array(seeds))
  }
}
