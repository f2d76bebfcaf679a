import Base
import Query
import Testing

@Suite struct AutoTests {
  let key = RandomKey(seed: 9)

  static func trusted(_ trust: Trust?) -> PoolStatistics {
    var pool = Pools.full()
    pool.trust = trust
    return pool
  }

  @Test("covers first, needing nothing but embeddings")
  func first() throws {
    var pool = PoolStatistics(count: 60)
    pool.embeddings = Pools.full().embeddings
    #expect(
      try Auto().query(pool, budget: 8, key: key)
        == MaxHerding().query(pool, budget: 8, key: key))
  }

  @Test(
    "goes by uncertainty once the head deserves it",
    arguments: [nil, Trust(score: 0.85, low: 0.7, high: 0.9)])
  func trusting(trust: Trust?) throws {
    let pool = Self.trusted(trust)
    #expect(
      try Auto().query(pool, budget: 8, key: key)
        == UncertaintyHerding().query(pool, budget: 8, key: key))
  }

  @Test(
    "draws half at random and covers with the rest until then",
    arguments: [
      Trust(score: 0.79, low: 0.7, high: 0.9), Trust(score: 0.9, low: 0.4, high: 1),
      Trust(score: 0.9, low: 0.64, high: 1, chance: 0.5),
    ])
  func guarded(trust: Trust) throws {
    let picks = try Auto().query(Self.trusted(trust), budget: 8, key: key)
    #expect(picks.prefix(4).allSatisfy { $0.reason.hasPrefix("drawn at random; the head is not") })
    #expect(picks.dropFirst(4).allSatisfy { $0.reason.hasPrefix("covers") })
  }

  @Test("asks of a segmentation its Dice, and goes by pixels")
  func segmentation() throws {
    var pool = PoolStatistics(count: 60, labelled: [0: -1, 1: -1])
    pool.descriptors = Pools.full().descriptors
    pool.uncertainty = Matrix((0..<60).map { Float($0 % 7) }, shape: [60])
    pool.trust = Trust(score: 0.55, low: 0.2, high: 0.8)
    let trusted = try Auto().query(pool, budget: 6, key: key)
    #expect(try trusted == UncertaintyHerding().query(pool, budget: 6, key: key))
    pool.trust?.score = 0.45
    let guarded = try Auto().query(pool, budget: 6, key: key)
    #expect(guarded.prefix(3).allSatisfy { $0.reason.hasPrefix("drawn at random") })
  }
}
