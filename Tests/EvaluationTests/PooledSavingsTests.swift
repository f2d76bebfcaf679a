import Evaluation
import Foundation
import Testing

@Suite struct PooledSavingsTests {
  /// Two sets of three values each: means 2 and 4, variances 1 and 4.
  ///
  /// The variance of the mean is (1/3 + 4/3) / 4 = 5/12, its freedom (5/12)² / (((1/12)² + (4/12)²)
  /// / 2) = 50/17 = 2.941, of which t at 97.5 % is 3.218759 (SciPy 1.17.1).
  @Test("the mean of equal sets has the interval of Welch and Satterthwaite")
  func closedForm() throws {
    let pooled = try #require(EqualWeightMean([[1, 2, 3], [2, 4, 6]]))
    #expect(pooled.mean == 3)
    let interval = try #require(pooled.interval)
    #expect(abs(interval.high - 5.077_699_752) < 1e-8)
    #expect(abs(interval.low - 0.922_300_248) < 1e-8)
  }

  @Test("of one set it is the t-interval, and sets of two values have none")
  func edges() throws {
    let values = [0.3, 0.1, 0.7, 0.2]
    let one = try #require(EqualWeightMean([values])?.interval)
    let expected = try #require(tInterval(values))
    #expect(abs(one.low - expected.low) < 1e-9 && abs(one.high - expected.high) < 1e-9)
    #expect(EqualWeightMean([values, [1, 2]])?.interval == nil)
    #expect(EqualWeightMean([values, []]) == nil)
    #expect(EqualWeightMean([[1, 1, 1]])?.interval == Interval(low: 1, high: 1))
  }

  /// A straight line over log2 labels from 10 to 640, which reaches 0.5 + 0.1·d at 10·2^d labels.
  private func rows(_ arm: String, seed: Int, shift: Double = 0) -> [ResultRow] {
    (0..<7).map { round in
      row(arm, seed, round, 10 << round, 0.3 + 0.1 * Double(round) + shift)
    }
  }

  private func row(
    _ arm: String, _ seed: Int, _ round: Int, _ labels: Int, _ value: Double
  ) -> ResultRow {
    ResultRow(
      dataset: "set", mode: .classification, arm: arm, seed: seed, round: round, labels: labels,
      metric: MetricName.balancedAccuracy, value: value, seconds: 0)
  }

  @Test("a run of random selection is the geometric mean of its runs, and gains are of its mean")
  func randomRuns() throws {
    var rows: [ResultRow] = []
    for seed in 0..<3 {
      // To 0.5: 40 labels, and 20 and 80 at a shift of ±0.1: 40 in the geometric mean of the last.
      rows += self.rows("random", seed: seed, shift: 0.1)
      rows += self.rows("random#2", seed: seed, shift: -0.1)
      rows += self.rows("arm", seed: seed, shift: 0.1)
      rows.append(row("full", seed, 0, 640, 0.5))
    }
    let curves = try #require(StudyCurves.all(from: rows, rule: .laboratory).first)
    #expect(Set(curves.arms.keys) == ["random", "arm"])
    let labels = curves.labels(of: "random", toReach: 1)
    #expect(labels.count == 3 && labels.values.allSatisfy { abs($0.labels - 40) < 1e-9 })
    let saving = try #require(curves.saving(of: "arm", at: 1))
    #expect(abs((saving.ratio ?? 0) - 2) < 1e-9)
    #expect(curves.areaGains(of: "arm").allSatisfy { abs($0 - 0.1) < 1e-9 })
    let pooled = PooledSavings([curves], share: 1)
    #expect(pooled.arms.map(\.name) == ["arm"])
    #expect(abs((pooled.arms[0].pooled?.value ?? 0) - 2) < 1e-9)
    #expect(abs((pooled.arms[0].gain?.mean ?? 0) - 0.1) < 1e-9)
  }

  @Test("the laboratory's target is the seed's own, that of a study the mean over the seeds")
  func targets() throws {
    var rows: [ResultRow] = []
    for seed in 0..<2 {
      rows += self.rows("random", seed: seed)
      rows.append(row("full", seed, 0, 640, seed == 0 ? 0.4 : 0.6))
    }
    let own = try #require(StudyCurves.all(from: rows, rule: .laboratory).first)
    #expect(
      own.labels(of: "random", toReach: 1).mapValues { $0.labels.rounded() } == [0: 20, 1: 80])
    let shared = try #require(StudyCurves.all(from: rows).first)
    #expect(
      shared.labels(of: "random", toReach: 1).mapValues { $0.labels.rounded() } == [0: 40, 1: 40])
  }

  @Test("what is never reached counts as the last budget, and more than a fifth of it is marked")
  func misses() throws {
    var rows: [ResultRow] = []
    for seed in 0..<4 {
      rows += self.rows("random", seed: seed)
      rows += self.rows("arm", seed: seed, shift: seed == 0 ? -0.5 : 0)
      rows.append(row("full", seed, 0, 640, 0.5))
    }
    let curves = StudyCurves.all(from: rows, rule: .laboratory)
    let arm = PooledSavings(curves, share: 1).arms[0]
    #expect(arm.datasets[0].misses)
    // One of four pairs is 40 / 640, the others 1.
    #expect(abs(log(arm.pooled?.value ?? 0) - log(40.0 / 640) / 4) < 1e-9)
  }

  @Test("of several runs a bound stays a bound, and one reached at once claims least")
  func merged() throws {
    func rows(_ shifts: [Double]) -> [ResultRow] {
      shifts.enumerated().flatMap { run, shift in
        self.rows(ResultRow.name(of: "random", run: run + 1), seed: 0, shift: shift)
      } + [row("full", 0, 0, 640, 0.5)]
    }
    func labels(_ shifts: [Double]) throws -> LabelsToTarget {
      try #require(
        StudyCurves.all(from: rows(shifts)).first?.labels(of: "random", toReach: 1)[0])
    }
    #expect(try labels([0]) == .reached(40))
    guard case .over(let high) = try labels([0, -0.5]) else { Issue.record("no bound"); return }
    #expect(abs(high - 160) < 1e-9)
    guard case .atMost(let low) = try labels([0.5, -0.5]) else { Issue.record("no bound"); return }
    #expect(abs(low - 80) < 1e-9)
  }
}
