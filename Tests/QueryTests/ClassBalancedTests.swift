import Base
import Query
import Testing

@Suite struct ClassBalancedTests {
  /// 198 items of predicted class 0 and 2 of class 1, three labels of class 0 and one of class 1.
  static var pool: PoolStatistics {
    var generator = RandomKey(seed: 4).generator()
    var pool = PoolStatistics(count: 204, labelled: [200: 0, 201: 0, 202: 0, 203: 1])
    pool.embeddings = Matrix((0..<204).map { _ in (0..<24).map { _ in Float(generator.normal()) } })
    pool.probabilities = Matrix(
      (0..<204).map { item in
        let p = Float(0.6 + 0.3 * generator.uniform())
        return item < 2 ? [1 - p, p, 0] : [p, 1 - p, 0]
      })
    return pool
  }

  @Test("gives the rare class its share, and coverage what nobody can fill")
  func quotas() throws {
    let picks = try ClassBalanced().query(Self.pool, budget: 14, key: RandomKey(seed: 1))
    // Shares 1/4, 1/2 and 1 of classes with 3, 1 and 0 labels: 2, 4 and 8 of 14.
    #expect(Set(picks.map(\.item)).isSuperset(of: [0, 1]))
    #expect(picks.count { $0.reason.contains("predicted class 0") } == 2)
    #expect(picks.count { $0.reason.contains("for classes not found") } == 10)
  }

  @Test("without noise the class-stratified choice is that of one of the classes' orders")
  func claspReference() throws {
    let golden = Golden.shared.pool
    var pool = golden.statistics
    // Noise of some units against differences of 10⁶ and more.
    let rule = ClaSP(beta: 1e12)
    func error(_ answers: [Golden.Pool.Answer]) throws -> Double {
      let budget = answers[0].items.count
      let picks = try rule.query(pool, budget: budget, key: RandomKey(seed: 6))
      return answers.map { $0.error(of: picks) }.min() ?? .infinity
    }
    #expect(try error(golden.clasp) < 1e-12)
    pool.uncertainty = Matrix(golden.members[0].map { $0[0] }, shape: [pool.count, 1])
    #expect(try error(golden.claspOfPixels) < 1e-12)
  }

  @Test("class-stratified entropy visits every class")
  func clasp() throws {
    let picks = try ClaSP(share: 1, beta: 1e4).query(
      Pools.full(), budget: 9, key: RandomKey(seed: 2))
    for number in 0..<3 { #expect(picks.count { $0.reason.contains("class \(number)") } == 3) }
  }
}
