import Base
import Evaluation
import Foundation
import Testing

@Suite struct ResamplingTests {
  private let key = RandomKey(seed: 11)

  @Test(
    "over few seeds the percentile bootstrap is too short, the t-interval is not",
    arguments: [(3, 0.75), (5, 0.84), (8, 0.89)])
  func coverage(seeds: Int, bootstrapCoverage: Double) {
    let trials = 1500
    var byBootstrap = 0
    var byT = 0
    for trial in 0..<trials {
      let values = normals(seeds, key.folding(seeds).folding(trial))
      let drawn = bootstrap(
        groups: Array(0..<seeds), resamples: 300, key: key.folding("resample").folding(trial)
      ) { rows in rows.reduce(0) { $0 + values[$1] } / Double(rows.count) }
      if drawn?.interval.contains(0) == true { byBootstrap += 1 }
      if tInterval(values)?.contains(0) == true { byT += 1 }
    }
    // Four standard errors of a share over the trials, and the roughness of 300 resamples.
    #expect(abs(Double(byBootstrap) / Double(trials) - bootstrapCoverage) < 0.045)
    #expect(abs(Double(byT) / Double(trials) - 0.95) < 0.025)
  }

  @Test(
    "the power to show a true saving of 2",
    arguments: [(5, 1.0, 0.65), (8, 1.0, 0.92), (10, 1.0, 0.97), (10, 1.5, 0.37)])
  func power(seeds: Int, threshold: Double, expected: Double) {
    let trials = 4000
    let half = tHalfWidth(count: seeds)
    let shown = (0..<trials).count { trial in
      let noise = normals(seeds, key.folding("power").folding(seeds).folding(trial))
      let logs = noise.map { log(2) + 0.5 * $0 }
      guard let centre = mean(logs), let spread = standardDeviation(logs) else { return false }
      return centre - half * spread > log(threshold)
    }
    // Four standard errors of a share over the trials, at most.
    #expect(abs(Double(shown) / Double(trials) - expected) < 0.032)
  }

  @Test("patients are resampled whole, so their images are no extra evidence")
  func groups() throws {
    let values = normals(40, key.folding("values"))
    let repeated = values.flatMap { Array(repeating: $0, count: 5) }
    let score = { (rows: [Int], values: [Double]) in mean(rows.map { values[$0] }) }
    let alone = try #require(
      bootstrap(groups: Array(0..<40), key: key) { score($0, values) })
    let grouped = try #require(
      bootstrap(groups: (0..<200).map { $0 / 5 }, key: key) { score($0, repeated) })
    #expect(close(alone.standardError, grouped.standardError))
    #expect(alone.resamples == 1000)
  }

  @Test("test-set noise adds in quadrature and more seeds do not average it away")
  func nested() throws {
    let seeds = [0.80, 0.82, 0.84]
    let inner = try #require(tInterval(seeds))
    let outer = try #require(nestedInterval(seeds: seeds, testErrors: [0.02, 0.02, 0.02]))
    let (half, total) = (inner.high - 0.82, outer.high - 0.82)
    #expect(close(total * total, half * half + pow(1.959963984540054 * 0.02, 2)))
    #expect(nestedInterval(seeds: [0.8, 0.9], testErrors: [0.1, 0.1]) == nil)
  }

  @Test("weights of the chosen undo the choice: the worked example")
  func unbiasedRisk() {
    let losses = [0.1, 0.9, 0.4, 0.2]
    let chances = [0.1, 0.2, 0.3, 0.4]
    var expectation = 0.0
    for first in 0..<4 {
      for second in 0..<4 where second != first {
        let q = [chances[first], chances[second] / (1 - chances[first])]
        let weights = unbiasedRiskWeights(probabilities: q, poolSize: 4)
        let risk = (weights[0] * losses[first] + weights[1] * losses[second]) / 2
        expectation += q[0] * q[1] * risk
        if first == 3, second == 0 { #expect(close(weights, [0.75, 2])) }
      }
    }
    #expect(close(expectation, 0.4))
    #expect(unbiasedRiskWeights(probabilities: [0.5, 1], poolSize: 2) == [1, 1])
  }

  private func normals(_ count: Int, _ key: RandomKey) -> [Double] {
    (0..<count).map { key.folding($0).normal() }
  }
}
