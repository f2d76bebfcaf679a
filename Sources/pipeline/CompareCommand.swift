import ActiveLearning
import ArgumentParser
import Base
import Evaluation
import Foundation
import Report
import Study

/// `pipeline compare`: how many labels each arm saved against random selection, with intervals.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Measure on labelled pools how many labels each arm saves against random selection.",
    discussion: """
      Example: pipeline compare --config study.yaml --out studies/first
      Writes results.csv, summary.json and report.html; goes on where it stopped with --resume.
      """)

  @Option(help: ArgumentHelp("The study (YAML): pools, arms, seeds, settings.", valueName: "file"))
  var config: String

  @Option(help: ArgumentHelp("The study's folder.", valueName: "dir"))
  var out: String

  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp("Override one setting; may be repeated.", valueName: "key.path=value"))
  var sets: [String] = []

  @Flag(help: "Go on with the study that is in the folder.")
  var resume = false

  @Option(help: "Where all random draws derive from.")
  var seed: UInt64 = 0

  @OptionGroup var machine: MachineOptions

  @Option(help: "The first line of the report: what the study can and cannot show.")
  var statement =
    "A simulation on labelled images: truth answers at once, and every arm trains alike."

  @Flag(help: "Print the number of runs, and do nothing.")
  var dryRun = false

  @Flag(help: "Print summary.json.")
  var json = false

  func run() throws {
    let settings = try StageOptions.decode(
      StudyConfiguration.self, over: StudyConfiguration(), config: config, sets: sets)
    guard !settings.datasets.isEmpty else {
      throw Diagnostic("the study names no pool", at: config, fix: "list pools under datasets")
    }
    let cells = StudyCell.all(settings)
    if dryRun { return print("\(cells.count) runs of active learning; nothing was done") }
    let device = try machine.start()
    let folder = try RunFolder.open(
      URL(fileURLWithPath: out), configuration: settings, stage: "compare", resume: resume,
      seed: seed, device: "\(device)", threads: machine.running,
      versions: ["modicum": Version.current])
    let start = ContinuousClock.now
    let progress = Progress("compare", total: cells.count, unit: "runs")
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
    try write(rows, settings, folder, seconds: (ContinuousClock.now - start).inSeconds)
  }

  private func write(
    _ rows: [ResultRow], _ settings: StudyConfiguration, _ folder: RunFolder, seconds: Double
  ) throws {
    try ResultsTable(rows).write(to: folder.url.appendingPathComponent("results.csv"))
    let summary = StudySummary.make(from: rows)
    try summary.write(to: folder.url.appendingPathComponent("summary.json"))
    let report = folder.url.appendingPathComponent("report.html")
    let content = try StudyReport(settings: settings, folder: folder.url, rows: rows)
      .content(statement: statement, seconds: seconds)
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

extension Duration {
  /// As a number of seconds.
  var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
