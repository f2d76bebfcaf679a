import Base
import Query
import Testing

@Suite struct BADGETests {
  @Test("the gradient of p = (.7, .2, .1), h = (1, 2) has the squared length 0.7")
  func norm() throws {
    var pool = PoolStatistics(count: 4, labelled: [2: 0, 3: 1])
    pool.currentEmbeddings = Matrix([[1, 2], [0, 0], [1, 1], [1, 1]])
    pool.probabilities = Matrix([[0.7, 0.2, 0.1], [0.5, 0.3, 0.2], [1, 0, 0], [1, 0, 0]])
    let picks = try BADGE().query(pool, budget: 1, key: RandomKey(seed: 0))
    #expect(picks[0].item == 0)
    // |(.3, .2, .1)|² · |(1, 2)|²
    #expect(abs(picks[0].utility - 0.7.squareRoot()) < 1e-6)
  }

  @Test("distances by factors are those of the gradients written out", arguments: 0..<20)
  func distances(seed: Int) throws {
    let golden = Golden.shared.pool
    let picks = try BADGE()
      .query(golden.statistics, budget: 2, key: RandomKey(seed: UInt64(seed)))
    #expect(picks[0].item == golden.firstGradient)
    #expect(abs(picks[0].utility - golden.gradientNorms[picks[0].item]) < 1e-4)
    #expect(abs(picks[1].utility - golden.gradientDistances[picks[1].item]) < 1e-4)
    // Drawn in proportion to the squared distance, among what is unlabelled.
    let squares = golden.gradientDistances.enumerated().map { item, distance in
      golden.labels["\(item)"] == nil ? distance * distance : 0
    }
    let chance = squares[picks[1].item] / squares.reduce(0, +)
    #expect(abs((picks[1].probability ?? 0) - chance) < 1e-6)
  }

  @Test("draws uniformly where the head is sure of everything")
  func sure() throws {
    var pool = PoolStatistics(count: 30, labelled: [0: 0, 1: 1])
    pool.currentEmbeddings = Matrix((0..<30).map { [Float($0), 1] })
    pool.probabilities = Matrix(Array(repeating: [1, 0], count: 30))
    let picks = try BADGE().query(pool, budget: 5, key: RandomKey(seed: 0))
    #expect(picks.count == 5)
    #expect(picks.allSatisfy { $0.reason.contains("sure of every item") })
  }
}
