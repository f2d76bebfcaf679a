extension ImageBuffer {
  /// The window between two percentiles of the physical values of all frames.
  ///
  /// Values that are not finite do not count. Of more than 2²⁰ samples of over 16 bits an evenly
  /// spaced 2²⁰ or more are taken. An image of one value gets a window of width 1 around it.
  public func percentileWindow(low: Double = 0.5, high: Double = 99.5) -> Window {
    precondition(0 <= low && low < high && high <= 100, "percentiles \(low) and \(high)")
    if modalityLUT != nil || frameValues.contains(where: { $0.rescale != rescale }) {
      return modality().percentileWindow(low: low, high: high)
    }
    let values = sample.smallRange.map { counted($0, [low, high]) } ?? sorted([low, high])
    guard values.count == 2 else { return Window(from: 0, to: 1) }
    let physical = values.map { $0 * (rescale?.slope ?? 1) + (rescale?.intercept ?? 0) }
    let (from, to) = (min(physical[0], physical[1]), max(physical[0], physical[1]))
    return from < to ? Window(from: from, to: to) : Window(from: from - 0.5, to: from + 0.5)
  }

  private static func position(_ percentile: Double, of count: Int) -> Int {
    Int((percentile / 100 * Double(count - 1)).rounded())
  }

  /// Percentiles out of how often each value of a small range occurs.
  private func counted(_ range: ClosedRange<Int>, _ percentiles: [Double]) -> [Double] {
    var counts = [Int](repeating: 0, count: range.count)
    for value in allFloats() { counts[Int(value) - range.lowerBound] += 1 }
    return percentiles.map { percentile in
      var left = Self.position(percentile, of: sampleCount)
      let index = counts.firstIndex { count in
        left -= count
        return left < 0
      }
      return Double((index ?? 0) + range.lowerBound)
    }
  }

  /// Percentiles out of a sample put in order; none where no value is finite.
  private func sorted(_ percentiles: [Double]) -> [Double] {
    let all = doubles()
    let chosen = stride(from: 0, to: all.count, by: max(1, all.count >> 20)).map { all[$0] }
    let sorted = chosen.filter(\.isFinite).sorted()
    if sorted.isEmpty { return [] }
    return percentiles.map { sorted[Self.position($0, of: sorted.count)] }
  }
}
