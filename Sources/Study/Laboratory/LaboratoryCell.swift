package import Base
import Evaluation
import Foundation
import Query
import Training

/// One run of the laboratory: an arm on a seed's pool, or one of its runs of random selection.
package struct LaboratoryCell: Sendable {
  /// The arm as in the results: `random#2` for the second run of random selection.
  package let name: String
  /// What is asked; nil for the reference with all labels.
  let query: QueryConfiguration?
  /// Which run of random selection, from 1; 1 for every other arm.
  let run: Int

  /// The cells of a data set and a seed.
  package static func all(_ configuration: LaboratoryConfiguration) -> [LaboratoryCell] {
    let full = LaboratoryCell(name: ResultRow.fullArm, query: nil, run: 1)
    return [full]
      + configuration.arms.flatMap { arm in
        let runs = arm.name == ResultRow.randomArm ? configuration.randomRuns : 1
        return (1...runs).map { run in
          LaboratoryCell(name: ResultRow.name(of: arm.name, run: run), query: arm.query, run: run)
        }
      }
  }

  /// Where the cell's results stand in the study's folder.
  func file(in study: URL, dataset: String, seed: Int) -> URL {
    study.appendingPathComponent("cells/\(dataset)/\(name)/seed-\(seed).csv")
  }

  /// Runs the rounds.
  ///
  /// Every draw derives from the seed's key, the run and the round, so arms of a seed that ask the
  /// same at first begin with the same labels.
  ///
  /// - Parameters:
  ///   - pool: the seed's.
  ///   - settings: budgets, head, limits.
  ///   - key: the seed's.
  /// - Returns: labels, scores and seconds of each round.
  /// - Throws: what the rule throws.
  package func rounds(
    _ pool: FrozenPool, _ settings: LaboratoryConfiguration, key: RandomKey
  ) throws -> [Round] {
    guard let query else { return [try measured(pool, settings, Array(0..<pool.count)).round] }
    var rounds: [Round] = []
    var labelled: [Int] = []
    var head: LogisticHead?
    for (number, total) in settings.totals(pool: pool.count).enumerated() {
      let start = ContinuousClock.now
      labelled += try picks(
        query, pool, settings, labelled, head, budget: total - labelled.count,
        key: key.folding("run").folding(run).folding("round").folding(number))
      var (fitted, round) = try measured(pool, settings, labelled, from: head)
      round.seconds = (ContinuousClock.now - start) / .seconds(1)
      head = fitted
      rounds.append(round)
    }
    return rounds
  }

  /// What was measured after a round.
  package struct Round: Sendable {
    package let labels: Int
    package let scores: [(metric: String, value: Double)]
    package var seconds = 0.0
  }

  /// The rows that the rule asks for.
  private func picks(
    _ query: QueryConfiguration, _ pool: FrozenPool, _ settings: LaboratoryConfiguration,
    _ labelled: [Int], _ head: LogisticHead?, budget: Int, key: RandomKey
  ) throws -> [Int] {
    var counts = [Int](repeating: 0, count: pool.classes)
    for row in labelled { counts[pool.labels[row]] += 1 }
    var rule = query.inForce(byClass: counts, total: labelled.count)
    if labelled.isEmpty, rule.startsWithModel { rule = settings.firstQuery }
    let strategy = rule.make()
    let statistics = FrozenStatistics(pool: pool, settings: settings, key: key).build(
      strategy.needs, for: rule, labelled: labelled, head: head)
    return try strategy.query(statistics, budget: budget, key: key.folding("query")).map(\.item)
  }

  /// Fits the head, from the one before where there is one, and measures it on the test side.
  private func measured(
    _ pool: FrozenPool, _ settings: LaboratoryConfiguration, _ labelled: [Int],
    from start: LogisticHead? = nil
  ) throws -> (head: LogisticHead, round: Round) {
    let head = pool.head(labelled.sorted(), settings.head, from: start)
    let metrics = ClassificationMetrics(
      truth: pool.testLabels,
      probabilities: ClassProbabilities(
        head.probabilities(pool.testFeatures), classes: pool.classes))
    return (head, Round(labels: labelled.count, scores: metrics.named))
  }
}

extension LaboratoryConfiguration {
  /// The labels at the ends of the rounds on a pool of `count` items: the budgets below it, and the
  /// whole pool where the budgets reach beyond.
  func totals(pool count: Int) -> [Int] {
    let inside = budgets.filter { $0 < count }
    return inside.count < budgets.count ? inside + [count] : inside
  }
}
