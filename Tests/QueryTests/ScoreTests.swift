import Base
import Foundation
import Query
import Testing
import Torch

/// Scores by hand, and the maps of pixels against the scores of items.
@Suite struct ScoreTests {
  /// Every score that is made of class probabilities.
  static let ofPixels = ScoreConfiguration.choices.map(\.value.score).filter { $0.map != nil }

  init() throws { try TorchRuntime.load() }

  @Test(
    "a map holds at each pixel what an item of the same probabilities scores", arguments: ofPixels)
  func maps(score: Score) throws {
    let (members, classes, pixels) = (4, 3, 10)
    var generator = RandomKey(seed: 4).generator()
    let vectors = (0..<members).map { _ in
      (0..<pixels).map { _ in Pools.probabilities(classes, &generator) }
    }
    let used = score.needs == [.probabilities] ? 1 : score.needs.count == 2 ? 2 : members
    let all = stack(
      vectors.prefix(used).map { member in
        Tensor(
          (0..<classes).flatMap { column in member.map { $0[column] } }, [1, classes, 2, 5])
      }, dim: 0)
    let formula = try #require(score.map)
    let map = formula(all).floats()
    var pool = PoolStatistics(count: pixels + 2, labelled: [pixels: 0, pixels + 1: 1])
    pool.limits = QueryLimits(perGroup: nil, nearCopy: nil)
    let rows = vectors.map { $0 + [[1, 0, 0], [0, 1, 0]] }
    pool.probabilities = Matrix(rows[0])
    pool.previousProbabilities = Matrix(rows[1])
    pool.memberProbabilities = Matrix(
      rows.flatMap { $0.flatMap { $0 } }, shape: [members, pixels + 2, classes])
    pool.views = Matrix(
      (0..<pixels + 2).flatMap { item in rows.flatMap { $0[item] } },
      shape: [pixels + 2, members, classes])
    let picks = try ScoredSampling(score).query(pool, budget: pixels - 1, key: RandomKey(seed: 0))
    // The variance of pixels leaves the background out.
    if score == .committee || score == .mcVariance {
      for item in 0..<pixels {
        let item = (vectors.map { $0[item] }, map[item])
        #expect(
          abs(Informativeness.variance(item.0, isSegmentation: true) - Double(item.1)) < 1e-5)
      }
    } else {
      for pick in picks { #expect(abs(pick.utility - Double(map[pick.item])) < 1e-5) }
    }
  }

  @Test("passes of 0.9, 0.8, 0.6 and 0.1: ratios by means and by votes")
  func ratios() {
    let passes: [[Float]] = [[0.9, 0.1], [0.8, 0.2], [0.6, 0.4], [0.1, 0.9]]
    #expect(abs(Informativeness.variationRatio(passes) - 0.4) < 1e-6)
    #expect(abs(Informativeness.variationRatioOfVotes(passes) - 0.25) < 1e-12)
    let entropy = -(0.6 * log(0.6) + 0.4 * log(0.4))
    #expect(abs(Informativeness.predictiveEntropy(passes) - entropy) < 1e-6)
    #expect(Informativeness.variationRatio([[Float(1), 0]]) == 0)
  }

  @Test("committee-kl is bald with members in the place of passes")
  func divergence() throws {
    var pool = Pools.full()
    pool.passes = pool.memberProbabilities
    let key = RandomKey(seed: 2)
    let first = try ScoredSampling(.bald).query(pool, budget: 12, key: key)
    let second = try ScoredSampling(.committeeKL).query(pool, budget: 12, key: key)
    #expect(first.map(\.item) == second.map(\.item))
    #expect(first.map(\.utility) == second.map(\.utility))
  }

  @Test("gradient lengths are 0 where the head is sure, and refuse a pixel aggregate")
  func gradients() throws {
    #expect(GradientLength.expected([1, 0, 0], squaredNorm: 4) == 0)
    #expect(GradientLength.guessed([1, 0, 0], squaredNorm: 4) == 0)
    // |(−.3, .2, .1)| · |(1, 2)|
    let length = GradientLength.guessed([0.7, 0.2, 0.1], squaredNorm: 5)
    #expect(abs(length - 0.7.squareRoot()) < 1e-6)
    var pool = Pools.full()
    pool.uncertainty = Matrix((0..<60).map { Float($0) }, shape: [60])
    pool.probabilities = nil
    for score in [Score.egl, .badgeNorm] {
      let error = #expect(throws: Diagnostic.self) {
        try ScoredSampling(score).query(pool, budget: 3, key: RandomKey(seed: 0))
      }
      #expect(error?.what.contains("a pixel aggregate cannot stand in") == true)
    }
  }

  @Test("the discriminative score is the logistic regression's, out of five folds")
  func discriminativeReference() throws {
    let golden = Golden.shared.pool
    let answer = try #require(golden.answers["discriminative"])
    let key = RandomKey(seed: 6)
    let pool = golden.inPlaces(under: key)
    let picks = try ScoredSampling(.discriminative)
      .query(pool, budget: answer.items.count, key: key)
    #expect(Pools.rows(picks, in: pool) == answer.items)
    for (pick, value) in zip(picks, answer.utilities) {
      #expect(abs(pick.utility - value) < floatSum)
    }
  }

  @Test("the discriminative score asks where no labels are")
  func discriminative() throws {
    var generator = RandomKey(seed: 3).generator()
    let rows = (0..<120).map { item -> [Float] in
      (0..<12).map { column -> Float in
        Float(generator.normal()) + (item < 60 && column == 0 ? 6 : 0)
      }
    }
    // The labels lie in the first half alone.
    var pool = PoolStatistics(
      count: 120, labelled: Dictionary(uniqueKeysWithValues: (0..<20).map { ($0, $0 % 2) }))
    pool.embeddings = Matrix(rows)
    let picks = try ScoredSampling(.discriminative).query(pool, budget: 40, key: RandomKey(seed: 1))
    #expect(picks.allSatisfy { $0.item >= 60 })
    #expect(picks.allSatisfy { $0.utility > 0.5 && $0.utility < 1 })
    // Without labels there is nothing to tell apart from.
    pool.labelled = [:]
    let first = try ScoredSampling(.discriminative).query(pool, budget: 3, key: RandomKey(seed: 1))
    #expect(first.allSatisfy { $0.reason.contains("every item has the same discriminative") })
  }

  @Test("the learned loss covers instead where fewer than ten losses are known")
  func fewLosses() throws {
    var pool = Pools.full()
    pool.losses = Matrix((0..<60).map { $0 < 6 ? Float($0) : -1 }, shape: [60])
    let picks = try ScoredSampling(.learningLoss).query(pool, budget: 4, key: RandomKey(seed: 1))
    #expect(picks.allSatisfy { $0.reason.contains("every item has the same learning-loss") })
  }
}
