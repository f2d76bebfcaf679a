import Foundation

/// The paired sign-flip test on signed ranks, exact.
///
/// Wilcoxon. *Individual Comparisons by Ranking Methods.* 1945. If the two arms of each pair could be
/// exchanged, every sign of a difference is a coin toss; the test counts the tosses that give as
/// large a sum of positive ranks. Ranks make it bear infinite differences, which bounds may leave.
///
/// - Parameter differences: paired; zeros say nothing and are left out.
/// - Returns: the two-sided p; 1 where nothing is left.
/// - Complexity: O(n³) time for n pairs.
public func signedRankTest(_ differences: [Double]) -> Double {
  let moved = differences.filter { $0 != 0 }
  guard !moved.isEmpty else { return 1 }
  // Twice the midranks are whole numbers.
  let ranks = midranks(moved.map(abs)).map { Int(2 * $0) }
  let ways = subsetSums(ranks)
  let positive = zip(moved, ranks).reduce(0) { $1.0 > 0 ? $0 + $1.1 : $0 }
  let smaller = min(positive, ways.count - 1 - positive)
  let tail = ways[...smaller].reduce(0, +) / exp2(Double(moved.count))
  return min(1, 2 * tail)
}

/// The differences that the sign-flip test on signed ranks does not refuse: an interval for their
/// centre.
///
/// Its ends are order statistics of the Walsh averages (Hodges, Lehmann 1963). With too few pairs
/// for the level (under six at 95 %), nothing can be refused and the interval is the whole line.
///
/// - Parameters:
///   - differences: paired; −∞ or +∞ may occur, not both.
///   - level: the coverage.
/// - Returns: the interval, with infinite ends where nothing can be refused.
public func signedRankInterval(_ differences: [Double], level: Double = 0.95) -> Interval {
  let n = differences.count
  guard n > 0 else { return Interval(low: -.infinity, high: .infinity) }
  var averages: [Double] = []
  for i in 0..<n {
    for j in i..<n { averages.append((differences[i] + differences[j]) / 2) }
  }
  averages.sort()
  let ways = subsetSums(Array(1...n))
  let allowed = (1 - level) / 2 * exp2(Double(n))
  var cut = 0
  var tail = 0.0
  while cut < averages.count, tail + ways[cut] <= allowed {
    tail += ways[cut]
    cut += 1
  }
  guard cut > 0 else { return Interval(low: -.infinity, high: .infinity) }
  return Interval(low: averages[cut - 1], high: averages[averages.count - cut])
}

/// The number of subsets of `parts` by their sum.
private func subsetSums(_ parts: [Int]) -> [Double] {
  var ways = Array(repeating: 0.0, count: parts.reduce(0, +) + 1)
  ways[0] = 1
  for part in parts {
    for sum in stride(from: ways.count - 1, through: part, by: -1) {
      ways[sum] += ways[sum - part]
    }
  }
  return ways
}
