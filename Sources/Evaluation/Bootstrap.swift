public import Base

/// What resampling the patients says about a test score.
public struct BootstrapEstimate: Sendable, Equatable {
  /// The deviation of the score over the resamples.
  public let standardError: Double
  /// The middle 95 % of the resamples.
  public let interval: Interval
  /// The resamples in which the score was defined.
  public let resamples: Int
}

/// Resamples whole groups with replacement and measures again.
///
/// Images of one patient are no independent evidence, so patients are drawn, with all their items.
///
/// - Parameters:
///   - groups: the group of each test item.
///   - resamples: how often.
///   - key: where the groups are drawn.
///   - statistic: the score of a list of items, with repeats; `nil` where undefined.
/// - Returns: `nil` where fewer than two resamples have a score.
public func bootstrap(
  groups: [Int], resamples: Int = 1000, key: RandomKey, statistic: ([Int]) -> Double?
) -> BootstrapEstimate? {
  let members = Dictionary(grouping: groups.indices) { groups[$0] }
    .sorted { $0.key < $1.key }.map(\.value)
  guard !members.isEmpty else { return nil }
  let scores = (0..<resamples).compactMap { round -> Double? in
    var generator = key.folding(round).generator()
    let drawn = members.indices.flatMap { _ in members[generator.below(members.count)] }
    return statistic(drawn)
  }
  guard let spread = standardDeviation(scores), let low = percentile(scores, 0.025),
    let high = percentile(scores, 0.975)
  else { return nil }
  return BootstrapEstimate(
    standardError: spread, interval: Interval(low: low, high: high), resamples: scores.count)
}

/// The interval of a mean over seeds that share one test set: the seeds' t-interval and the test
/// set's own noise, added in quadrature.
///
/// - Parameters:
///   - seeds: the score of each seed.
///   - testErrors: the standard error of each seed's score from `bootstrap`. The test set is the
///     same in every seed, so more seeds do not average this part away.
/// - Returns: `nil` under three seeds.
public func nestedInterval(seeds: [Double], testErrors: [Double]) -> Interval? {
  guard let inner = tInterval(seeds), let centre = mean(seeds), let error = mean(testErrors) else {
    return nil
  }
  let (half, noise) = (inner.high - centre, 1.959963984540054 * error)
  let total = (half * half + noise * noise).squareRoot()
  return Interval(low: centre - total, high: centre + total)
}
