import Evaluation
import Foundation
import Testing

@Suite struct SavingTests {
  @Test(
    "censored curves leave the bound that they prove",
    arguments: [
      (LabelsToTarget.reached(80), LabelsToTarget.reached(40), SavingRatio.exactly(2)),
      (.over(160), .reached(40), .atLeast(4)),  // random never: n_max / n_arm
      (.reached(80), .over(160), .atMost(0.5)),  // arm never: n_random / n_max
      (.reached(80), .atMost(10), .atLeast(8)),  // arm at once: n_random / n_0
      (.atMost(10), .reached(40), .atMost(0.25)),  // random at once: n_0 / n_arm
      (.over(160), .atMost(10), .atLeast(16)),
      (.atMost(10), .over(160), .atMost(0.0625)),
      (.over(160), .over(160), .undefined),
      (.atMost(10), .atMost(10), .undefined),
    ])
  func bounds(random: LabelsToTarget, arm: LabelsToTarget, expected: SavingRatio) {
    #expect(SavingRatio(random: random, arm: arm) == expected)
  }

  @Test("without censoring the saving is the geometric mean with the t-interval")
  func geometricMean() throws {
    let known = try Reference.load().statistics.paired
    let random = known.differences.map { LabelsToTarget.reached(40 * exp($0)) }
    let estimate = SavingEstimate(
      random: bySeed(random), arm: bySeed(random.map { _ in .reached(40) }))
    let centre = known.differences.reduce(0, +) / Double(known.differences.count)
    #expect(close(estimate.ratio, exp(centre)))
    #expect(close(estimate.interval?.low, exp(known.t_low), Tolerance.search))
    #expect(close(estimate.interval?.high, exp(known.t_high), Tolerance.search))
    #expect(close(estimate.p, known.t_p, Tolerance.search))
    #expect(estimate.bound == nil && estimate.censoredPairs == 0 && estimate.pairs == 9)
  }

  @Test("two seeds give a ratio and no interval")
  func twoSeeds() {
    let estimate = SavingEstimate(
      random: [1: .reached(80), 2: .reached(20)], arm: [1: .reached(40), 2: .reached(40)])
    #expect(close(estimate.ratio, 1))
    #expect(estimate.interval == nil && estimate.p == nil)
  }

  @Test("one censored pair makes the headline the ratio of medians; no seed is dropped")
  func medians() {
    let random: [LabelsToTarget] = [.reached(60), .reached(80), .over(160)]
    let arm: [LabelsToTarget] = [.reached(30), .reached(40), .reached(50)]
    let estimate = SavingEstimate(random: bySeed(random), arm: bySeed(arm))
    #expect(estimate.ratio == 2 && estimate.bound == nil)
    #expect(estimate.pairs == 3 && estimate.censoredPairs == 1)
    // Three pairs can refuse nothing at 95 %.
    #expect(estimate.interval == Interval(low: 0, high: .infinity))
  }

  @Test("a median beyond the last budget gives a bound")
  func medianBounds() {
    let never = SavingEstimate(
      random: bySeed([.over(160), .over(160), .reached(100)]),
      arm: bySeed([.reached(30), .reached(40), .reached(50)]))
    #expect(never.ratio == 4 && never.bound == .atLeast)
    let worse = SavingEstimate(
      random: bySeed([.reached(30), .reached(40), .reached(50)]),
      arm: bySeed([.over(160), .over(160), .reached(100)]))
    #expect(worse.ratio == 0.25 && worse.bound == .atMost)
    let neither = SavingEstimate(
      random: bySeed([.over(160), .over(160)]), arm: bySeed([.over(160), .over(160)]))
    #expect(neither.ratio == nil && neither.bound == nil && neither.interval == nil)
  }

  @Test("the sign-flip interval of eight seeds is open where bounds leave it open")
  func openInterval() throws {
    let arm = (0..<8).map { LabelsToTarget.reached(40 + Double($0)) }
    let estimate = SavingEstimate(
      random: bySeed(arm.map { _ in .over(160) }), arm: bySeed(arm))
    let interval = try #require(estimate.interval)
    #expect(close(estimate.ratio, 160.0 / 43) && estimate.bound == .atLeast)
    #expect(interval.low > 160.0 / 47 && interval.low < 160.0 / 43)
    #expect(interval.high == .infinity)
    #expect(close(estimate.p, 2.0 / 256))
  }

  @Test("further random seeds move the median and make no pair")
  func extraSeeds() {
    var random = bySeed([.over(160), .reached(80), .reached(60)])
    let arm = bySeed([.reached(40), .reached(40), .reached(40)])
    #expect(SavingEstimate(random: random, arm: arm).ratio == 2)
    random[7] = .reached(50)
    random[8] = .reached(50)
    let estimate = SavingEstimate(random: random, arm: arm)
    #expect(estimate.ratio == 1.5 && estimate.pairs == 3)
  }

  @Test("the laboratory's rule sets what was not reached to the last budget")
  func laboratory() {
    let random: [LabelsToTarget] = [.reached(80), .over(160), .reached(80)]
    let arm: [LabelsToTarget] = [.reached(40), .reached(40), .atMost(10)]
    let estimate = SavingEstimate(random: bySeed(random), arm: bySeed(arm), rule: .laboratory)
    #expect(close(estimate.ratio, 4))  // 2 · 4 · 8 = 4³
    #expect(estimate.bound == nil)
  }

  @Test("the survival curve and its median are SciPy's")
  func survival() throws {
    let known = try Reference.load().statistics.survival
    let cases = zip(known.times, known.seen).map { time, seen in
      seen ? LabelsToTarget.reached(time) : .over(time)
    }
    for step in kaplanMeier(cases) {
      let place = try #require(known.steps.firstIndex(of: step.labels))
      #expect(close(step.survival, known.survival[place]))
    }
    #expect(kaplanMeierMedian(cases) == .reached(known.median))
  }

  @Test("a median on a left-censored case is marked")
  func markedMedian() {
    #expect(kaplanMeierMedian([.atMost(10), .atMost(10), .reached(40)]) == .atMost(10))
    #expect(kaplanMeierMedian([.atMost(10), .reached(40), .reached(50)]) == .reached(40))
    #expect(kaplanMeierMedian([.over(80), .over(80), .reached(40)]) == .over(80))
  }

  private func bySeed(_ values: [LabelsToTarget]) -> [Int: LabelsToTarget] {
    Dictionary(uniqueKeysWithValues: values.enumerated().map { ($0.offset + 1, $0.element) })
  }
}
