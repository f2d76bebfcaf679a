/// Minimises a smooth convex function by limited-memory BFGS in float64.
///
/// Nocedal, Wright. *Numerical Optimization.* 2nd edition, 2006, Algorithms 7.4 and 7.5; steps by
/// backtracking to Armijo's condition with quadratic interpolation, and pairs of too little
/// curvature are skipped, so that the matrix stays positive definite. Deterministic.
package struct LBFGS {
  /// Pairs of step and gradient change that are kept.
  package var memory = 12
  /// Most steps.
  package var iterations = 500
  /// It ends when no component of the gradient is larger.
  package var tolerance = 1e-8

  /// The customary settings.
  package init() {}

  /// The minimiser found from `start`; `evaluate` gives value and gradient.
  package func minimize(
    _ start: [Double], _ evaluate: ([Double]) -> (value: Double, gradient: [Double])
  ) -> [Double] {
    var point = start
    var (value, gradient) = evaluate(point)
    var pairs: [Pair] = []
    for _ in 0..<iterations where largest(gradient) > tolerance {
      var direction = descent(gradient, pairs)
      if dot(direction, gradient) >= 0 {
        pairs = []
        direction = gradient.map { -$0 }
      }
      let first = pairs.isEmpty ? min(1, 1 / largest(gradient)) : 1
      guard let next = step(point, value, gradient, direction, first, evaluate) else { break }
      let pair = Pair(
        step: zip(next.point, point).map(-), change: zip(next.gradient, gradient).map(-))
      if pair.curvature > 1e-12 * dot(pair.change, pair.change) { pairs.append(pair) }
      if pairs.count > memory { pairs.removeFirst() }
      (point, value, gradient) = (next.point, next.value, next.gradient)
    }
    return point
  }

  private struct Pair {
    let step: [Double]
    let change: [Double]
    let curvature: Double

    init(step: [Double], change: [Double]) {
      (self.step, self.change) = (step, change)
      curvature = dot(step, change)
    }
  }

  /// −H·g by the two-loop recursion.
  private func descent(_ gradient: [Double], _ pairs: [Pair]) -> [Double] {
    var q = gradient
    var factors: [Double] = []
    for pair in pairs.reversed() {
      let factor = dot(pair.step, q) / pair.curvature
      add(-factor, pair.change, to: &q)
      factors.append(factor)
    }
    if let last = pairs.last {
      let scale = last.curvature / dot(last.change, last.change)
      for index in q.indices { q[index] *= scale }
    }
    for (pair, factor) in zip(pairs, factors.reversed()) {
      add(factor - dot(pair.change, q) / pair.curvature, pair.step, to: &q)
    }
    return q.map { -$0 }
  }

  /// The first point along `direction` that lowers the value enough, or nil where rounding allows
  /// no lower one.
  private func step(
    _ point: [Double], _ value: Double, _ gradient: [Double], _ direction: [Double],
    _ first: Double, _ evaluate: ([Double]) -> (value: Double, gradient: [Double])
  ) -> (point: [Double], value: Double, gradient: [Double])? {
    let slope = dot(gradient, direction)
    var length = first
    for _ in 0..<40 {
      var next = point
      add(length, direction, to: &next)
      let (newValue, newGradient) = evaluate(next)
      if newValue.isFinite, newValue <= value + 1e-4 * length * slope {
        return newValue < value ? (next, newValue, newGradient) : nil
      }
      let parabola = -slope * length / (2 * (newValue - value - slope * length)) * length
      let isUsable = parabola.isFinite && parabola > 0.1 * length && parabola < 0.5 * length
      length = isUsable ? parabola : 0.5 * length
    }
    return nil
  }
}

private func dot(_ a: [Double], _ b: [Double]) -> Double {
  a.withUnsafeBufferPointer { a in
    b.withUnsafeBufferPointer { b in
      var sum = 0.0
      for index in a.indices { sum += a[index] * b[index] }
      return sum
    }
  }
}

private func add(_ factor: Double, _ a: [Double], to b: inout [Double]) {
  for index in a.indices { b[index] += factor * a[index] }
}

private func largest(_ a: [Double]) -> Double { a.reduce(0) { max($0, abs($1)) } }
