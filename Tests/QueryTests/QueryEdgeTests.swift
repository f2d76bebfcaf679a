import Base
import Query
import Testing

/// Every rule of the catalogue on pools at the edge of what there can be.
@Suite struct QueryEdgeTests {
  private static let features: [PoolStatistic] = [.embeddings, .currentEmbeddings, .descriptors]
  private static let vectors: [PoolStatistic] = [
    .probabilities, .previousProbabilities, .memberProbabilities, .passes, .views,
    .predictedAreas, .truthAreas,
  ]

  /// Every name, every score by its ranking, and every way to make a batch of margins.
  static let rules: [(name: String, rule: any QueryStrategy)] =
    QueryLawTests.rules.map { ($0, QueryLawTests.rule($0)) }
    + ScoreConfiguration.choices.map {
      ("score \($0.name ?? "")", QueryConfiguration.parts(.init(score: $0.value)).make())
    }
    + SelectionConfiguration.choices.map {
      ("select \($0.name ?? "")", QueryConfiguration.parts(.init(select: $0.value)).make())
    }

  /// Pools of which something is degenerate, by what that is.
  static let pools: [(edge: String, pool: PoolStatistics)] = {
    let pool = Pools.full()
    func changed(_ names: [PoolStatistic], _ change: (Int, [Float]) -> [Float]) -> PoolStatistics {
      Pools.changed(pool, names, change)
    }
    func labelled(_ labels: [Int: Int]) -> PoolStatistics {
      var other = pool
      other.labelled = labels
      return other
    }
    return [
      ("everything equal", Pools.constant(count: 30)),
      ("features equal", changed(features) { $1.map { _ in 2 } }),
      ("features zero", changed(features) { $1.map { _ in 0 } }),
      ("an item without features", changed(features) { $0 == 33 ? $1.map { _ in 0 } : $1 }),
      ("one feature", changed(features) { [$1[0]] }),
      ("predictions equal", changed(vectors) { _, _ in [0.5, 0.3, 0.2] }),
      ("predictions even", changed(vectors) { $1.map { _ in 1 / 3 } }),
      ("predictions certain", changed(vectors) { row, _ in (0..<3).map { $0 == row % 3 ? 1 : 0 } }),
      ("a class that is never predicted", changed(vectors) { _, p in [p[0] + p[1], 0, p[2]] }),
      ("masks for labels", labelled(pool.labelled.mapValues { _ in -1 })),
      ("a label of a class that the model does not know", labelled([0: 0, 1: 1, 2: 7])),
      ("one label", labelled([4: 1])),
      ("one group", Pools.full(groups: 1)),
      ("every item twice", Pools.doubled(Pools.full(count: 30, labelled: 6))),
      ("two items", Pools.permuted(labelled([0: 0, 1: 1]), [0, 1, 30, 31])),
      ("three items of one class", Pools.permuted(labelled([0: 0]), [0, 3, 6, 9])),
    ]
  }()

  @Test(
    "gives the budget, the same for the same key and any order of the rows",
    arguments: rules.indices)
  func edges(number: Int) throws {
    let ((name, rule), key) = (Self.rules[number], RandomKey(seed: 4))
    for (edge, pool) in Self.pools {
      let edge = "\(name): \(edge)"
      let budget = min(7, pool.unlabelledCount - 1)
      let picks = try rule.query(pool, budget: budget, key: key)
      #expect(Set(picks.map(\.item)).count == budget, "\(edge)")
      #expect(picks.allSatisfy { pool.labelled[$0.item] == nil }, "\(edge)")
      #expect(picks.allSatisfy { $0.utility.isFinite && !$0.reason.isEmpty }, "\(edge)")
      #expect(
        picks.allSatisfy { $0.probability.map { $0 > 0 && $0 <= 1 } ?? true }, "\(edge)")
      #expect(try rule.query(pool, budget: budget, key: key) == picks, "\(edge)")
      let other = Pools.permuted(pool, RandomKey(seed: 8).permutation(pool.count))
      #expect(try rule.query(other, budget: budget, key: key) == picks, "\(edge)")
    }
  }

  @Test("gives the one item that is left, and more of none", arguments: QueryLawTests.rules)
  func single(name: String) throws {
    let pool = Pools.permuted(Pools.full(), Array(0..<9) + [40])
    for budget in [1, 2, 100] {
      let picks = try QueryLawTests.rule(name).query(pool, budget: budget, key: RandomKey(seed: 0))
      #expect(picks.map(\.item) == [40])
    }
  }

  @Test(
    "gives nothing of a pool that is labelled throughout, or empty", arguments: QueryLawTests.rules)
  func nothing(name: String) throws {
    var labelled = Pools.full()
    for item in 0..<60 { labelled.labelled[item] = item % 3 }
    for pool in [labelled, Pools.permuted(Pools.full(labelled: 0), [])] {
      let picks = try QueryLawTests.rule(name).query(pool, budget: 5, key: RandomKey(seed: 0))
      #expect(picks.isEmpty)
      #expect(pool.isExhausted(by: picks))
    }
  }

  @Test(
    "a head of one class has nothing to say, so that coverage chooses",
    arguments: QueryLawTests.modelRules + ["auto", "auto-phases"])
  func oneClass(name: String) throws {
    let pool = Pools.changed(Pools.full(), Self.vectors) { _, _ in [1] }
    let picks = try QueryLawTests.rule(name).query(pool, budget: 6, key: RandomKey(seed: 0))
    #expect(picks.count == 6)
    #expect(picks.allSatisfy { $0.reason.contains("one class known") })
  }

  @Test(
    "scores that tell no item from another leave the choice to coverage, and say so",
    arguments: ScoreConfiguration.choices.map(\.value.score).filter { $0.map != nil })
  func equalScores(score: Score) throws {
    let pool = Pools.changed(Pools.full(), Self.vectors) { _, _ in [0.5, 0.3, 0.2] }
    let key = RandomKey(seed: 2)
    let picks = try ScoredSampling(score).query(pool, budget: 6, key: key)
    #expect(picks.allSatisfy { $0.reason.contains("every item has the same \(score.name)") })
    #expect(
      picks.map(\.item) == (try MaxHerding().query(pool, budget: 6, key: key)).map(\.item))
  }
}
