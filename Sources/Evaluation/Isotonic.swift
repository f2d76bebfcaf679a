/// The non-decreasing values nearest to the given ones in weighted squares (pool adjacent
/// violators).
///
/// Barlow, Bartholomew, Bremner, Brunk. *Statistical Inference under Order Restrictions.* 1972.
///
/// - Parameters:
///   - values: in their order.
///   - weights: positive, one per value; equal where left out.
/// - Returns: one fitted value per value.
/// - Complexity: O(n).
public func isotonicFit(_ values: [Double], weights: [Double]? = nil) -> [Double] {
  let weights = weights ?? Array(repeating: 1, count: values.count)
  precondition(weights.count == values.count, "one weight per value")
  var blocks: [(value: Double, weight: Double, count: Int)] = []
  for (value, weight) in zip(values, weights) {
    var block = (value: value, weight: weight, count: 1)
    while let last = blocks.last, last.value >= block.value {
      let total = last.weight + block.weight
      let merged = (last.value * last.weight + block.value * block.weight) / total
      block = (merged, total, last.count + block.count)
      blocks.removeLast()
    }
    blocks.append(block)
  }
  return blocks.flatMap { Array(repeating: $0.value, count: $0.count) }
}
