import Base
import Foundation

/// From typical items to uncertain ones, as the labels come to cover the pool.
///
/// Mishal, Weinshall. *DCoM: Active Learning for All Learners.* 2024.
/// <https://arxiv.org/abs/2407.01804>. Each labelled item covers a ball: the widest, up to 1.1 and to
/// within 0.05, in which a share of at least 0.2·cov + 0.4 of the items is predicted to be of its
/// class. With cov the share of the pool in a ball, the competence is
/// s = (1 + e^(−k(1−a))) / (1 + e^(−k(cov−a))), and chosen is the highest s · margin + (1 − s) · degree,
/// both scaled to 0…1 over what is left, degree being the number of uncovered items within the mean
/// radius; these count as covered from then on.
///
/// - Reads: `probabilities [N, C]` and `embeddings [N, D]`, prepared (see `Preparation.standard`).
/// - Utility: the number that is maximised.
/// - Cost: O((|L| + min(N, 50,000))·min(N, 20,000)·256); larger pools are covered on a uniform sample.
/// - Randomness: that of `ProbCover`'s radius, ties, and the samples in larger pools.
/// - Hyper-parameters: k = 30, a = 0.8: our choice, as the paper tunes them.
/// - Departures: the coverage in the balls' threshold is that of equal balls of `ProbCover`'s radius;
///   the competence stays as it is within a batch.
public struct DCoM: Rule {
  static let card = MethodCard(
    "from typical to uncertain as coverage grows", cost: "O((|L| + N)·min(N, 20,000)·D)",
    regime: "all; no switch to set", paper: "Mishal, Weinshall 2024")
  /// What the rule reads.
  public let needs: Set<PoolStatistic> = [.probabilities, .embeddings]
  /// Classification alone: a mask has no predicted class.
  public let tasks: Set<QueryTask> = [.classification]
  /// k: how suddenly uncertainty takes over.
  public let steepness: Double
  /// a: the coverage at which it does.
  public let turn: Double
  let name = "dcom"

  /// The rule with k and a.
  public init(steepness: Double = 30, turn: Double = 0.8) {
    (self.steepness, self.turn) = (steepness, turn)
  }

  func choose(_ draft: Draft) throws {
    try draft.requireProbabilities(for: name)
    guard let matrix = draft.pool.features(.embeddings),
      let margins = try draft.scoresOrCoverage(.margin)
    else { return }
    var balls = try AdaptiveBalls(draft, matrix)
    let competence = Self.competence(balls.coverage, steepness: steepness, turn: turn)
    while !draft.isFull {
      let open = balls.candidates.filter { draft.isOpen(balls.points.places[$0]) }
      let degrees = Self.scaled(open.map { balls.degrees[$0] })
      let scores = Self.scaled(open.map { margins[balls.points.places[$0]] })
      let values = zip(scores, degrees).map { competence * $0 + (1 - competence) * $1 }
      guard let slot = values.indices.max(by: { values[$0] < values[$1] }) else {
        let places = balls.candidates.map { balls.points.places[$0] }
        if draft.loosen(among: places) { continue } else { break }
      }
      let point = open[slot]
      draft.take(
        balls.points.places[point], values[slot],
        "margin \(margins[balls.points.places[point]].short), \(Int(balls.degrees[point])) uncovered "
          + "near it, competence \(competence.short)")
      balls.cover(by: point)
    }
    draft.fillAtRandom()
  }

  /// s of a coverage.
  package static func competence(_ coverage: Double, steepness k: Double, turn a: Double) -> Double
  {
    (1 + exp(-k * (1 - a))) / (1 + exp(-k * (coverage - a)))
  }

  /// Scaled to 0…1; zeros where nothing varies.
  private static func scaled(_ values: [Double]) -> [Double] {
    guard let low = values.min(), let high = values.max(), high > low else {
      return values.map { _ in 0 }
    }
    return values.map { ($0 - low) / (high - low) }
  }
}

/// Balls around the labelled items, each as wide as the predictions within agree with its label.
private struct AdaptiveBalls {
  let points: Points
  /// The points that may be chosen, as far as the sample goes.
  let candidates: [Int]
  /// By point: the number of uncovered references within the mean radius.
  private(set) var degrees: [Double]
  /// The share of the references that a ball holds.
  let coverage: Double
  private let radius: Double
  private var isCovered: [Bool]
  private static let widest = 1.1
  private static let resolution = 0.05

  init(_ draft: Draft, _ matrix: Matrix) throws {
    let window = Herding()
    let points = try window.points(draft, matrix)
    let count = min(window.sample.references, points.count)
    let guesses = try points.places.prefix(count).map { place in
      let p = try draft.probabilities(at: place)
      return p.indices.max { p[$0] < p[$1] } ?? 0
    }
    let labelled = points.places.indices.filter { draft.isLabelled[points.places[$0]] }
    let equal = try Purity(draft, matrix).radius()
    let share = Self.share(
      points.squaredDistances(toNearestOf: labelled).prefix(count), within: equal)
    var isCovered = [Bool](repeating: false, count: count)
    var sum = 0.0
    for label in labelled {
      let squares = (0..<count).map { points.squaredDistance(label, $0) }
      let isSame = guesses.map { $0 == draft.label(points.places[label]) }
      let radius = Self.radius(squares, isSame, purity: 0.2 * share + 0.4)
      for slot in 0..<count where Double(squares[slot]) <= radius * radius {
        isCovered[slot] = true
      }
      sum += radius
    }
    let radius = max(sum / Double(labelled.count), Self.resolution)
    let open = Coverage(
      points, references: count, weights: isCovered.map { $0 ? 0 : 1 },
      kernel: .ball(radius: radius))
    let candidates = points.places.indices.filter {
      $0 < window.sample.candidates && !draft.isLabelled[points.places[$0]]
    }
    var degrees = [Double](repeating: 0, count: points.count)
    for (point, degree) in zip(candidates, open.gains(of: candidates)) { degrees[point] = degree }
    coverage = Double(isCovered.count { $0 }) / Double(count)
    (self.points, self.candidates, self.degrees) = (points, candidates, degrees)
    (self.radius, self.isCovered) = (radius, isCovered)
  }

  private static func share(_ squares: ArraySlice<Float>, within radius: Double) -> Double {
    Double(squares.count { Double($0) <= radius * radius }) / Double(max(squares.count, 1))
  }

  /// Counts what lies within the mean radius of a point as covered.
  mutating func cover(by point: Int) {
    let limit = Kernel.limit(radius)
    let near = isCovered.indices.filter {
      !isCovered[$0] && ($0 == point || Double(points.squaredDistance(point, $0)) <= limit)
    }
    for slot in near { isCovered[slot] = true }
    var lost = [Double](repeating: 0, count: points.count)
    points.add(.ball(radius: radius), with: near, to: &lost)
    for candidate in candidates { degrees[candidate] -= lost[candidate] }
  }

  /// The widest radius, by bisection, at which a share of the items within are of the class.
  private static func radius(_ squares: [Float], _ isSame: [Bool], purity: Double) -> Double {
    var (low, high) = (0.0, widest)
    while high - low > resolution {
      let middle = (low + high) / 2
      let inside = squares.indices.filter { Double(squares[$0]) <= middle * middle }
      let same = inside.count { isSame[$0] }
      if Double(same) >= purity * Double(inside.count) { low = middle } else { high = middle }
    }
    return low
  }
}
