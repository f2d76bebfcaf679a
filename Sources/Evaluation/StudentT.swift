import Foundation

/// Student's t distribution, through the regularised incomplete beta function.
public struct StudentT: Sendable {
  /// The degrees of freedom.
  public let freedom: Double

  /// A distribution with a positive number of degrees of freedom.
  public init(freedom: Double) {
    precondition(freedom > 0, "degrees of freedom are positive")
    self.freedom = freedom
  }

  /// The probability of a value at least as far from 0 as `t`.
  public func twoSided(_ t: Double) -> Double {
    incompleteBeta(freedom / (freedom + t * t), freedom / 2, 0.5)
  }

  /// The value below which the share `level` lies, 0 < level < 1; found by bisection.
  public func quantile(_ level: Double) -> Double {
    precondition(level > 0 && level < 1, "a quantile's level lies between 0 and 1")
    if level < 0.5 { return -quantile(1 - level) }
    let tail = 2 * (1 - level)
    var (low, high) = (0.0, 1.0)
    while twoSided(high) > tail { high *= 2 }
    for _ in 0..<80 {
      let middle = (low + high) / 2
      if twoSided(middle) > tail { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }
}

/// The regularised incomplete beta function I_x(a, b), by its continued fraction (Lentz's method).
func incompleteBeta(_ x: Double, _ a: Double, _ b: Double) -> Double {
  if x <= 0 { return 0 }
  if x >= 1 { return 1 }
  if x > (a + 1) / (a + b + 2) { return 1 - incompleteBeta(1 - x, b, a) }
  let logBeta = lgamma(a) + lgamma(b) - lgamma(a + b)
  let front = exp(a * log(x) + b * log(1 - x) - logBeta) / a
  return front * betaFraction(x, a, b)
}

private func betaFraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
  let tiny = 1e-300
  var c = 1.0
  var d = 1 / notZero(1 - (a + b) * x / (a + 1), tiny)
  var result = d
  for m in 1...1000 {
    let m = Double(m)
    let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
    let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
    var factor = 1.0
    for term in [even, odd] {
      d = 1 / notZero(1 + term * d, tiny)
      c = notZero(1 + term / c, tiny)
      factor = c * d
      result *= factor
    }
    if abs(factor - 1) < 1e-16 { break }
  }
  return result
}

private func notZero(_ value: Double, _ tiny: Double) -> Double { abs(value) < tiny ? tiny : value }
