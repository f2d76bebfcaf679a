import ActiveLearning
import Base
import Evaluation
import FineTune
import Foundation
import Pool
import Report

/// What the report of one run shows: of `al-finetune`, or of `run` with all its stages.
struct RunReport {
  private let folder: URL
  private let pool: Pool

  /// - Parameters:
  ///   - folder: the run's folder.
  ///   - pool: the pool that it worked on.
  init(_ folder: URL, pool: Pool) {
    (self.folder, self.pool) = (folder, pool)
  }

  /// Writes the page.
  ///
  /// - Throws: a diagnostic where the folder holds no rounds.
  func write(to url: URL) throws {
    try Report.write(try content(), to: url)
  }

  private func content() throws -> ReportContent {
    let record = try RunFolder.record(folder)
    return ReportContent(
      title: "Rounds: " + record.name,
      statement: "One run, one seed: it shows what was asked for and how the model grew. Whether "
        + "labels were saved, only a comparison with random selection can say.",
      facts: [
        ReportFact("seed", "\(record.seed)"), ReportFact("device", record.device),
        ReportFact("threads", "\(record.threads)"),
      ],
      datasets: [try dataset()], timings: try timings(),
      settings: try String(readingFile: folder.appendingPathComponent("config.yaml")),
      versions: record.facts)
  }

  private func dataset() throws -> DatasetReport {
    let (rounds, scores) = try self.rounds()
    guard let last = scores.last else {
      throw Diagnostic(
        "the run has no finished round yet", at: folder.path, fix: "go on with --resume")
    }
    var report = try DatasetReport(try RunFolder.record(folder).name, pool: pool)
    report.mainArm = "this run"
    report.rows = scores.enumerated().flatMap { round, scores in
      scores.rows(
        round: round, dataset: report.name, mode: report.mode, arm: "this run", seed: 0)
    }
    report.facts += [
      ReportFact("rounds", "\(scores.count)"), ReportFact("labels", "\(last.labels)"),
    ]
    report.facts += last.annotationFacts
    if let trust = last.trust {
      report.facts.append(
        ReportFact("score inside the labels (optimistic)", String(format: "%.3f", trust.score)))
    }
    if let scores = ImprovementScores(of: folder.appendingPathComponent("semisup"))?.text {
      report.facts.append(ReportFact("after semi-supervision, on the test split", scores))
    }
    let pictures = RunPictures(rounds, pool: pool)
    try pictures.addPicks(to: &report)
    try pictures.addPredictions(to: &report)
    return report
  }

  /// Where the rounds lie, and what was measured in them.
  private func rounds() throws -> (run: URL, scores: [RoundScores]) {
    let below = folder.appendingPathComponent("al-finetune")
    let run = RunFolder.isRun(below) ? below : folder
    return (run, try RoundScores.all(of: run))
  }

  /// Computing time by stage; the time in which people label is not in it.
  private func timings() throws -> [StageTime] {
    let (run, scores) = try rounds()
    return [
      StageTime("pretraining", seconds: try steps(folder.appendingPathComponent("pretrain"))),
      StageTime("queries", seconds: try seconds(run, kind: "query")),
      StageTime("fine-tuning", seconds: scores.reduce(0) { $0 + $1.seconds }),
      StageTime("semi-supervision", seconds: try steps(folder.appendingPathComponent("semisup"))),
    ].filter { $0.seconds > 0 }
  }

  private func steps(_ run: URL) throws -> Double { try seconds(run, kind: "train") }

  private func seconds(_ run: URL, kind: String) throws -> Double {
    let log = run.appendingPathComponent("metrics.jsonl")
    guard FileManager.default.fileExists(atPath: log.path) else { return 0 }
    return try MetricsLog.rows(of: log).filter { $0.kind == kind }
      .reduce(0) { $0 + ($1.fields["seconds"] ?? 0) }
  }
}
