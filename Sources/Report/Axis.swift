import Foundation

/// A straight or logarithmic scale between values and places in a drawing.
struct Axis {
  let domain: ClosedRange<Double>
  let start: Double
  let end: Double
  let isLogarithmic: Bool

  /// A scale from `domain` to the places `start … end`; start may be the larger.
  init(_ domain: ClosedRange<Double>, from start: Double, to end: Double, logarithmic: Bool = false)
  {
    let isPoint = domain.lowerBound == domain.upperBound
    let (low, high) = (domain.lowerBound, domain.upperBound)
    let widened = logarithmic ? low / 2...high * 2 : low - 0.5...high + 0.5
    self.domain = isPoint ? widened : domain
    self.start = start
    self.end = end
    isLogarithmic = logarithmic
  }

  /// The place of a value.
  func place(_ value: Double) -> Double {
    let (low, high) = (scaled(domain.lowerBound), scaled(domain.upperBound))
    return start + (scaled(value) - low) / (high - low) * (end - start)
  }

  /// About `count` round values inside the domain.
  func ticks(_ count: Int = 5) -> [Double] {
    isLogarithmic ? powerTicks(count) : roundTicks(count)
  }

  private func scaled(_ value: Double) -> Double { isLogarithmic ? log2(value) : value }

  private func roundTicks(_ count: Int) -> [Double] {
    let span = domain.upperBound - domain.lowerBound
    let power = pow(10, floor(log10(span / Double(count))))
    let step = [1, 2, 5, 10].map { $0 * power }.first { span / $0 <= Double(count) } ?? span
    let first = Int((domain.lowerBound / step - 1e-9).rounded(.up))
    let last = Int((domain.upperBound / step + 1e-9).rounded(.down))
    return first > last ? [] : (first...last).map { Double($0) * step }
  }

  /// Powers of two, thinned out where there are many.
  private func powerTicks(_ count: Int) -> [Double] {
    let first = Int((log2(domain.lowerBound) - 1e-9).rounded(.up))
    let last = Int((log2(domain.upperBound) + 1e-9).rounded(.down))
    guard first <= last else { return [domain.lowerBound, domain.upperBound] }
    let step = max(1, Int((Double(last - first) / Double(count)).rounded(.up)))
    return stride(from: first, through: last, by: step).map { exp2(Double($0)) }
  }
}

/// A coordinate with at most one decimal.
func coordinate(_ value: Double) -> String {
  let tenths = Int((value * 10).rounded())
  return tenths % 10 == 0
    ? "\(tenths / 10)" : "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
}
