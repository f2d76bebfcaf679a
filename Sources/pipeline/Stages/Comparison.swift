import ActiveLearning
import ArgumentParser
import Base
import Evaluation
import Foundation
import Report
import Study
import Torch

/// A study from its first cell to its report, as `compare` and `run` perform it.
struct Comparison {
  private let settings: StudyConfiguration
  private let out: URL
  private let resume: Bool
  private let seed: UInt64
  private let machine: MachineOptions
  private let statement: String
  private let json: Bool

  /// - Parameters:
  ///   - settings: what runs.
  ///   - out: the study's folder.
  ///   - resume: whether to go on with the study that is there.
  ///   - seed: where all draws derive from.
  ///   - machine: device and threads.
  ///   - statement: the first line of the report.
  ///   - json: whether the summary is printed as JSON.
  init(
    _ settings: StudyConfiguration, out: URL, resume: Bool, seed: UInt64, machine: MachineOptions,
    statement: String = Comparison.statement, json: Bool = false
  ) {
    (self.settings, self.out, self.resume, self.seed) = (settings, out, resume, seed)
    (self.machine, self.statement, self.json) = (machine, statement, json)
  }

  /// What a study on labelled images is, in a line.
  static let statement =
    "A simulation on labelled images: truth answers at once, and every arm trains alike."

  /// Runs what is left, and writes results and report.
  ///
  /// - Throws: `Stopped` after a signal; diagnostics.
  func perform() throws {
    let cells = StudyCell.all(settings)
    let device = try machine.start()
    let folder = try RunFolder.open(
      out, configuration: settings, stage: "compare", resume: resume,
      seed: seed, device: "\(device)", threads: machine.running,
      versions: ["modicum": Version.current, "libtorch": TorchRuntime.version])
    let progress = Base.Progress("compare", total: cells.count, unit: "runs")
    var last: StudyCell?
    let driver = StudyDriver(
      settings, folder: folder.url, device: device, key: RandomKey(seed: seed).folding("study"),
      weights: GivenWeights.load)
    let rows = try driver.run { cell, _, scores in
      if last != cell { progress.advance(to: cells.firstIndex(of: cell) ?? 0, note: cell.title) }
      last = cell
      folder.log.info("\(cell.title): \(scores.labels) labels")
    }
    progress.finish()
    try write(rows, folder)
  }

  private func write(_ rows: [ResultRow], _ folder: RunFolder) throws {
    try ResultsTable(rows).write(to: folder.url.appendingPathComponent("results.csv"))
    let summary = StudySummary.make(from: rows)
    try summary.write(to: folder.url.appendingPathComponent("summary.json"))
    let report = folder.url.appendingPathComponent("report.html")
    let content = try StudyReport(settings: settings, folder: folder.url, rows: rows)
      .content(statement: statement)
    try Report.write(content, to: report)
    try folder.markFinished()
    print(json ? try encoded(summary) : SavingsTable.text(summary))
    print("report: \(report.path)")
  }
}

extension StudyCell {
  /// As progress shows it.
  var title: String { "\(dataset.name) \(arm.name) \(seed)" }
}
