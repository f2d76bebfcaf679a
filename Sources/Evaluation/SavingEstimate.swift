import Foundation

/// How an arm's saving over its seeds becomes one number.
public enum SavingsRule: String, Sendable, Codable, CaseIterable {
  /// Bounds stay bounds: the rule of every study.
  case censored
  /// The frozen laboratory's rule: a seed's target is a share of its own full-label score; what was
  /// not reached counts as the last budget and what was reached at once as the first, which pulls
  /// the ratio towards 1.
  case laboratory
}

/// An arm's label saving against random selection at one target, over paired seeds.
///
/// Where every pair of curves crosses the target, the ratio is the geometric mean of the paired
/// ratios with a t-interval on the logarithms. If any pair is censored, it is the ratio of the
/// Kaplan–Meier medians, and the interval inverts the paired sign-flip test on signed ranks: its
/// lower end supposes the least saving that the bounds leave possible, its upper end the most.
/// There is no interval under three pairs, and under six pairs the signed ranks leave 0 … ∞.
public struct SavingEstimate: Sendable, Equatable {
  /// The saving factor; `nil` where the curves say nothing.
  public let ratio: Double?
  /// "≥" or "≤" where the ratio is a bound.
  public let bound: SavingBound?
  /// The 95 % interval; its upper end may be infinite.
  public let interval: Interval?
  /// Two-sided, against a ratio of 1; `nil` without an interval.
  public let p: Double?
  /// The seeds that both arms ran.
  public let pairs: Int
  /// The pairs in which a curve did not cross the target.
  public let censoredPairs: Int

  /// Compares the labels to a target, by seed.
  ///
  /// - Parameters:
  ///   - random: by seed; seeds that the arm did not run enter the median only.
  ///   - arm: by seed.
  ///   - rule: what becomes of a target that was not crossed.
  public init(
    random: [Int: LabelsToTarget], arm: [Int: LabelsToTarget], rule: SavingsRule = .censored
  ) {
    let seeds = random.keys.filter { arm[$0] != nil }.sorted()
    let all = seeds.compactMap { seed in
      random[seed].flatMap { first in arm[seed].map { SavingPair(random: first, arm: $0) } }
    }
    pairs = all.count
    censoredPairs = all.count(where: \.isCensored)
    if censoredPairs == 0 || rule == .laboratory {
      let logs = all.map { log($0.random.labels / $0.arm.labels) }
      let centre = mean(logs)
      let spread = tInterval(logs)
      ratio = centre.map(exp)
      bound = nil
      interval = spread.map { Interval(low: exp($0.low), high: exp($0.high)) }
      p = studentTTest(logs)
    } else {
      let medians = SavingRatio(
        random: kaplanMeierMedian(random.values.map { $0 }),
        arm: kaplanMeierMedian(arm.values.map { $0 }))
      ratio = medians.value
      bound = medians.bound
      interval = Self.interval(all, around: medians.value)
      p = Self.significance(all, ratio: medians.value)
    }
  }

  /// Inverts the sign-flip test on both completions; widened, if need be, to hold the estimate.
  private static func interval(_ pairs: [SavingPair], around ratio: Double?) -> Interval? {
    guard pairs.count >= 3 else { return nil }
    let low = exp(signedRankInterval(pairs.map(\.leastLog)).low)
    let high = exp(signedRankInterval(pairs.map(\.mostLog)).high)
    guard let ratio else { return Interval(low: low, high: high) }
    return Interval(low: min(low, ratio), high: max(high, ratio))
  }

  /// Tests against 1 with the completion that argues against the estimate.
  private static func significance(_ pairs: [SavingPair], ratio: Double?) -> Double? {
    guard let ratio, pairs.count >= 3 else { return nil }
    return signedRankTest(pairs.map(ratio >= 1 ? \.leastLog : \.mostLog))
  }
}

/// The labels of both arms at one seed.
private struct SavingPair {
  let random: LabelsToTarget
  let arm: LabelsToTarget

  var isCensored: Bool { random.isCensored || arm.isCensored }
  /// log S if the truth is as unkind to the arm as the bounds allow.
  var leastLog: Double { log(random.fewest / arm.most) }
  /// log S if the truth is as kind to the arm as the bounds allow.
  var mostLog: Double { log(random.most / arm.fewest) }
}
