/// Spearman's rank correlation, ties at their mean rank: Pearson's correlation of the ranks.
///
/// Spearman. *The Proof and Measurement of Association between Two Things.* 1904.
///
/// - Returns: −1…1; nil for fewer than two pairs, or where one side does not vary.
/// - Complexity: O(n log n).
public func spearmanCorrelation(_ x: [Double], _ y: [Double]) -> Double? {
  precondition(x.count == y.count, "\(x.count) values are not paired with \(y.count)")
  let (a, b) = (midranks(x), midranks(y))
  let centre = Double(x.count + 1) / 2
  let product = zip(a, b).reduce(0) { $0 + ($1.0 - centre) * ($1.1 - centre) }
  let (squareA, squareB) = (squares(a, about: centre), squares(b, about: centre))
  return squareA > 0 && squareB > 0 ? product / (squareA * squareB).squareRoot() : nil
}

private func squares(_ ranks: [Double], about centre: Double) -> Double {
  ranks.reduce(0) { $0 + ($1 - centre) * ($1 - centre) }
}
