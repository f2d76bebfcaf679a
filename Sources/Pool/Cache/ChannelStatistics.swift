/// Sums over the pixels of training images, by channel; added in a fixed order, so the result does
/// not depend on threads.
struct ChannelStatistics: Sendable {
  private(set) var count = 0.0
  private(set) var sums: [Double]
  private(set) var squares: [Double]

  init(channels: Int) {
    sums = Array(repeating: 0, count: channels)
    squares = sums
  }

  /// Adds an image `[C, H, W]`.
  mutating func add(_ samples: UnsafeBufferPointer<some FixedWidthInteger & UnsignedInteger>) {
    let pixels = samples.count / sums.count
    for channel in sums.indices {
      var sum: UInt64 = 0
      var square: UInt64 = 0
      for sample in samples[channel * pixels..<(channel + 1) * pixels] {
        let value = UInt64(sample)
        sum &+= value
        square &+= value &* value
      }
      sums[channel] += Double(sum)
      squares[channel] += Double(square)
    }
    count += Double(pixels)
  }

  /// Adds what another one has seen.
  mutating func add(_ other: ChannelStatistics) {
    count += other.count
    for channel in sums.indices {
      sums[channel] += other.sums[channel]
      squares[channel] += other.squares[channel]
    }
  }

  /// Mean and standard deviation with full scale 1; (0.5, 0.25) where nothing was seen, and never a
  /// deviation of 0.
  func result(fullScale: Int) -> (mean: [Double], deviation: [Double]) {
    guard count > 0 else {
      return (sums.map { _ in 0.5 }, sums.map { _ in 0.25 })
    }
    let scale = Double(fullScale)
    let mean = sums.map { $0 / count }
    let deviation = zip(squares, mean).map { square, mean in
      let variance = max(0, square / count - mean * mean).squareRoot()
      return variance == 0 ? 1 : variance / scale
    }
    return (mean.map { $0 / scale }, deviation)
  }
}
