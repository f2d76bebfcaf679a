extension ImageBuffer {
  /// The window between two percentiles of the physical values of all frames.
  ///
  /// Values that are not finite do not count. Of more than 2²⁰ samples an evenly spaced 2²⁰ are
  /// taken. An image of one value gets a window of width 1 around it.
  public func percentileWindow(low: Double = 0.5, high: Double = 99.5) -> Window {
    precondition(0 <= low && low < high && high <= 100, "percentiles \(low) and \(high)")
    func run<Value: SampleValue>(_: Value.Type) -> [Double] {
      withSamples(Value.self) { values in
        let step = max(1, values.count >> 20)
        return Swift.stride(from: 0, to: values.count, by: step)
          .map { values[$0].double }.filter(\.isFinite)
      }
    }
    let sorted = run(sample.type).sorted()
    guard !sorted.isEmpty else { return Window(from: 0, to: 1) }
    func physical(_ percentile: Double) -> Double {
      let position = Int((percentile / 100 * Double(sorted.count - 1)).rounded())
      return sorted[position] * (rescale?.slope ?? 1) + (rescale?.intercept ?? 0)
    }
    let (first, last) = (physical(low), physical(high))
    let (from, to) = (min(first, last), max(first, last))
    return from < to ? Window(from: from, to: to) : Window(from: from - 0.5, to: from + 0.5)
  }
}
