import Base
import Query
import Testing

@Suite struct QueryConfigurationTests {
  struct Holder: Codable, Equatable { var query = QueryConfiguration.auto(.init()) }

  static func read(_ text: String) throws -> QueryConfiguration {
    try StrictYAML.decode(Holder.self, from: "query: " + text, file: "f", over: Holder()).query
  }

  @Test("every name reads, writes itself and makes its rule", arguments: QueryLawTests.rules)
  func names(name: String) throws {
    let choice = try Self.read(name)
    let text = try StrictYAML.encode(Holder(query: choice))
    #expect(text.contains(name))
    #expect(try StrictYAML.decode(Holder.self, from: text, file: "f") == Holder(query: choice))
    #expect(choice.make().needs == QueryLawTests.rule(name).needs)
  }

  @Test("reads names with settings, and parts")
  func settings() throws {
    var committee = QuerySettings.Committee()
    committee.candidates = 16
    #expect(try Self.read("{hybrid: {candidates: 16, members: 4}}") == .hybrid(committee))
    let text = "{score: {committee: {members: 4}}, select: {least-similar: {candidates: 16}}}"
    let parts = try Self.read(text)
    #expect(
      parts
        == .parts(
          .init(
            score: .committee(.init()), aggregate: .mean,
            select: .leastSimilar(.init(candidates: 16)))))
    #expect(parts.members == 4)
    #expect(try Self.read("{margin: {select: {power: {beta: 3}}}}").make() is Margin)
  }

  @Test("a name is an alias of its parts")
  func aliases() throws {
    let pool = Pools.full()
    let key = RandomKey(seed: 3)
    let aliases = [
      ("hybrid", "{score: committee, select: least-similar}"),
      ("max-cover", "{score: committee, select: max-cover}"),
      ("margin", "{score: margin, select: top}"),
      ("uherding", "{score: margin, select: herding}"),
      ("weighted-random", "{score: margin, select: power}"),
      ("info-density", "{score: entropy, select: density}"),
      ("cluster-then-uncertain", "{score: margin, select: clusters}"),
      ("clue", "{score: entropy, select: clue}"),
      ("ranked-batch", "{score: least-confidence, select: ranked-batch}"),
      ("egl", "{score: egl}"),
    ]
    for (name, parts) in aliases {
      let (first, second) = (try Self.read(name).make(), try Self.read(parts).make())
      #expect(first.needs == second.needs)
      #expect(
        try first.query(pool, budget: 9, key: key).map(\.item)
          == second.query(pool, budget: 9, key: key).map(\.item))
    }
  }

  @Test("each part of a name may be replaced")
  func replacedParts() throws {
    let rule = try Self.read("{clue: {score: {mc-variance: {passes: 6}}}}")
    #expect(rule.passes == 6)
    #expect(rule.make().needs == [.passes, .currentEmbeddings])
    #expect(try Self.read("{drop-query: {passes: 5}}").passes == 5)
    #expect(try Self.read("drop-query").dropout == 0.75)
    #expect(try Self.read("{bald: {passes: 5}}").dropout == nil)
    #expect(try Self.read("learning-loss").members == 8)
  }

  @Test("every method has a card, every choice a summary")
  func cards() {
    for choice in QueryConfiguration.choices where choice.name != nil {
      #expect(choice.card != nil, "\(choice.name ?? "")")
    }
    #expect(ScoreConfiguration.choices.allSatisfy { $0.card != nil })
    #expect(SelectionConfiguration.choices.allSatisfy { $0.summary != nil })
    #expect(Set(QueryLawTests.rules).count == QueryLawTests.rules.count)
  }

  @Test("says what is for classification or for segmentation alone")
  func tasks() throws {
    for (rule, tasks) in [
      ("batch-bald", [QueryTask.classification]), ("learning-loss", [.classification]),
      ("random-fg33", [.segmentation]), ("dcom", [.classification]),
      ("entropy", [.classification, .segmentation]),
    ] {
      #expect(try Self.read(rule).make().tasks == Set(tasks))
    }
    #expect(try Self.read("egl").make().needsInSegmentation == [.probabilities, .descriptors])
    #expect(try Self.read("mc-variance").make().needsInSegmentation == [.uncertainty])
    #expect(try Self.read("clue").make().needsInSegmentation == [.uncertainty, .descriptors])
  }

  @Test(
    "refuses unknown names and settings out of range",
    arguments: [
      "hybird", "{hybrid: {candidate: 4}}", "{hybrid: {members: 1}}", "{auto: {bandwidth: 0}}",
      "{margin: {select: {power: {beta: -1}}}}", "{auto: {trust: {score: 2}}}",
    ])
  func faults(text: String) {
    #expect(throws: (any Error).self) { try Self.read(text) }
  }

  @Test("says what has to be run before it")
  func inference() throws {
    #expect(try Self.read("hybrid").members == 4)
    #expect(try Self.read("margin").members == 1)
    #expect(try Self.read("{bald: {passes: 7}}").passes == 7)
    #expect(try Self.read("aift").views == 8)
    #expect(try Self.read("auto").aggregate == .foreground)
    #expect(try Self.read("hybrid").aggregate == .mean)
    #expect(try Self.read("hybrid").make().needsInSegmentation == [.uncertainty, .descriptors])
    #expect(try Self.read("random").score == nil)
  }
}
