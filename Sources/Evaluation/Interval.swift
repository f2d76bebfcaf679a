import Foundation

/// The two ends of an interval estimate; either may be infinite.
public struct Interval: Sendable, Equatable, Codable {
  /// The lower end.
  public let low: Double
  /// The upper end.
  public let high: Double

  /// An interval.
  public init(low: Double, high: Double) {
    self.low = low
    self.high = high
  }

  /// Whether the value lies inside or on an end.
  public func contains(_ value: Double) -> Bool { low <= value && value <= high }
}

/// The t-interval of the mean of a few seeds, with `count − 1` degrees of freedom.
///
/// Over few seeds a bootstrap's interval is far too short (75 % coverage of a nominal 95 % at three
/// seeds); this one holds its level for about normal values, which log ratios are.
///
/// - Parameters:
///   - values: one per seed.
///   - level: the coverage.
/// - Returns: `nil` under three values.
public func tInterval(_ values: [Double], level: Double = 0.95) -> Interval? {
  guard values.count > 2, let centre = mean(values), let spread = standardDeviation(values) else {
    return nil
  }
  let half = tHalfWidth(count: values.count, level: level) * spread
  return Interval(low: centre - half, high: centre + half)
}

/// The half-width of a t-interval of the mean, in standard deviations of the values.
public func tHalfWidth(count: Int, level: Double = 0.95) -> Double {
  StudentT(freedom: Double(count - 1)).quantile((1 + level) / 2) / Double(count).squareRoot()
}

/// The two-sided p of the t-test that the mean is 0; `nil` under three values.
public func studentTTest(_ values: [Double]) -> Double? {
  guard values.count > 2, let centre = mean(values), let spread = standardDeviation(values) else {
    return nil
  }
  guard spread > 0 else { return centre == 0 ? 1 : 0 }
  let t = centre / spread * Double(values.count).squareRoot()
  return StudentT(freedom: Double(values.count - 1)).twoSided(t)
}

/// The interval of Wilson for a share.
///
/// *Probable Inference, the Law of Succession, and Statistical Inference.* JASA 1927.
///
/// - Parameters:
///   - successes: out of `count`.
///   - count: at least 1.
///   - z: the normal quantile; 1.96 for 95 %.
/// - Returns: an interval within 0 … 1.
public func wilsonInterval(successes: Int, of count: Int, z: Double = 1.959963984540054) -> Interval
{
  precondition(count > 0 && (0...count).contains(successes), "successes of a positive count")
  let n = Double(count)
  let share = Double(successes) / n
  let scale = 1 + z * z / n
  let centre = (share + z * z / (2 * n)) / scale
  let half = z * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot() / scale
  return Interval(low: max(0, centre - half), high: min(1, centre + half))
}
