import Foundation

/// How much is to be learnt from one item, computed from class probabilities: higher is asked first.
///
/// Natural logarithms, 0 · log 0 = 0. Vectors are given as any collection of probabilities that sum
/// to one; C is their length.
public enum Informativeness {
  /// 1 − max p, of 0 … 1 − 1/C.
  public static func leastConfidence(_ p: some Collection<Float>) -> Double {
    1 - Double(p.max() ?? 1)
  }

  /// 1 − (p₁ − p₂) of the two largest, of 0…1; 0 for a single class.
  public static func margin(_ p: some Collection<Float>) -> Double {
    guard p.count > 1 else { return 0 }
    var (first, second) = (-Float.infinity, -Float.infinity)
    for value in p {
      if value > first {
        (first, second) = (value, first)
      } else if value > second {
        second = value
      }
    }
    return 1 - (Double(first) - Double(second))
  }

  /// −Σ p log p, of 0 … log C.
  public static func entropy(_ p: some Collection<Float>) -> Double {
    p.reduce(0) { $0 + entropyTerm(Double($1)) }
  }

  /// The mutual information of class and member, H(p̄) − mean H(pₘ), of 0 … log min(M, C).
  ///
  /// It is the mean Kullback–Leibler divergence of the members from their mean.
  ///
  /// Houlsby, Huszár, Ghahramani, Lengyel. *Bayesian Active Learning for Classification and
  /// Preference Learning.* 2011. <https://arxiv.org/abs/1112.5745>
  public static func mutualInformation<P: Collection<Float>>(_ members: [P]) -> Double {
    let ofMean = predictiveEntropy(members)
    let ofMembers = members.reduce(0) { $0 + entropy($1) } / Double(max(members.count, 1))
    return max(0, ofMean - ofMembers)
  }

  /// The variance over the members (divided by M), averaged over the classes; without the first,
  /// the background, where `isSegmentation`.
  public static func variance<P: Collection<Float>>(
    _ members: [P], isSegmentation: Bool = false
  ) -> Double {
    let mean = average(members)
    var sums = [Double](repeating: 0, count: mean.count)
    for member in members {
      for (index, value) in member.enumerated() {
        sums[index] += (Double(value) - mean[index]) * (Double(value) - mean[index])
      }
    }
    let counted = isSegmentation && sums.count > 1 ? sums.dropFirst() : sums[...]
    return counted.reduce(0, +) / Double(max(counted.count * members.count, 1))
  }

  /// The entropy of the members' votes, of 0 … log min(M, C).
  public static func voteEntropy<P: Collection<Float>>(_ members: [P]) -> Double {
    votes(members).values.sorted().reduce(0) { $0 + entropyTerm($1 / Double(members.count)) }
  }

  private static func votes<P: Collection<Float>>(_ members: [P]) -> [Int: Double] {
    var votes: [Int: Double] = [:]
    for member in members {
      let winner = member.enumerated().reduce((0, -Float.infinity)) {
        $1.element > $0.1 ? ($1.offset, $1.element) : $0
      }
      votes[winner.0, default: 0] += 1
    }
    return votes
  }

  /// The variance over the views of one item, summed over the classes.
  ///
  /// Gao et al. *Consistency-Based Semi-Supervised Active Learning.* ECCV 2020.
  /// <https://arxiv.org/abs/1910.07153>
  public static func inconsistency<P: Collection<Float>>(_ views: [P]) -> Double {
    variance(views) * Double(views.first?.count ?? 0)
  }

  /// 1 − max p̄ of the mean of the passes, of 0 … 1 − 1/C.
  public static func variationRatio<P: Collection<Float>>(_ passes: [P]) -> Double {
    1 - (average(passes).max() ?? 1)
  }

  /// 1 − the share of the passes that vote for the first class, of 0 … 1 − 1/min(T, C).
  public static func variationRatioOfVotes<P: Collection<Float>>(_ passes: [P]) -> Double {
    1 - (votes(passes).values.max() ?? 1) / Double(max(passes.count, 1))
  }

  /// H(p̄) of the mean of the passes, of 0 … log C.
  public static func predictiveEntropy<P: Collection<Float>>(_ passes: [P]) -> Double {
    average(passes).reduce(0) { $0 + entropyTerm($1) }
  }

  /// ‖p − q‖₁, of 0 … 2.
  public static func distance(_ p: some Collection<Float>, _ q: some Collection<Float>) -> Double {
    zip(p, q).reduce(0) { $0 + abs(Double($1.0) - Double($1.1)) }
  }

  private static func average<P: Collection<Float>>(_ members: [P]) -> [Double] {
    var sums = [Double](repeating: 0, count: members.first?.count ?? 0)
    for member in members {
      for (index, value) in member.enumerated() { sums[index] += Double(value) }
    }
    return sums.map { $0 / Double(members.count) }
  }

  private static func entropyTerm(_ p: Double) -> Double { p > 0 ? -p * log(p) : 0 }
}
