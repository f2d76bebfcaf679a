import ArgumentParser
import Base
import Foundation
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
  var statement = Comparison.statement

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
    if dryRun {
      let count = StudyCell.all(settings).count
      return print("\(count) runs of active learning; nothing was done")
    }
    try Comparison(
      settings, out: URL(fileURLWithPath: out), resume: resume, seed: seed, machine: machine,
      statement: statement, json: json
    ).perform()
  }
}
