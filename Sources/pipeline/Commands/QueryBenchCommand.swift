import ArgumentParser
import Base
import Foundation
import Query

/// `pipeline bench cluster`: reads lines `seeds` or `lloyd`, answers each with its seconds.
///
/// The answer is a JSON list: seconds on the clock and on a processor, and what came out: the first
/// seed, or the sum of squared distances.
struct ClusterBenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cluster", abstract: "Time k-means++ and k-means on request.")

  @Option(help: "Points [N, D], a .npy file.")
  var points: String

  @Option(help: "The rows of the first centres, a .npy file.")
  var start: String

  @Option(help: "Iterations of k-means.")
  var iterations: Int

  func run() throws {
    let clustering = try Clustering(Matrix(ArrayFile(URL(fileURLWithPath: points))))
    let start = try ArrayFile(URL(fileURLWithPath: start)).ints()
    while let line = readLine() {
      var outcome = 0.0
      let times = BenchClock.seconds {
        outcome =
          line == "seeds"
          ? Double(clustering.seeds(start.count, key: RandomKey(seed: 0))[0])
          : clustering.inertia(from: start, iterations: iterations)
      }
      try BenchClock.answer(times + [outcome])
    }
  }
}

/// `pipeline bench coverage`: what coverage chooses when it looks at a sample, as a JSON list.
struct CoverageBenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "coverage", abstract: "Choose by coverage of a sample, as JSON.")

  @Option(help: "The folder of statistics.")
  var statistics: String

  @Option(help: "max-herding or probcover.")
  var rule: String

  @Option(help: "The radius of probcover.")
  var radius: Double?

  @Option(help: "How many items to choose.")
  var budget: Int

  @Option(help: "Items that stand for the pool.")
  var references: Int

  @Option(help: "Items that may be chosen.")
  var candidates: Int

  @Option(help: "Where all random draws derive from.")
  var seed: UInt64 = 0

  func run() throws {
    var sample = CoverageSample()
    (sample.references, sample.candidates) = (references, candidates)
    let picks = try strategy(sample).query(
      PoolStatistics(directory: URL(fileURLWithPath: statistics)), budget: budget,
      key: RandomKey(seed: seed))
    print(String(decoding: try JSONEncoder().encode(picks.map(\.item)), as: UTF8.self))
  }

  private func strategy(_ sample: CoverageSample) -> any QueryStrategy {
    if rule == "probcover" {
      var rule = ProbCover(radius: radius)
      rule.sample = sample
      return rule
    }
    var rule = MaxHerding()
    rule.sample = sample
    return rule
  }
}
