/// The area under the ROC curve: how often a positive scores above a negative, ties counting half
/// (the Mann–Whitney statistic).
///
/// - Parameters:
///   - scores: one per case, higher means more likely positive.
///   - positive: whether the case is positive.
/// - Returns: 0 to 1, or `nil` unless both kinds are present.
/// - Complexity: O(n log n).
public func areaUnderROC(scores: [Double], positive: [Bool]) -> Double? {
  precondition(scores.count == positive.count, "one truth per score")
  let positives = Double(positive.count(where: { $0 }))
  let negatives = Double(positive.count) - positives
  guard positives > 0, negatives > 0 else { return nil }
  let rankSum = zip(midranks(scores), positive).reduce(0.0) { $1.1 ? $0 + $1.0 : $0 }
  return (rankSum - positives * (positives + 1) / 2) / (positives * negatives)
}

/// The area under the precision–recall curve as average precision, Σ (Rₖ − Rₖ₋₁) Pₖ over the distinct
/// thresholds from the highest, without interpolation.
///
/// - Parameters:
///   - scores: one per case, higher means more likely positive.
///   - positive: whether the case is positive.
/// - Returns: 0 to 1, or `nil` without a positive.
/// - Complexity: O(n log n).
public func averagePrecision(scores: [Double], positive: [Bool]) -> Double? {
  precondition(scores.count == positive.count, "one truth per score")
  let positives = positive.count(where: { $0 })
  guard positives > 0 else { return nil }
  let order = scores.indices.sorted { scores[$0] > scores[$1] }
  var found = 0
  var area = 0.0
  var start = 0
  while start < order.count {
    var end = start
    let before = found
    while end < order.count, scores[order[end]] == scores[order[start]] {
      if positive[order[end]] { found += 1 }
      end += 1
    }
    area += Double(found - before) / Double(positives) * Double(found) / Double(end)
    start = end
  }
  return area
}
