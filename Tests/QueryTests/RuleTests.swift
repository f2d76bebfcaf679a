import Base
import Foundation
import Query
import Testing

/// Rules whose answer depends on chance, or on more than a reference pool holds.
@Suite struct RuleTests {
  @Test("strata get whole shares by largest remainder")
  func strata() throws {
    var pool = PoolStatistics(count: 100)
    // Of 60, 30 and 10 items; ten picks are 6, 3 and 1, seven are 4, 2 and 1 by remainders.
    pool.strata = (0..<100).map { $0 < 60 ? 5 : $0 < 90 ? 9 : 7 }
    for (budget, shares) in [(10, [6, 3, 1]), (7, [4, 2, 1])] {
      let picks = try StratifiedRandom().query(pool, budget: budget, key: RandomKey(seed: 1))
      let counts = [picks.count { $0.item < 60 }, picks.count { 60..<90 ~= $0.item }]
      #expect(counts + [budget - counts[0] - counts[1]] == shares)
    }
    let picks = try StratifiedRandom().query(pool, budget: 10, key: RandomKey(seed: 1))
    #expect(abs((picks[0].probability ?? 0) - 1 / 60.0) < 1e-12)
  }

  @Test("without strata the groups are strata, without groups the draw is plain")
  func strataAbsent() throws {
    var pool = PoolStatistics(count: 40, groups: (0..<40).map { $0 / 10 })
    let picks = try StratifiedRandom().query(pool, budget: 8, key: RandomKey(seed: 1))
    #expect(Dictionary(grouping: picks) { $0.item / 10 }.values.allSatisfy { $0.count == 2 })
    pool.groups = nil
    let plain = try RandomSampling().query(pool, budget: 8, key: RandomKey(seed: 1))
    #expect(try StratifiedRandom().query(pool, budget: 8, key: RandomKey(seed: 1)) == plain)
  }

  @Test("k-means++ draws its first uniformly without labels, then spreads over a mixture")
  func spread() throws {
    let pool = PlantedMixture(seed: 1).pool
    let picks = try KMeansPlusPlus().query(pool, budget: 10, key: RandomKey(seed: 2))
    #expect(abs((picks[0].probability ?? 0) - 1 / 750.0) < 1e-12)
    #expect(Set(picks.map { PlantedMixture.component(of: $0.item) }).count >= 7)
  }

  @Test("kernel herding finds eight of the ten components of a mixture", arguments: 0..<3)
  func mixture(seed: Int) throws {
    let pool = PlantedMixture(seed: UInt64(seed)).pool
    let picks = try KernelHerding().query(pool, budget: 10, key: RandomKey(seed: UInt64(seed)))
    #expect(Set(picks.map { PlantedMixture.component(of: $0.item) }).count >= 8)
  }

  @Test("drop-query takes what dropout changes, and fills at random")
  func dropped() throws {
    var pool = Pools.full(count: 60, labelled: 6, groups: 60)
    pool.probabilities = Matrix(Array(repeating: [0.8, 0.1, 0.1], count: 60))
    // Of three passes two name another class for items 10 … 19, one for 20 … 24.
    let passes = (0..<3).flatMap { pass in
      (0..<60).flatMap { item -> [Float] in
        let changes = item >= 20 ? item < 25 && pass == 1 : item >= 10 && pass > 0
        return changes ? [0.1, 0.8, 0.1] : [0.8, 0.1, 0.1]
      }
    }
    pool.passes = Matrix(passes, shape: [3, 60, 3])
    let picks = try DropQuery().query(pool, budget: 18, key: RandomKey(seed: 0))
    let changed = picks.filter { $0.reason.contains("% of the passes") }.map(\.item)
    #expect(Set(changed) == Set(10..<25))
    #expect(picks.count == 18)
    #expect(picks.suffix(3).allSatisfy { $0.reason.contains("too few predictions change") })
  }

  @Test("of what dropout changes, drop-query takes the item nearest to each cluster's centre")
  func droppedCentres() throws {
    // On a line: seven items around 2, six around 52.5, and far ones that no pass changes.
    let x: [Float] = [0, 1, 2, 3, 4, 1.5, 2.5, 50, 51, 52, 53, 54, 55, 200, 300, -100, 100]
    var pool = PoolStatistics(count: 17, labelled: [15: 0, 16: 1])
    pool.limits = QueryLimits(perGroup: nil, nearCopy: nil)
    pool.embeddings = Matrix(x, shape: [17, 1])
    pool.probabilities = Matrix(Array(repeating: [0.8, 0.2], count: 17))
    pool.passes = Matrix(
      (0..<3).flatMap { _ in (0..<17).flatMap { $0 < 13 ? [0.2, 0.8] : [0.8, 0.2] as [Float] } },
      shape: [3, 17, 2])
    for seed in 0..<5 {
      let picks = try DropQuery().query(pool, budget: 2, key: RandomKey(seed: UInt64(seed)))
      #expect(picks.first?.item == 2)
      #expect(picks.last.map { [9, 10].contains($0.item) } == true)
      #expect(picks.allSatisfy { $0.utility == 1 })
    }
  }

  @Test("dcom is typicality without coverage and margin with it")
  func competence() throws {
    #expect(DCoM.competence(1, steepness: 30, turn: 0.8) == 1)
    #expect(DCoM.competence(0, steepness: 30, turn: 0.8) < 1e-9)
    let half = DCoM.competence(0.8, steepness: 30, turn: 0.8)
    #expect(abs(half - (1 + exp(-6)) / 2) < 1e-12)
    // One labelled item of each of two clusters: whether the balls hold all decides.
    var generator = RandomKey(seed: 1).generator()
    let rows = (0..<80).map { item -> [Float] in
      (0..<10).map { column -> Float in
        Float(generator.normal()) / 8 + ((item + column) % 2 == 0 ? 5 : 0)
      }
    }
    var pool = PoolStatistics(count: 80, labelled: [0: 0, 1: 1])
    pool.limits = QueryLimits(perGroup: nil, nearCopy: nil)
    pool.embeddings = Matrix(rows)
    pool.probabilities = Matrix(
      (0..<80).map { item -> [Float] in
        let p = 0.6 + Float(item) / 250
        return item % 2 == 0 ? [p, 1 - p] : [1 - p, p]
      })
    let covered = try DCoM().query(pool, budget: 5, key: RandomKey(seed: 0))
    let margin = try Margin().query(pool, budget: 5, key: RandomKey(seed: 0))
    #expect(covered.map(\.item) == margin.map(\.item))
    #expect(covered[0].reason.contains("competence"))
  }

  @Test("dcom chooses what the plain definition chooses, where both its terms count")
  func competenceReference() throws {
    let golden = Golden.shared.pool
    var pool = golden.statistics
    pool.labelled = Dictionary(
      uniqueKeysWithValues: golden.dcom.labelled.enumerated().map { ($1, $0) })
    pool.probabilities = Matrix(golden.dcom.probabilities)
    let picks = try DCoM(steepness: 5, turn: 0.8)
      .query(pool, budget: golden.dcom.answer.items.count, key: RandomKey(seed: 6))
    #expect(golden.dcom.answer.error(of: picks) < floatSum)
  }

  @Test("dcom takes the centre of what no ball covers, when predictions are wrong")
  func uncovered() throws {
    var generator = RandomKey(seed: 1).generator()
    // Three clusters, of which the largest holds no label.
    let rows = (0..<90).map { item -> [Float] in
      let axis = item < 50 ? 2 : item % 2
      return (0..<10).map { column -> Float in
        Float(generator.normal()) / 8 + (column == axis ? 5 : 0)
      }
    }
    var pool = PoolStatistics(count: 90, labelled: [50: 0, 51: 1])
    pool.embeddings = Matrix(rows)
    pool.probabilities = Matrix(
      (0..<90).map { item -> [Float] in
        let p = 0.9 - Float(item % 7) / 100
        return item >= 50 && item % 2 == 1 ? [1 - p, p] : [p, 1 - p]
      })
    let picks = try DCoM().query(pool, budget: 1, key: RandomKey(seed: 0))
    #expect(picks[0].item < 50)
  }

  @Test("batch-bald refuses batches that it cannot weigh")
  func largeBatch() throws {
    let error = #expect(throws: Diagnostic.self) {
      try BatchBALD().query(
        Pools.full(count: 300, groups: 300), budget: 101, key: RandomKey(seed: 0))
    }
    #expect(error?.what.contains("at most 100 items, not of 101") == true)
    #expect(error?.remedy?.contains("power noise") == true)
  }

  @Test("predicted foreground is drawn twice as often as the rest")
  func predictedForeground() throws {
    var pool = PoolStatistics(count: 40, labelled: [39: -1])
    pool.predictedAreas = Matrix(
      (0..<40).map { item -> [Float] in item < 10 ? [0.9, 0.1] : [1, 0] })
    let rule = RandomForeground(source: .prediction)
    for seed in 0..<20 {
      let picks = try rule.query(pool, budget: 9, key: RandomKey(seed: UInt64(seed)))
      #expect(picks.count { $0.item < 10 } >= 6)
      #expect(picks.prefix(6).allSatisfy { $0.reason.contains("predicted class 1") })
    }
  }
}
