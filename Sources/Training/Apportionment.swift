import Base

/// Shares out `seats` in proportion to `weights` by largest remainders, ties by `key`; the parts
/// sum to `seats`.
func apportion(_ seats: Int, _ weights: [Double], key: RandomKey) -> [Int] {
  let total = weights.reduce(0, +)
  let exact = weights.map { Double(seats) * $0 / total }
  var parts = exact.map { Int($0) }
  let byRemainder = weights.indices.sorted { one, other in
    let (a, b) = (
      exact[one] - exact[one].rounded(.down), exact[other] - exact[other].rounded(.down)
    )
    return a != b ? a > b : key.tieRank(one) < key.tieRank(other)
  }
  for index in byRemainder.prefix(seats - parts.reduce(0, +)) { parts[index] += 1 }
  return parts
}
