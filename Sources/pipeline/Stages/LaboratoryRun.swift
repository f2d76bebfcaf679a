import Base
import Evaluation
import Foundation
import Pool
import Report
import Study
import Synchronization
import Torch

/// The laboratory from its first cell to its report, as `compare --frozen` performs it.
struct LaboratoryRun {
  let settings: LaboratoryConfiguration
  let out: URL
  let resume: Bool
  let seed: UInt64
  let machine: MachineOptions
  let json: Bool

  /// What a study on frozen features is, in a line.
  static let statement =
    "A simulation on features that never change: truth answers at once, and only a linear head is "
    + "fitted. It compares ways to choose labels, not networks."

  /// Runs what is left, and writes results, tables and report.
  ///
  /// - Throws: `Stopped` after a signal; diagnostics.
  func perform() throws {
    try LaboratoryDriver.check(settings)
    let device = try machine.start()
    let digests = try settings.datasets.map {
      ("pool \($0.name)", try Pool.open(URL(fileURLWithPath: $0.pool)).digest)
    }
    let folder = try RunFolder.open(
      out, configuration: settings, stage: "compare --frozen", resume: resume,
      seed: seed, device: "\(device)", threads: machine.running,
      versions: ["modicum": Version.current, "libtorch": TorchRuntime.version],
      digests: Dictionary(uniqueKeysWithValues: digests))
    let progress = CellProgress(total: LaboratoryDriver.count(settings))
    let driver = LaboratoryDriver(
      settings, folder: folder.url, key: RandomKey(seed: seed).folding("laboratory"),
      threads: machine.running)
    let rows = try driver.run(device: device, weights: GivenWeights.load) { progress.done($0) }
    progress.finish()
    try write(rows, folder)
  }

  private func write(_ rows: [ResultRow], _ folder: RunFolder) throws {
    try ResultsTable(rows).write(to: folder.url.appendingPathComponent("results.csv"))
    let summary = StudySummary.make(from: rows, rule: settings.savings)
    try summary.write(to: folder.url.appendingPathComponent("summary.json"))
    let table = PooledTable(StudyCurves.all(from: rows, rule: .laboratory))
    try AtomicFile.write(
      table.markdown, to: folder.url.appendingPathComponent("pooled.md"))
    let report = folder.url.appendingPathComponent("report.html")
    try Report.write(try content(rows, folder), to: report)
    try folder.markFinished()
    print(json ? try encoded(summary) : table.markdown)
    print("report: \(report.path)")
  }

  private func content(_ rows: [ResultRow], _ folder: RunFolder) throws -> ReportContent {
    ReportContent(
      title: "Queries on frozen features: " + folder.url.lastPathComponent,
      statement: Self.statement,
      facts: [
        ReportFact("arms", settings.arms.map(\.name).joined(separator: ", ")),
        ReportFact("seeds", "\(settings.seeds)"),
        ReportFact("savings", settings.savings.rawValue),
      ],
      datasets: try settings.datasets.map { dataset in
        var report = try DatasetReport(
          dataset.name, pool: Pool.open(URL(fileURLWithPath: dataset.pool)))
        report.rows = rows.filter { $0.dataset == dataset.name }
        report.savings = settings.savings
        return report
      }, timings: StageTime.training(rows),
      settings: try String(contentsOf: folder.configuration, encoding: .utf8),
      versions: try RunFolder.record(folder.url).facts,
      checklist: Pitfall.audit(rows) + [
        Pitfall.patientLeakage.item(.met, note: "groups are split whole"),
        Pitfall.testSetChoice.item(.met), Pitfall.unequalTraining.item(.met),
        Pitfall.droppedSeeds.item(.met), Pitfall.uncountedLabels.item(.met),
      ])
  }
}

/// How many cells are done, counted from any thread.
private final class CellProgress: Sendable {
  private let progress: Base.Progress
  private let count = Mutex(0)

  init(total: Int) { progress = Base.Progress("compare", total: total, unit: "runs") }

  func done(_ cell: String) {
    let done = count.withLock { count in
      count += 1
      return count
    }
    progress.advance(to: done, note: cell)
  }

  func finish() { progress.finish() }
}
