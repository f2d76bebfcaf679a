import ArgumentParser
import Base
import Evaluation
import Foundation
import Pool
import Report
import Study

/// `pipeline report`: a run or a study as a page.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write report.html of a run of al-finetune or run, or of a study of compare.",
    discussion: """
      Example: pipeline report runs/rounds --pool pool
      The page is one file that needs no network: curves, chosen images with the reasons, \
      predictions, times. A study finds its pools by its settings.
      """)

  @Argument(help: "The folder of a run or a study.")
  var folder: String

  @Option(help: ArgumentHelp("The pool of the run.", valueName: "dir"))
  var pool: String?

  @Option(help: ArgumentHelp("The page [default: RUN/report.html].", valueName: "file"))
  var out: String?

  @Option(help: "The first line of a study's report: what it can and cannot show.")
  var statement = Comparison.statement

  func run() throws {
    let run = URL(fileURLWithPath: folder)
    let page = out.map { URL(fileURLWithPath: $0) } ?? run.appendingPathComponent("report.html")
    switch try RunFolder.record(run).stage {
    case "compare": try writeStudy(run, to: page)
    case "al-finetune", "run":
      guard let pool else {
        throw Diagnostic(
          "the report of a run shows images of its pool", at: folder,
          fix: "give the pool with --pool",
          exit: .usage)
      }
      try RunReport(run, pool: Pool.open(URL(fileURLWithPath: pool))).write(to: page)
    case let stage:
      throw Diagnostic(
        "a run of \(stage) has no report", at: folder,
        fix: "pipeline status tells of it; reports are of al-finetune, run and compare")
    }
    print("report: \(page.path)")
  }

  private func writeStudy(_ run: URL, to page: URL) throws {
    let settings = try StrictYAML.decode(
      StudyConfiguration.self,
      from: String(readingFile: run.appendingPathComponent("config.yaml")), file: "config.yaml")
    let results = run.appendingPathComponent("results.csv")
    guard FileManager.default.fileExists(atPath: results.path) else {
      throw Diagnostic(
        "the study is not complete", at: folder, fix: "go on with pipeline compare --resume")
    }
    let rows = try ResultsTable(reading: results).rows
    try Report.write(
      try StudyReport(settings: settings, folder: run, rows: rows)
        .content(statement: statement), to: page)
  }
}
