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
    ]
    for (name, parts) in aliases {
      let (first, second) = (try Self.read(name).make(), try Self.read(parts).make())
      #expect(first.needs == second.needs)
      #expect(
        try first.query(pool, budget: 9, key: key).map(\.item)
          == second.query(pool, budget: 9, key: key).map(\.item))
    }
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
