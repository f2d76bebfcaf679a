/// Weighted sums along one axis, in one kind of arithmetic.
protocol ResamplingKernel {
  associatedtype Value: SampleValue
  init(_ plan: ResamplingPlan)
  /// Rows of `old` pixels become rows of as many as the plan has.
  func alongRows(_ values: [Value], rows: Int, old: Int, _ channels: Int) -> [Value]
  /// Frames of `old` rows, each of `row` samples, become frames of as many as the plan has.
  func acrossRows(_ values: [Value], frames: Int, old: Int, row: Int) -> [Value]
}

/// 8-bit samples with 22-bit fixed-point weights: bit for bit what Pillow computes.
struct ByteKernel: ResamplingKernel {
  private let plan: ResamplingPlan
  private let weights: [Int32]
  private static let bits: Int32 = 22

  init(_ plan: ResamplingPlan) {
    self.plan = plan
    let one = Double(1 << Self.bits)
    weights = plan.weights.map { Int32($0 * one + ($0 < 0 ? -0.5 : 0.5)) }
  }

  private static func rounded(_ sum: Int32) -> UInt8 {
    UInt8(max(0, min(255, sum >> bits)))
  }

  /// Three channels at once.
  private static func addColours(
    _ start: UnsafePointer<UInt8>, _ weight: UnsafePointer<Int32>, _ length: Int,
    to target: UnsafeMutablePointer<UInt8>
  ) {
    let half: Int32 = 1 << (bits - 1)
    var (red, green, blue) = (half, half, half)
    for tap in 0..<length {
      let pixel = start + tap &* 3
      red &+= Int32(pixel[0]) &* weight[tap]
      green &+= Int32(pixel[1]) &* weight[tap]
      blue &+= Int32(pixel[2]) &* weight[tap]
    }
    target[0] = rounded(red)
    target[1] = rounded(green)
    target[2] = rounded(blue)
  }

  func alongRows(_ values: [UInt8], rows: Int, old: Int, _ channels: Int) -> [UInt8] {
    let new = plan.starts.count
    return filled(rows * new * channels, values, weights) { out, values, weights in
      for row in 0..<rows {
        let source = values + row * old * channels
        var target = out + row * new * channels
        for index in 0..<new {
          let weight = weights + index * plan.stride
          let start = source + plan.starts[index] * channels
          let length = plan.lengths[index]
          if channels == 3 {
            Self.addColours(start, weight, length, to: target)
          } else {
            for channel in 0..<channels {
              var sum: Int32 = 1 << (Self.bits - 1)
              for tap in 0..<length {
                sum &+= Int32(start[tap &* channels &+ channel]) &* weight[tap]
              }
              target[channel] = Self.rounded(sum)
            }
          }
          target += channels
        }
      }
    }
  }

  func acrossRows(_ values: [UInt8], frames: Int, old: Int, row: Int) -> [UInt8] {
    let new = plan.starts.count
    var sums = [Int32](repeating: 0, count: row)
    return filled(frames * new * row, values, weights) { out, values, weights in
      sums.withUnsafeMutableBufferPointer { sums in
        for index in 0..<frames * new {
          let (frame, position) = (index / new, index % new)
          sums.update(repeating: 1 << (Self.bits - 1))
          for tap in 0..<plan.lengths[position] {
            let source = values + (frame * old + plan.starts[position] + tap) * row
            let weight = weights[position * plan.stride + tap]
            for column in 0..<row { sums[column] &+= Int32(source[column]) &* weight }
          }
          let target = out + index * row
          for column in 0..<row { target[column] = Self.rounded(sums[column]) }
        }
      }
    }
  }
}

/// Floating-point sums, for all other samples.
struct FloatKernel<Real: SampleValue & BinaryFloatingPoint>: ResamplingKernel {
  private let plan: ResamplingPlan
  private let weights: [Real]

  init(_ plan: ResamplingPlan) {
    self.plan = plan
    weights = plan.weights.map { Real($0) }
  }

  func alongRows(_ values: [Real], rows: Int, old: Int, _ channels: Int) -> [Real] {
    let new = plan.starts.count
    return filled(rows * new * channels, values, weights) { out, values, weights in
      for row in 0..<rows {
        let source = values + row * old * channels
        let target = out + row * new * channels
        for index in 0..<new * channels {
          let (position, channel) = (index / channels, index % channels)
          let start = source + (plan.starts[position] * channels + channel)
          let weight = weights + position * plan.stride
          var sum: Real = 0
          for tap in 0..<plan.lengths[position] { sum += start[tap &* channels] * weight[tap] }
          target[index] = sum
        }
      }
    }
  }

  func acrossRows(_ values: [Real], frames: Int, old: Int, row: Int) -> [Real] {
    let new = plan.starts.count
    return filled(frames * new * row, values, weights) { out, values, weights in
      for index in 0..<frames * new {
        let (frame, position) = (index / new, index % new)
        let target = out + index * row
        target.update(repeating: 0, count: row)
        for tap in 0..<plan.lengths[position] {
          let source = values + (frame * old + plan.starts[position] + tap) * row
          let weight = weights[position * plan.stride + tap]
          for column in 0..<row { target[column] += source[column] * weight }
        }
      }
    }
  }
}

/// An array of `count` values that `body` fills, reading two others in place.
private func filled<Value: SampleValue, Weight>(
  _ count: Int, _ values: [Value], _ weights: [Weight],
  _ body: (UnsafeMutablePointer<Value>, UnsafePointer<Value>, UnsafePointer<Weight>) -> Void
) -> [Value] {
  [Value](unsafeUninitializedCapacity: count) { out, initialized in
    values.withUnsafeBufferPointer { values in
      weights.withUnsafeBufferPointer { weights in
        guard let target = out.baseAddress, let source = values.baseAddress,
          let factors = weights.baseAddress
        else { return }
        body(target, source, factors)
        initialized = count
      }
    }
  }
}
