import ArgumentParser
import Base
import Foundation
import Query

/// `pipeline query`: a choice over statistics on disk, without any network.
struct QueryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "query",
    abstract: "Choose which items to label next, from statistics on disk.",
    discussion: """
      An item is its row. The folder holds, as far as the rule needs them:
        embeddings.npy [N,D]              features of the pretrained trunk
        embeddings_current.npy [N,H]      the current head's input
        descriptors.npy [N,D]             image descriptors (segmentation)
        probabilities.npy [N,C]           class probabilities; or logits.npy [N,C]
        previous_probabilities.npy [N,C]  of an earlier model, or of a teacher
        member_probabilities.npy [M,N,C]  of a committee
        passes.npy [T,N,C]                of dropout passes
        views.npy [N,V,C]                 of views of each item
        uncertainty.npy [N]               aggregated from pixels (segmentation)
        predicted_areas.npy [N,C]         predicted shares of an image (segmentation)
        losses.npy [N]                    out-of-bag losses of labelled items, else negative
        trust.json                        {"score": …, "low": …, "high": …} out of fold
        labelled.csv                      item,label
        groups.csv                        item,group
        strata.csv                        item,stratum

      Examples:
        pipeline query --statistics rounds/03/statistics --strategy hybrid --budget 8
        pipeline query --statistics S --strategy '{hybrid: {candidates: 16}}' --budget 8 --json
      """)

  @Option(help: ArgumentHelp("The folder of statistics.", valueName: "dir"))
  var statistics: String

  @Option(
    help: ArgumentHelp(
      "The rule: a name, a name with settings, or parts, as in a configuration.",
      valueName: "rule"))
  var strategy: String

  @Option(help: "How many items to choose.")
  var budget: Int

  @Option(help: "Where all random draws derive from.")
  var seed: UInt64 = 0

  @Option(help: "Most items of one group in the batch; 0 for no limit.")
  var perGroup: Int?

  @Flag(help: "Print JSON.")
  var json = false

  @Flag(help: "With --json, the rule's seconds, on the clock and of all threads on a processor.")
  var timing = false

  func run() throws {
    let rule = try rule()
    var pool = try PoolStatistics(directory: URL(fileURLWithPath: statistics))
    if let perGroup { pool.limits.perGroup = perGroup > 0 ? perGroup : nil }
    if budget < 0 {
      throw Diagnostic("the budget must not be negative", at: "--budget", exit: .usage)
    }
    var picks: [Pick] = []
    let times = try BenchClock.seconds {
      picks = try rule.query(pool, budget: budget, key: RandomKey(seed: seed))
    }
    let answer = Answer(
      picks: picks, exhausted: pool.isExhausted(by: picks), seconds: timing ? times[0] : nil,
      processorSeconds: timing ? times[1] : nil)
    print(json ? try encoded(answer) : answer.table)
  }

  private func rule() throws -> any QueryStrategy {
    let choice = try StrictYAML.decode(
      Choice.self, from: "strategy: \(strategy)", file: "--strategy", over: Choice())
    return choice.strategy.make()
  }

  private struct Choice: Codable {
    var strategy = QueryConfiguration.random
  }

  private struct Answer: Encodable {
    let picks: [Pick]
    let exhausted: Bool
    let seconds: Double?
    let processorSeconds: Double?

    var table: String {
      let lines = picks.map { pick in
        let item = String(pick.item).padding(toLength: 9, withPad: " ", startingAt: 0)
        let utility = String(format: "%-12.5g", pick.utility)
        return "\(item) \(utility) \(pick.reason)"
      }
      let end = exhausted ? ["nothing is left to ask for"] : []
      return (["item      utility      why"] + lines + end).joined(separator: "\n")
    }
  }
}
