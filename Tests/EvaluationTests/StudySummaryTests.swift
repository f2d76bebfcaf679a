import Base
import Evaluation
import Foundation
import Testing

@Suite struct StudySummaryTests {
  /// Random needs twice the labels of `auto` at every score; both seeds, full-label score 0.8.
  private var rows: [ResultRow] {
    let scores = [0.5, 0.6, 0.7, 0.79]
    var rows: [ResultRow] = []
    for seed in 1...2 {
      for (round, score) in scores.enumerated() {
        rows.append(row("random", seed, round, 20 << round, score))
        rows.append(row("auto", seed, round, 10 << round, score))
      }
      rows.append(row("full", seed, 0, 1000, seed == 1 ? 0.79 : 0.81))
    }
    return rows
  }

  @Test("the summary holds areas, labels and savings by target")
  func summary() throws {
    let brain = try #require(StudySummary.make(from: rows).datasets["brain"])
    #expect(brain.mode == .segmentation && brain.metric == "dice")
    #expect(close(brain.full.mean, 0.8) && brain.full.seeds == 2)
    let auto = try #require(brain.arms["auto"])
    #expect(close(auto.aubc, (0.55 + 0.65 + 0.745) / 3))
    #expect(auto.labelsTo.keys.sorted() == ["0.90", "0.95", "0.98"])
    #expect(close(auto.savingVsRandom["0.95"]?.ratio, 2))
    #expect(auto.savingVsRandom["0.95"]?.low == nil)
    #expect(close(brain.arms["random"]?.savingVsRandom["0.95"]?.ratio, 1))
    #expect(brain.arms["full"] == nil)
    // 0.72 lies two ninths of the way from 0.70 at 40 labels to 0.79 at 80.
    #expect(close(auto.labelsTo["0.90"]?.median, 40 * exp2(0.02 / 0.09), Tolerance.search))
  }

  @Test("summary.json has the agreed keys, absent values as null")
  func keys() throws {
    let object = try json(StudySummary.make(from: rows))
    let brain = try #require(object["brain"] as? [String: Any])
    #expect(brain.keys.sorted() == ["arms", "full", "metric", "mode"])
    #expect((brain["full"] as? [String: Any])?.keys.sorted() == ["mean", "seeds"])
    let arms = try #require(brain["arms"] as? [String: [String: Any]])
    #expect(arms["auto"]?.keys.sorted() == ["aubc", "labels_to", "saving_vs_random"])
    let labels = try #require(arms["auto"]?["labels_to"] as? [String: [String: Any]])
    #expect(labels["0.95"]?.keys.sorted() == ["censored", "median"])
    let savings = try #require(arms["auto"]?["saving_vs_random"] as? [String: [String: Any]])
    #expect(savings["0.95"]?.keys.sorted() == ["bound", "high", "low", "ratio"])
    #expect(savings["0.95"]?["low"] is NSNull)
  }

  @Test("without a full-label score there are areas and no savings")
  func withoutReference() throws {
    let object = StudySummary.make(from: rows.filter { $0.arm != "full" })
    let arm = try #require(object.datasets["brain"]?.arms["auto"])
    #expect(arm.aubc != nil && arm.labelsTo.isEmpty && arm.savingVsRandom.isEmpty)
    #expect(object.datasets["brain"]?.full.mean == nil)
    #expect(object.datasets["brain"]?.full.seeds == 0)
  }

  @Test("a full-label score may come from elsewhere")
  func givenReference() {
    let summary = StudySummary.make(from: rows, full: ["brain": [1: 0.7, 2: 0.9, 3: 0.8]])
    #expect(close(summary.datasets["brain"]?.full.mean, 0.8))
    #expect(summary.datasets["brain"]?.full.seeds == 3)
  }

  @Test("what an arm never reaches is null and counted")
  func neverReached() throws {
    let flat = (1...3).flatMap { seed in
      [row("random", seed, 0, 20, 0.5), row("random", seed, 1, 40, 0.79)]
        + [row("weak", seed, 0, 20, 0.5), row("weak", seed, 1, 40, 0.6)]
        + [row("full", seed, 0, 900, 0.8)]
    }
    let weak = try #require(StudySummary.make(from: flat).datasets["brain"]?.arms["weak"])
    #expect(weak.labelsTo["0.95"]?.median == nil && weak.labelsTo["0.95"]?.censored == 3)
    #expect(weak.savingVsRandom["0.95"]?.bound == .atMost)
  }

  @Test("written and read again, table and summary are the same")
  func roundTrip() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("evaluation-\(getpid())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var odd = rows
    odd[0].dataset = "a \"quoted\", name\nover two lines"
    odd[0].value = 0.1 + 0.2
    let table = ResultsTable(odd)
    try table.write(to: folder.appendingPathComponent("results.csv"))
    #expect(try ResultsTable(reading: folder.appendingPathComponent("results.csv")) == table)
    let summary = StudySummary.make(from: rows)
    try summary.write(to: folder.appendingPathComponent("summary.json"))
    #expect(try StudySummary(reading: folder.appendingPathComponent("summary.json")) == summary)
  }

  @Test("the first line of results.csv is the agreed one")
  func header() {
    #expect(ResultsTable([]).text == "dataset,mode,arm,seed,round,labels,metric,value,seconds\n")
    #expect(
      ResultsTable([row("auto", 1, 0, 10, 0.5)]).text.hasSuffix(
        "brain,segmentation,auto,1,0,10,dice,0.5,1.5\n"))
  }

  @Test("faulty tables say which lines, and what to do")
  func faults() throws {
    let other = #expect(throws: ResultsError.self) {
      try ResultsTable(parsing: "a,b\n1,2\n", file: "results.csv")
    }
    #expect(other?.description.contains("the first line must be dataset,mode,arm") == true)
    let head = ResultsTable([]).text
    let lines = #expect(throws: ResultsError.self) {
      try ResultsTable(
        parsing: head + "d,segmentation,auto,1,0,10,dice,0.5,1\nd,other,auto,1,0,10,dice,0.5,1\n"
          + "d,segmentation,auto,1,0,10,dice,nan,1\n", file: "results.csv")
    }
    #expect(lines?.what == "not a row of results: line 3, 4")
    #expect(throws: ResultsError.self) {
      try ResultsTable(reading: URL(fileURLWithPath: "/nowhere/results.csv"))
    }
    #expect(throws: Diagnostic.self) {
      try StudySummary(reading: URL(fileURLWithPath: "/nowhere/summary.json"))
    }
  }

  @Test("gains in area are paired by seed, and the mean curve takes common budgets")
  func curves() throws {
    let curves = try #require(StudyCurves.all(from: rows).first)
    #expect(close(curves.areaGains(of: "auto"), [0, 0]))
    let mean = try #require(curves.meanCurve(of: "auto"))
    #expect(mean.points.map(\.labels) == [10, 20, 40, 80])
    #expect(curves.meanCurve(of: "absent") == nil)
  }

  @Test("a better arm wins its share of the budgets, saturated ones do not count")
  func penalties() {
    let setting = PairwisePenalty.Setting(
      curves: [
        "auto": (0..<3).map { curve([0.60, 0.70, 0.81], 0.001 * Double($0)) },
        "random": (0..<3).map { curve([0.50, 0.70, 0.80], 0.0015 * Double($0)) },
      ], full: 0.8)
    let matrix = PairwisePenalty([setting])
    #expect(matrix.arms == ["auto", "random"])
    // Three budgets: won, not told apart, both saturated and left out.
    #expect(close(matrix.wins[0][1], 0.5) && matrix.wins[1][0] == 0)
  }

  private func curve(_ scores: [Double], _ shift: Double) -> LearningCurve {
    LearningCurve(scores.enumerated().map { (Double(10 << $0.offset), $0.element + shift) })
  }

  private func row(
    _ arm: String, _ seed: Int, _ round: Int, _ labels: Int, _ value: Double
  ) -> ResultRow {
    ResultRow(
      dataset: "brain", mode: .segmentation, arm: arm, seed: seed, round: round, labels: labels,
      metric: "dice", value: value, seconds: 1.5)
  }

  private func json(_ summary: StudySummary) throws -> [String: Any] {
    let data = try JSONEncoder().encode(summary)
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }
}
