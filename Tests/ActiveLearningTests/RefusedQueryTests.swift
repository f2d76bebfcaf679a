import ActiveLearning
import Base
import Models
import Pool
import Query
import Testing
import Torch

/// Rules that do not fit the pool, the network or the rounds are refused before any work starts.
@Suite struct RefusedQueryTests {
  private func refusal(
    _ mode: PoolMode, _ change: (inout ActiveLearningConfiguration) throws -> Void
  ) throws -> Diagnostic? {
    var settings = ActiveLearningConfiguration()
    try change(&settings)
    return #expect(throws: Diagnostic.self) {
      try settings.check(mode, hasWeights: true, device: .cpu)
    }
  }

  private static func rule(_ name: String) throws -> QueryConfiguration {
    try #require(QueryConfiguration.choices.first { $0.name == name }).value
  }

  @Test(
    "a rule of the other kind of pool",
    arguments: [
      ("batch-bald", PoolMode.segmentation), ("drop-query", .segmentation),
      ("rare-class", .segmentation), ("dcom", .segmentation), ("learning-loss", .segmentation),
      ("random-balanced", .segmentation), ("random-fg66", .classification),
      ("random-predfg66", .classification),
    ])
  func otherKind(name: String, mode: PoolMode) throws {
    let error = try refusal(mode) { $0.query = try Self.rule(name) }
    #expect(error?.what.contains("not for \(mode)") == true)
    #expect(error?.place == "query")
    #expect(try refusal(mode) { $0.firstQuery = try Self.rule(name) }?.place == "firstQuery")
  }

  @Test(
    "what is said to be chosen instead passes in that kind of pool",
    arguments: QueryConfiguration.names)
  func instead(name: String) throws {
    let rule = try Self.rule(name)
    for (mode, task) in [
      (PoolMode.classification, QueryTask.classification), (.segmentation, .segmentation),
    ] where !rule.make().tasks.contains(task) {
      let remedy = try #require(try refusal(mode) { $0.query = rule }?.remedy)
      let words = remedy.split { $0 == " " || $0 == "," }.map(String.init)
      let named = QueryConfiguration.names.filter(words.contains)
      #expect(named.count >= 2)
      for other in named {
        var settings = ActiveLearningConfiguration()
        settings.query = try Self.rule(other)
        try settings.check(mode, hasWeights: true, device: .cpu)
      }
    }
  }

  @Test("dropout scores on a network without dropout", arguments: QueryConfiguration.names)
  func dropout(name: String) throws {
    let rule = try Self.rule(name)
    guard rule.make().needs.contains(.passes), rule.dropout == nil else { return }
    for mode in [PoolMode.classification, .segmentation] {
      for first in [false, true] {
        let error = try refusal(mode) {
          if first { $0.firstQuery = rule } else { $0.query = rule }
          $0.model.dropout = 0
        }
        #expect(error?.what.contains("the network has none") == true)
        #expect(error?.place == (first ? "firstQuery" : "query"))
        #expect(error?.remedy?.contains("model.dropout") == true)
        #expect(error?.remedy?.contains("committee-kl") == true)
      }
    }
  }

  @Test("dropout scores in parts and phases too; what brings its own dropout is none of them")
  func hiddenDropout() throws {
    let score = QuerySettings.Parts(score: .bald(.init()), select: .clue)
    let phases = QuerySettings.Phases.Phase(.parts(score))
    var plan = QuerySettings.Phases()
    plan.plan = [.init(.maxHerding(.init()), until: .init(labels: 10)), phases]
    for rule in [QueryConfiguration.parts(score), .phases(plan)] {
      let error = try refusal(.classification) { ($0.query, $0.model.dropout) = (rule, 0) }
      #expect(error?.what.contains("the network has none") == true)
    }
    var settings = ActiveLearningConfiguration()
    (settings.query, settings.model.dropout) = (try Self.rule("drop-query"), 0)
    try settings.check(.classification, hasWeights: true, device: .cpu)
  }

  @Test("batch-bald with batches that it cannot weigh")
  func batches() throws {
    let error = try refusal(.classification) {
      $0.query = try Self.rule("batch-bald")
      $0.rounds.budgets = [10, 510]
    }
    #expect(error?.what.contains("at most 100 items, and a round asks for 500") == true)
  }

  @Test("every rule passes in the kind of pool that it is for", arguments: QueryConfiguration.names)
  func fitting(name: String) throws {
    let rule = try Self.rule(name)
    for (mode, task) in [
      (PoolMode.classification, QueryTask.classification), (.segmentation, .segmentation),
    ] where rule.make().tasks.contains(task) {
      var settings = ActiveLearningConfiguration()
      settings.query = rule
      try settings.check(mode, hasWeights: true, device: .cpu)
    }
  }
}
