import ActiveLearning
import Base
import Evaluation
import Foundation
import Pool
import Report
import Study

/// What a study's report shows, gathered from the study's folder and its pools.
struct StudyReport {
  let settings: StudyConfiguration
  let folder: URL
  let rows: [ResultRow]

  /// The page's content.
  func content(statement: String) throws -> ReportContent {
    ReportContent(
      title: "Label savings: " + folder.lastPathComponent, statement: statement,
      facts: [
        ReportFact("arms", settings.arms.map(\.name).joined(separator: ", ")),
        ReportFact("seeds", "\(settings.seeds)"),
      ],
      datasets: try settings.datasets.map(dataset), timings: StageTime.training(rows),
      settings: try String(
        contentsOf: folder.appendingPathComponent("config.yaml"), encoding: .utf8),
      versions: try RunFolder.record(folder).facts,
      checklist: Pitfall.audit(rows) + [
        Pitfall.patientLeakage.item(.met, note: "groups are split whole"),
        Pitfall.testSetChoice.item(.met), Pitfall.unequalTraining.item(.met),
        Pitfall.droppedSeeds.item(.met), Pitfall.uncountedLabels.item(.met),
      ])
  }

  // MARK: - A data set

  private func dataset(_ dataset: StudyConfiguration.Dataset) throws -> DatasetReport {
    let pool = try Pool.open(URL(fileURLWithPath: dataset.pool))
    let main =
      settings.arms.first { $0.name == "auto" } ?? settings.arms.first { $0.name != "random" }
    var report = try DatasetReport(dataset.name, pool: pool)
    report.rows = rows.filter { $0.dataset == dataset.name }
    report.mainArm = main?.name
    guard let main else { return report }
    let cell = StudyCell(dataset: dataset, arm: main, seed: 0)
    report.facts += try RoundScores.all(of: cell.folder(in: folder)).last?.annotationFacts ?? []
    let pictures = RunPictures(cell.folder(in: folder), pool: pool)
    try pictures.addPicks(to: &report)
    try pictures.addPredictions(to: &report)
    return report
  }
}

extension StageTime {
  /// The training time of each arm of a study.
  static func training(_ rows: [ResultRow]) -> [StageTime] {
    let rounds = Dictionary(grouping: rows) { "\($0.dataset) \($0.arm) \($0.seed) \($0.round)" }
      .values.compactMap(\.first)
    return Dictionary(grouping: rounds) { "\($0.dataset), \($0.arm)" }
      .sorted { $0.key < $1.key }.map { name, rounds in
        StageTime("training: " + name, seconds: rounds.reduce(0) { $0 + $1.seconds })
      }
  }
}

extension RunRecord {
  /// The versions that a run was made with.
  var facts: [ReportFact] {
    versions.sorted { $0.key < $1.key }.map { ReportFact($0.key, $0.value) }
  }
}

extension DatasetReport {
  /// The facts of a pool; what was measured on it is filled in.
  init(_ name: String, pool: Pool) throws {
    let counts = try pool.counts()
    self.init(
      name: name, mode: StudyMode(try pool.mode),
      facts: [
        ReportFact("training images", "\(counts[.train] ?? 0)"),
        ReportFact("test images", "\(counts[.test] ?? 0)"),
        ReportFact("classes", try pool.classes.joined(separator: ", ")),
      ], classes: try pool.classes)
  }
}
