import Base
import Query
import Testing

@Suite struct PhasesTests {
  private let key = RandomKey(seed: 7)

  private func plan(
    _ phases: [(QueryConfiguration, Phases.End)]
  ) -> QueryConfiguration {
    var settings = QuerySettings.Phases()
    settings.plan = phases.map { .init($0.0, until: $0.1) }
    return .phases(settings)
  }

  @Test("asks the first rule until the labels suffice, then the next")
  func inForce() throws {
    let rule = plan([
      (.maxHerding(.init()), .init(labels: 10)), (.margin(.init()), .init(labels: 14)),
      (.entropy(.init()), .init()),
    ]).make()
    let rules: [(Int, any QueryStrategy)] = [
      (0, MaxHerding()), (9, MaxHerding()), (10, Margin()), (13, Margin()), (14, Entropy()),
      (30, Entropy()),
    ]
    for (labelled, expected) in rules {
      let pool = Pools.full(labelled: labelled)
      #expect(
        try rule.query(pool, budget: 5, key: key) == expected.query(pool, budget: 5, key: key),
        "\(labelled)")
    }
  }

  @Test("a phase ends with what comes first: every class seen, or so many labels a class")
  func ends() {
    let query = plan([
      (.maxHerding(.init()), .init(each: 1, perClass: 10)), (.margin(.init()), .init()),
    ])
    func rule(_ counts: [Int]) -> QueryConfiguration {
      query.inForce(byClass: counts, total: counts.reduce(0, +))
    }
    #expect(rule([0, 0, 0]) == .maxHerding(.init()))
    #expect(rule([10, 19, 0]) == .maxHerding(.init()))
    #expect(rule([10, 20, 0]) == .margin(.init()))
    #expect(rule([1, 1, 1]) == .margin(.init()))
    // Masks are of no class.
    #expect(query.inForce(byClass: [], total: 50) == .maxHerding(.init()))
  }

  @Test("any other rule is in force itself, phases within phases too")
  func nested() {
    let inner = plan([(.kMeans, .init(labels: 20)), (.badge, .init())])
    let outer = plan([(.maxHerding(.init()), .init(labels: 10)), (inner, .init())])
    #expect(outer.inForce(byClass: [5, 4], total: 9) == .maxHerding(.init()))
    #expect(outer.inForce(byClass: [5, 6], total: 11) == .kMeans)
    #expect(outer.inForce(byClass: [15, 6], total: 21) == .badge)
    #expect(QueryConfiguration.random.inForce(byClass: [1], total: 1) == .random)
    #expect(!outer.startsWithModel)
    #expect(plan([(.badge, .init(labels: 3)), (.random, .init())]).startsWithModel)
  }

  @Test("an end that counts classes needs to know them")
  func refusal() throws {
    let rule = plan([(.maxHerding(.init()), .init(each: 1)), (.kMeans, .init())]).make()
    #expect(rule.needs.contains(.probabilities))
    var pool = Pools.full(labelled: 6)
    (pool.probabilities, pool.logits) = (nil, nil)
    let error = #expect(throws: Diagnostic.self) {
      try rule.query(pool, budget: 3, key: RandomKey(seed: 1))
    }
    #expect(error?.what.contains("probabilities") ?? false)
  }

  @Test("a plan without ends, with a bounded last phase, or of one rule is a fault")
  func faults() {
    func faults(_ phases: [QuerySettings.Phases.Phase]) -> Int {
      var settings = QuerySettings.Phases()
      settings.plan = phases
      return settings.faults().count
    }
    #expect(QuerySettings.Phases().faults().isEmpty)
    #expect(faults([.init(.kMeans, until: .init(labels: 3))]) == 2)
    #expect(faults([.init(.kMeans), .init(.badge)]) == 1)
    #expect(faults([.init(.kMeans, until: .init(labels: 0)), .init(.badge)]) == 1)
    #expect(
      faults([.init(.kMeans, until: .init(labels: 3)), .init(.badge, until: .init(each: 1))]) == 1)
  }
}
