import Base
import Query
import Testing

@Suite struct BatchBALDTests {
  @Test("one pick is that of bald")
  func single() throws {
    let pool = Golden.shared.pool.statistics
    let key = RandomKey(seed: 1)
    let one = try BatchBALD().query(pool, budget: 1, key: key)
    #expect(one.map(\.item) == (try BALD().query(pool, budget: 1, key: key)).map(\.item))
    #expect(abs(one[0].utility - (try BALD().query(pool, budget: 1, key: key))[0].utility) < 1e-6)
  }

  @Test("a copy of a chosen item gains less than a fresh one")
  func copies() throws {
    var pool = PoolStatistics(count: 6, labelled: [4: 0, 5: 1])
    let first: [[Float]] = [
      [0.95, 0.05], [0.95, 0.05], [0.9, 0.1], [0.6, 0.4], [1, 0], [1, 0],
    ]
    let second: [[Float]] = [
      [0.05, 0.95], [0.05, 0.95], [0.1, 0.9], [0.6, 0.4], [1, 0], [1, 0],
    ]
    let third: [[Float]] = [
      [0.95, 0.05], [0.95, 0.05], [0.1, 0.9], [0.6, 0.4], [1, 0], [1, 0],
    ]
    pool.memberProbabilities = Matrix((first + second + third).flatMap { $0 }, shape: [3, 6, 2])
    let picks = try BatchBALD().query(pool, budget: 2, key: RandomKey(seed: 0))
    #expect(picks[0].item < 2)
    #expect(picks[1].item == 2)
    let top = try BALD().query(pool, budget: 2, key: RandomKey(seed: 0))
    #expect(Set(top.map(\.item)) == [0, 1])
  }

  @Test("drawn configurations stand for the whole distribution")
  func drawn() throws {
    let pool = Golden.shared.pool.statistics
    let key = RandomKey(seed: 1)
    let exact = try BatchBALD(states: 4096).query(pool, budget: 5, key: key)
    let drawn = try BatchBALD(states: 256).query(pool, budget: 5, key: key)
    let difference = zip(exact, drawn).map { abs($0.utility - $1.utility) }.max() ?? 0
    #expect(difference < 0.05)
  }
}
