/// One effect over several data sets that may truly differ in it.
///
/// DerSimonian, Laird. *Meta-analysis in Clinical Trials.* 1986, for the variance between data sets;
/// Hartung, Knapp. *A Refined Method for the Meta-analysis of Controlled Clinical Trials.* 2001, and
/// Sidik, Jonkman 2002, for the interval (HKSJ), which holds its level with few data sets.
public struct RandomEffects: Sendable, Equatable {
  /// The pooled effect.
  public let mean: Double
  /// Its 95 % interval; `nil` of one data set.
  public let interval: Interval?
  /// The variance between data sets.
  public let variance: Double

  /// Pools effects, such as mean log savings.
  ///
  /// - Parameters:
  ///   - effects: one per data set, at least one.
  ///   - errors: their standard errors, positive.
  public init(effects: [Double], errors: [Double]) {
    precondition(!effects.isEmpty && effects.count == errors.count, "one error per effect")
    precondition(errors.allSatisfy { $0 > 0 }, "standard errors are positive")
    let between = Self.between(effects, errors.map { 1 / ($0 * $0) })
    let weights = errors.map { 1 / ($0 * $0 + between) }
    let centre = Self.weighted(effects, weights)
    variance = between
    mean = centre
    guard effects.count > 1 else {
      interval = nil
      return
    }
    let freedom = Double(effects.count - 1)
    let spread = Self.squares(effects, weights, around: centre) / freedom
    let half =
      StudentT(freedom: freedom).quantile(0.975)
      * (spread / weights.reduce(0, +)).squareRoot()
    interval = Interval(low: centre - half, high: centre + half)
  }

  private static func between(_ effects: [Double], _ weights: [Double]) -> Double {
    let total = weights.reduce(0, +)
    let scale = total - weights.reduce(0) { $0 + $1 * $1 } / total
    guard scale > 0 else { return 0 }
    let q = squares(effects, weights, around: weighted(effects, weights))
    return max(0, (q - Double(effects.count - 1)) / scale)
  }

  private static func weighted(_ values: [Double], _ weights: [Double]) -> Double {
    zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 } / weights.reduce(0, +)
  }

  private static func squares(
    _ values: [Double], _ weights: [Double], around centre: Double
  ) -> Double {
    zip(values, weights).reduce(0) { $0 + $1.1 * ($1.0 - centre) * ($1.0 - centre) }
  }
}
