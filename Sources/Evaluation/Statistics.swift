import Foundation

/// The mean, or `nil` of nothing.
public func mean(_ values: [Double]) -> Double? {
  values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
}

/// The deviation around the mean with `count − 1` in the denominator; `nil` under two values.
public func standardDeviation(_ values: [Double]) -> Double? {
  guard values.count > 1, let centre = mean(values) else { return nil }
  let squares = values.reduce(0) { $0 + ($1 - centre) * ($1 - centre) }
  return (squares / Double(values.count - 1)).squareRoot()
}

/// The standard error of the mean; `nil` under two values.
public func standardError(_ values: [Double]) -> Double? {
  standardDeviation(values).map { $0 / Double(values.count).squareRoot() }
}

/// The value below which the share `level` of the values lies, interpolated linearly between order
/// statistics (NumPy's default); `nil` of nothing.
///
/// - Parameters:
///   - values: in any order.
///   - level: from 0 to 1.
/// - Returns: the percentile, `nil` of nothing.
/// - Complexity: O(n log n).
public func percentile(_ values: [Double], _ level: Double) -> Double? {
  precondition((0...1).contains(level), "a percentile's level lies in 0...1")
  guard !values.isEmpty else { return nil }
  let sorted = values.sorted()
  let place = level * Double(sorted.count - 1)
  let below = Int(place)
  let above = min(below + 1, sorted.count - 1)
  return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
}

/// The rank of each value from 1 on; equal values share their mean rank.
///
/// - Complexity: O(n log n).
public func midranks(_ values: [Double]) -> [Double] {
  let order = values.indices.sorted { values[$0] < values[$1] }
  var ranks = Array(repeating: 0.0, count: values.count)
  var start = 0
  while start < order.count {
    var end = start
    while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
    for place in start..<end { ranks[order[place]] = Double(start + end + 1) / 2 }
    start = end
  }
  return ranks
}
