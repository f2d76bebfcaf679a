import Base

/// How much of a large pool coverage looks at.
package struct CoverageSample: Sendable {
  /// The items that stand for the pool.
  package var references = 20_000
  /// The items that may be chosen.
  package var candidates = 50_000

  /// As many as the rules take.
  package init() {}
}

/// Greedy coverage of the pool by a kernel, weighted or not: what `max-herding`, `uherding`,
/// `probcover` and `auto` have in common.
///
/// Up to 20,000 items the choice is exact. In larger pools F is estimated on that many references,
/// a uniform sample, and up to 50,000 candidates, another, are considered: the relative error of a
/// gain that covers a share q of the pool is about 1/√(20,000·q), and time and memory stay bounded.
///
/// - Complexity: O(min(N, 20,000) · min(N, 50,000) · 256) once, a small part of it per pick.
struct Herding {
  /// The kernel; nil for a Gaussian of `bandwidth` times the median distance.
  var kernel: Kernel?
  /// σ in units of the median distance.
  var bandwidth = 0.5
  /// Whether points are scaled to unit length whatever their width.
  var isAngular = false
  var sample = CoverageSample()

  /// Takes up to `limit` places; returns what is left of the limit when nothing more is to be
  /// gained.
  ///
  /// Weights are by place, nil for equal ones; `words` end the reason for a place.
  @discardableResult
  func take(
    _ draft: Draft, _ matrix: Matrix, weights: [Double]? = nil, upTo limit: Int = .max,
    words: (Int) -> String = { _ in "" }
  ) throws -> Int {
    var left = min(limit, draft.remaining)
    if left == 0 { return 0 }
    let points = try points(draft, matrix)
    let coverage = coverage(points, weights)
    coverage.cover(by: points.places.indices.filter { draft.isSettled(points.places[$0]) })
    let open = points.places.indices.filter {
      $0 < sample.candidates && !draft.isSettled(points.places[$0])
    }
    let places = open.map { points.places[$0] }
    var greedy = LazyGreedy(coverage, candidates: open)
    let least = 1e-6 * coverage.totalWeight
    let scale = Double(draft.count) / Double(max(coverage.references, 1))
    while left > 0 {
      guard let step = greedy.next({ draft.isOpen(points.places[$0]) }) else {
        if draft.loosen(among: places) { continue } else { return left }
      }
      if step.gain <= least { return left }
      let place = points.places[step.point]
      let covered = Double(coverage.cover(by: [step.point])) * scale
      draft.take(place, step.gain * scale, Self.reason(covered, scale > 1) + words(place))
      left -= 1
    }
    return 0
  }

  /// The references and candidates, first places first, and behind them what is settled.
  func points(_ draft: Draft, _ matrix: Matrix) throws -> Points {
    let window = min(draft.count, max(sample.references, sample.candidates))
    let outside = (window..<draft.count).filter(draft.isSettled)
    let places = Array(0..<window) + outside
    return isAngular
      ? try Preparation.direction(of: matrix, draft, places: places)
      : try Preparation.standard.points(draft, matrix, places: places)
  }

  /// Nothing covered yet.
  func coverage(_ points: Points, _ weights: [Double]?) -> Coverage {
    let kernel =
      kernel ?? .gaussian(sigma: bandwidth * Bandwidth.medianDistance(points))
    let count = min(sample.references, points.count)
    let weights = weights.map { weights in
      points.places.prefix(count).map { Float(weights[$0]) }
    }
    return Coverage(points, references: count, weights: weights, kernel: kernel)
  }

  private static func reason(_ covered: Double, _ isEstimate: Bool) -> String {
    let count = Int(covered.rounded())
    return "covers \(isEstimate ? "about " : "")\(count) item\(count == 1 ? "" : "s")"
  }
}

extension Draft {
  /// Chooses by coverage where the current model has nothing to say; at random without embeddings.
  func coverInstead(because reason: String) throws {
    if let matrix = pool.features(.embeddings) {
      try Herding().take(self, matrix) { _ in "; \(reason)" }
    }
    fillAtRandom(because: "drawn at random; \(reason)")
  }
}
