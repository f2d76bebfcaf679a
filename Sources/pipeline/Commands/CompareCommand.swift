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
      With --frozen the images are turned into numbers once and only a linear head is fitted in \
      each round: many rules and seeds in minutes. It reads settings of its own (pipeline config \
      laboratory) and writes the pooled savings as pooled.md too.
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

  @Flag(help: "Compare queries on frozen features, with a linear head.")
  var frozen = false

  @Flag(help: "Print the number of runs, and do nothing.")
  var dryRun = false

  @Flag(help: "Print summary.json.")
  var json = false

  func run() throws {
    if frozen { return try runFrozen() }
    let settings = try StageOptions.decode(
      StudyConfiguration.self, over: StudyConfiguration(), config: config, sets: sets)
    try check(settings.datasets.count)
    if dryRun {
      let count = StudyCell.all(settings).count
      return print("\(count) runs of active learning; nothing was done")
    }
    try Comparison(
      settings, out: URL(fileURLWithPath: out), resume: resume, seed: seed, machine: machine,
      statement: statement, json: json
    ).perform()
  }

  private func runFrozen() throws {
    let settings = try StageOptions.decode(
      LaboratoryConfiguration.self, over: LaboratoryConfiguration(), config: config, sets: sets)
    try check(settings.datasets.count)
    if dryRun {
      return print(
        "\(LaboratoryDriver.count(settings)) runs on frozen features; nothing was done")
    }
    try LaboratoryRun(
      settings: settings, out: URL(fileURLWithPath: out), resume: resume, seed: seed,
      machine: machine, json: json
    ).perform()
  }

  private func check(_ pools: Int) throws {
    if pools == 0 {
      throw Diagnostic("the study names no pool", at: config, fix: "list pools under datasets")
    }
  }
}
