import Base
import Query
import Testing

/// The laws of `QueryStrategy`, over every rule of the catalogue.
@Suite struct QueryLawTests {
  static let rules = QueryConfiguration.choices.compactMap(\.name)
  static let modelRules = rules.filter { name in
    let needs = rule(name).needs
    // These begin without a model.
    return !name.hasPrefix("auto") && name != "phases"
      && !needs.isDisjoint(with: [
        .probabilities, .memberProbabilities, .passes, .views, .losses, .predictedAreas,
      ])
  }

  static func rule(_ name: String) -> any QueryStrategy {
    guard let choice = QueryConfiguration.choices.first(where: { $0.name == name }) else {
      preconditionFailure("no rule \(name)")
    }
    return choice.value.make()
  }

  /// The controls are what a person without a tool would do.
  static func ignoresLimits(_ name: String) -> Bool {
    name.contains("random") && name != "weighted-random"
  }

  @Test(
    "gives the budget in distinct unlabelled items, the same for the same key", arguments: rules)
  func budget(name: String) throws {
    let pool = Pools.full()
    let rule = Self.rule(name)
    for budget in [1, 8, 20] {
      let picks = try rule.query(pool, budget: budget, key: RandomKey(seed: 3))
      #expect(Set(picks.map(\.item)).count == budget)
      #expect(picks.allSatisfy { pool.labelled[$0.item] == nil && $0.utility.isFinite })
      #expect(picks.allSatisfy { !$0.reason.isEmpty })
      #expect(try rule.query(pool, budget: budget, key: RandomKey(seed: 3)) == picks)
    }
  }

  @Test("does not depend on the order of the pool's rows", arguments: rules)
  func permutation(name: String) throws {
    let pool = Pools.full()
    let shuffled = Pools.permuted(pool, RandomKey(seed: 12).permutation(pool.count))
    for seed in 0..<3 {
      let key = RandomKey(seed: UInt64(seed))
      let rule = Self.rule(name)
      #expect(
        try rule.query(pool, budget: 10, key: key) == rule.query(shuffled, budget: 10, key: key))
    }
  }

  @Test("gives everything when the budget reaches the pool, nothing for nothing", arguments: rules)
  func exhaustion(name: String) throws {
    let pool = Pools.full()
    for budget in [51, 52, 1000] {
      let picks = try Self.rule(name).query(pool, budget: budget, key: RandomKey(seed: 1))
      #expect(Set(picks.map(\.item)) == Set(9..<60))
      #expect(pool.isExhausted(by: picks))
    }
    #expect(try Self.rule(name).query(pool, budget: 0, key: RandomKey(seed: 1)).isEmpty)
    #expect(try Self.rule(name).query(pool, budget: -4, key: RandomKey(seed: 1)).isEmpty)
  }

  @Test("gives nearly everything too", arguments: rules)
  func nearExhaustion(name: String) throws {
    let picks = try Self.rule(name).query(Pools.full(), budget: 50, key: RandomKey(seed: 1))
    #expect(Set(picks.map(\.item)).count == 50)
  }

  @Test("needs no second of two equal items before every other is taken", arguments: rules)
  func copies(name: String) throws {
    if Self.ignoresLimits(name) { return }
    let pool = Pools.full(count: 40, labelled: 6, groups: 40)
    // Every item stands there twice.
    let doubled = Pools.doubled(pool)
    let picks = try Self.rule(name).query(doubled, budget: 12, key: RandomKey(seed: 5))
    #expect(Set(picks.map { $0.item % 40 }).count == 12)
    // A copy of a labelled item is not asked for either.
    #expect(picks.allSatisfy { $0.item % 40 >= 6 })
  }

  @Test(
    "takes two items of a group before the others' turn is over, more when it must",
    arguments: rules)
  func groups(name: String) throws {
    if Self.ignoresLimits(name) { return }
    let pool = Pools.full(count: 60, labelled: 9, groups: 6)
    let rule = Self.rule(name)
    let picks = try rule.query(pool, budget: 12, key: RandomKey(seed: 2))
    let taken = Dictionary(grouping: picks) { $0.item % 6 }
    #expect(taken.values.allSatisfy { $0.count == 2 })
    let more = try rule.query(pool, budget: 20, key: RandomKey(seed: 2))
    #expect(Dictionary(grouping: more) { $0.item % 6 }.values.allSatisfy { $0.count <= 4 })
  }

  @Test("refuses a statistic that is absent, by its name", arguments: rules)
  func absence(name: String) throws {
    // Of its rules each speaks for itself.
    if name == "phases" { return }
    let rule = Self.rule(name)
    let bare = PoolStatistics(count: 20, labelled: [0: 0, 1: 1])
    for need in rule.needs.subtracting([.trust]).sorted() {
      let error = #expect(throws: Diagnostic.self) {
        try rule.query(bare, budget: 2, key: RandomKey(seed: 0))
      }
      #expect(error?.what.contains(need.rawValue) == true)
      #expect(error?.what.contains(name) == true)
    }
  }

  @Test("refuses to ask a model that has no labels", arguments: modelRules)
  func noLabels(name: String) throws {
    let error = #expect(throws: Diagnostic.self) {
      try Self.rule(name).query(Pools.full(labelled: 0), budget: 2, key: RandomKey(seed: 0))
    }
    #expect(error?.what.contains("no label yet") == true)
  }

  @Test(
    "covers instead where one class is known, and says so",
    arguments: modelRules + ["auto", "auto-phases"])
  func oneClass(name: String) throws {
    var pool = Pools.full()
    pool.labelled = [0: 1, 1: 1, 2: 1]
    let picks = try Self.rule(name).query(pool, budget: 6, key: RandomKey(seed: 0))
    #expect(picks.count == 6)
    #expect(picks.allSatisfy { $0.reason.contains("one class known") })
  }

  @Test(
    "refuses a number that is not finite, naming the item, or does not read it", arguments: rules)
  func notFinite(name: String) throws {
    let (rule, key) = (Self.rule(name), RandomKey(seed: 0))
    var pool = Pools.full()
    // They would stand in for the head's input.
    pool.descriptors = nil
    let sound = try rule.query(pool, budget: 6, key: key)
    for need in rule.needs where need != .trust {
      for value in [Float.nan, .infinity, -.infinity] {
        // One that is chosen, one that may be, and a labelled one.
        let refusals = [sound[0].item, 33, 3].filter { item in
          let spoilt = Pools.spoilt(pool, need, item: item, by: value)
          let outcome = Result { try rule.query(spoilt, budget: 6, key: key) }
          switch outcome {
          case .success(let picks):
            #expect(picks == sound, "\(need) of item \(item)")
            return false
          case .failure(let error):
            #expect((error as? Diagnostic)?.what.contains("item \(item) ") == true, "\(error)")
            return true
          }
        }
        // Rules made of rules read what the one in force reads.
        #expect(!refusals.isEmpty || name.contains("phases"), "\(need)")
      }
    }
  }
}
