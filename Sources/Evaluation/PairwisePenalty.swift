/// Which arm beats which, over data sets and budgets.
///
/// Ash et al., ICLR 2020 (the pairwise penalty matrix). In each setting, a budget at which the paired
/// t-test tells two arms apart at 5 % gives the better one 1 / budgets. Budgets at which both arms
/// have at least 99 % of the full-label score say nothing and are not counted. The matrix ignores
/// how large a difference is: print it only beside the savings.
public struct PairwisePenalty: Sendable, Equatable {
  /// One setting: a data set with its arms' curves, by arm and then by seed, at equal budgets.
  public struct Setting: Sendable {
    /// By arm, one curve per seed in the order of the seeds.
    public let curves: [String: [LearningCurve]]
    /// The full-label score, where known.
    public let full: Double?

    /// A setting.
    public init(curves: [String: [LearningCurve]], full: Double?) {
      self.curves = curves
      self.full = full
    }
  }

  /// The arms by name.
  public let arms: [String]
  /// `wins[winner][loser]`, in the order of `arms`; at most the number of settings.
  public let wins: [[Double]]

  /// Compares every two arms in every setting that has both.
  public init(_ settings: [Setting]) {
    let names = Set(settings.flatMap(\.curves.keys)).sorted()
    var table = names.map { _ in names.map { _ in 0.0 } }
    for setting in settings {
      for i in names.indices {
        for j in names.indices where i != j {
          table[i][j] += Self.share(setting, winner: names[i], loser: names[j])
        }
      }
    }
    arms = names
    wins = table
  }

  /// The share of the counted budgets at which `winner` is better beyond chance.
  private static func share(_ setting: Setting, winner: String, loser: String) -> Double {
    guard let first = setting.curves[winner], let second = setting.curves[loser] else { return 0 }
    let pairs = Array(zip(first, second))
    let budgets = Set(pairs.flatMap { $0.0.points.map(\.labels) })
    let counted = budgets.sorted().compactMap { budget -> Bool? in
      let scores = pairs.compactMap { one, other in
        one.score(at: budget).flatMap { left in other.score(at: budget).map { (left, $0) } }
      }
      guard !scores.isEmpty, !saturated(scores, full: setting.full) else { return nil }
      let gains = scores.map { $0.0 - $0.1 }
      return (mean(gains) ?? 0) > 0 && (studentTTest(gains) ?? 1) < 0.05
    }
    guard !counted.isEmpty else { return 0 }
    return Double(counted.count(where: { $0 })) / Double(counted.count)
  }

  private static func saturated(_ scores: [(Double, Double)], full: Double?) -> Bool {
    guard let full, let left = mean(scores.map(\.0)), let right = mean(scores.map(\.1)) else {
      return false
    }
    return min(left, right) >= 0.99 * full
  }
}

extension LearningCurve {
  /// The score at exactly so many labels.
  func score(at labels: Double) -> Double? { points.first { $0.labels == labels }?.score }
}
