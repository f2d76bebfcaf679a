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
    arguments: [
      nil, Trust(score: 0.85, low: 0.7, high: 0.9), Trust(score: 0.8, low: 0.4, high: 1),
      Trust(score: 0.9, low: 0.8, high: 1, chance: 0.75),
    ])
  func trusting(trust: Trust?) throws {
    let pool = Self.trusted(trust)
    #expect(
      try Auto().query(pool, budget: 8, key: key)
        == UncertaintyHerding().query(pool, budget: 8, key: key))
  }

  @Test(
    "draws a quarter at random and goes by margin without trust",
    arguments: [
      Trust(score: 0.48, low: 0.3, high: 0.9), Trust(score: 0, low: 0, high: 1),
      Trust(score: 0.65, low: 0.6, high: 1, chance: 0.5),
      Trust(score: 0.7, low: 0.6, high: 1, chance: 0.75),
    ])
  func distrusting(trust: Trust) throws {
    let pool = Self.trusted(trust)
    let picks = try Auto().query(pool, budget: 8, key: key)
    #expect(
      picks.prefix(2).allSatisfy { $0.reason.hasPrefix("drawn at random; the head is trust") })
    let drawn = Set(picks.prefix(2).map(\.item))
    let best = try Margin().query(pool, budget: 8, key: key).map(\.item)
    #expect(picks.dropFirst(2).map(\.item) == Array(best.filter { !drawn.contains($0) }.prefix(6)))
  }

  @Test("goes by uncertain coverage as far as the head is trusted")
  func between() throws {
    // Chance 1/3 + 0.15 is no trust, 0.8 is all: this is half of it.
    let half = (1 / 3.0 + 0.15 + 0.8) / 2
    let pool = Self.trusted(Trust(score: half, low: 0.5, high: 0.9))
    let picks = try Auto().query(pool, budget: 16, key: key)
    #expect(picks.prefix(2).allSatisfy { $0.reason.hasPrefix("drawn at random") })
    #expect(picks[2..<9].allSatisfy { $0.reason.hasPrefix("margin") })
    #expect(picks.dropFirst(9).allSatisfy { $0.reason.hasPrefix("covers") })
    #expect(picks.count == 16)
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
    // A tenth is not trusted: too little for a random pick of six, or one by uncertainty alone.
    #expect(guarded == trusted)
    pool.trust?.score = 0
    let doubted = try Auto().query(pool, budget: 8, key: key)
    #expect(doubted.prefix(2).allSatisfy { $0.reason.hasPrefix("drawn at random") })
    #expect(doubted.dropFirst(2).allSatisfy { $0.reason.hasPrefix("margin") })
  }
}
