import Base
import Models
import Pool
import Query

extension ActiveLearningConfiguration {
  /// Refuses rules that do not fit the pool, the network or the rounds.
  func checkQueries(_ mode: PoolMode) throws {
    try check(query, at: "query", mode)
    try check(firstQuery, at: "firstQuery", mode)
  }

  private func check(_ rule: QueryConfiguration, at place: String, _ mode: PoolMode) throws {
    let strategy = rule.make()
    // The classes of an image are to a rule what its pixels are.
    let task: QueryTask = mode == .classification ? .classification : .segmentation
    if !strategy.tasks.contains(task) {
      throw Diagnostic(
        "this rule is not for \(mode.rawValue)", at: place,
        fix: task == .segmentation
          ? "choose auto, hybrid, or entropy with aggregate: top"
          : "choose auto, margin or typiclust",
        exit: .usage)
    }
    if rule.passes > 0, rule.dropout == nil, model.dropout == 0 {
      throw Diagnostic(
        "the rule compares passes with dropout, and the network has none", at: place,
        fix: "set model.dropout above 0, or choose a committee: committee-kl in the place of bald",
        exit: .usage)
    }
    if let most = strategy.largestBatch, rounds.largestBatch > most {
      throw Diagnostic(
        "the rule weighs batches of at most \(most) items, and a round asks for "
          + "\(rounds.largestBatch)", at: place,
        fix: "plan smaller rounds, or choose bald with select: power, which is about as good",
        exit: .usage)
    }
  }
}
