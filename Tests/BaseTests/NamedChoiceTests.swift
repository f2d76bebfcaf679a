import Base
import Foundation
import Testing

@Suite struct NamedChoiceTests {
  @Test(
    "reads names, settings in part, aliases and parts",
    arguments: [
      ("random", Rule.random),
      ("{random: {}}", .random),
      ("hybrid", .hybrid(.init())),
      ("{hybrid: }", .hybrid(.init())),
      ("{hybrid: {members: 2}}", .hybrid(.init(candidates: 16, members: 2))),
      ("margin", .parts(.init(score: "margin", exponent: 1))),
      ("{exponent: 2}", .parts(.init(score: "entropy", exponent: 2))),
      ("{score: bald, exponent: 2}", .parts(.init(score: "bald", exponent: 2))),
    ])
  func reads(text: String, rule: Rule) throws {
    #expect(try decode("query: " + text).query == rule)
  }

  @Test("keeps the default's settings where the name is the same, else takes the name's own")
  func merging() throws {
    var defaults = Stage()
    defaults.query = .hybrid(.init(candidates: 99, members: 9))
    #expect(try decode("query: hybrid", over: defaults).query == defaults.query)
    #expect(
      try decode("query: {hybrid: {members: 2}}", over: defaults).query
        == .hybrid(.init(candidates: 99, members: 2)))
    #expect(try decode("query: random", over: defaults).query == .random)
    #expect(
      try decode("query: {score: bald}", over: defaults).query == .parts(.init(score: "bald")))
    defaults.query = .random
    #expect(
      try decode("query: {hybrid: {members: 2}}", over: defaults).query
        == .hybrid(.init(candidates: 16, members: 2)))
  }

  @Test("an override may change the settings or the name that the file gives")
  func overrides() throws {
    let file = "query: {hybrid: {candidates: 5}}"
    #expect(
      try decode(file, sets: ["query.hybrid.members=2"]).query
        == .hybrid(.init(candidates: 5, members: 2)))
    #expect(try decode(file, sets: ["query=margin"]).query == .parts(.init(score: "margin")))
    #expect(
      try decode("query: random", sets: ["query.hybrid.members=2"]).query
        == .hybrid(.init(candidates: 16, members: 2)))
  }

  @Test(
    "says what is wrong with a choice",
    arguments: [
      (
        "hybird",
        "unknown name 'hybird' of 'query'. Did you mean 'hybrid'? Known: random, hybrid, margin;"
          + " or its parts: score, exponent"
      ),
      (
        "{hybird: {members: 3}}",
        "unknown name 'hybird' of 'query'. Did you mean 'hybrid'? Known: random, hybrid, margin;"
          + " or its parts: score, exponent"
      ),
      (
        "[a]",
        "'query' must be one name, alone or with settings, not a list."
          + " Known: random, hybrid, margin"
      ),
      ("{random: {x: 1}}", "'query.random' takes no settings"),
      ("{random: 3}", "'query.random' takes no settings"),
      ("{hybrid: 3}", "'query.hybrid' must be a mapping, not '3'"),
      (
        "{hybrid: {member: 3}}",
        "unknown key 'query.hybrid.member'. Did you mean 'members'? Known keys here: candidates, members"
      ),
      ("{hybrid: {members: 0}}", "query.hybrid.members must be at least 1, not 0"),
      ("{hybrid: {members: x}}", "'query.hybrid.members' must be a whole number, not 'x'"),
      (
        "{score: a, sore: b}",
        "unknown key 'query.sore'. Did you mean 'score'? Known keys here: score, exponent"
      ),
    ])
  func faulty(text: String, message: String) {
    #expect(faults("query: " + text) == ["stage.yaml, line 1: " + message])
  }

  @Test("every name comes back from what it writes", arguments: Rule.choices.map(\.value))
  func roundTrip(rule: Rule) throws {
    let text = try StrictYAML.encode(rule)
    #expect(try StrictYAML.decode(Rule.self, from: text, file: "rule.yaml") == rule)
    let json = try JSONEncoder().encode([rule])
    #expect(try JSONDecoder().decode([Rule].self, from: json) == [rule])
  }

  @Test("other coders read a bare name as well")
  func json() throws {
    let rules = try JSONDecoder().decode([Rule].self, from: Data(#"["hybrid", "margin"]"#.utf8))
    #expect(rules == [.hybrid(.init()), .parts(.init(score: "margin"))])
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([Rule].self, from: Data(#"["nothing"]"#.utf8))
    }
  }
}
