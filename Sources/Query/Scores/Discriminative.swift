import Base
import Foundation

/// How well an item can be told from the labelled ones.
///
/// Gissin, Shalev-Shwartz. *Discriminative Active Learning.* 2019.
/// <https://arxiv.org/abs/1907.06347>. P(unlabelled | x) of a logistic regression of "unlabelled"
/// against "labelled" on frozen features, both sides of equal weight, never asked of an item that it
/// has learnt from: items are in five folds.
///
/// Minimised is Σ w log(1 + e^(−y f(x))) + (λ/2) ‖β‖², with the weights of each side summing to 1/2,
/// by Newton's method; the intercept is not penalised.
///
/// - Reads: `embeddings [N, D]`, prepared (see `Preparation.standard`).
/// - Cost: O(5·iterations·min(N, 20,000)·256²); learnt from are at most 20,000 unlabelled items, a
///   uniform sample.
/// - Randomness: the folds, which follow the order of places.
/// - Hyper-parameters: λ = 10⁻³.
/// - Departures: the paper trains a network on the current representation, in mini-batches of picks.
struct Discriminative {
  static let card = MethodCard(
    "can be told from the labelled items", cost: "O(100·min(N, 20,000)·D²)",
    regime: "few labels; no trained head is asked", paper: "Gissin, Shalev-Shwartz 2019")
  static let lambda = 1e-3
  private static let most = 20_000
  private static let folds = 5

  /// P(unlabelled) by place; zero at labelled ones, and everywhere without a label.
  static func values(_ draft: Draft) throws -> [Double] {
    var values = [Double](repeating: 0, count: draft.count)
    let labelled = draft.isLabelled.indices.filter { draft.isLabelled[$0] }
    guard let matrix = draft.pool.features(.embeddings), !labelled.isEmpty else { return values }
    let points = try Preparation.standard.points(draft, matrix, places: Array(0..<draft.count))
    for fold in 0..<folds {
      func isLearnt(_ slot: Int) -> Bool { slot % folds != fold }
      let rest = labelled.indices.filter(isLearnt).map { labelled[$0] }
      let others = draft.unlabelled.prefix(most).indices.filter(isLearnt)
        .map { draft.unlabelled[$0] }
      let asked = draft.unlabelled.indices.filter { !isLearnt($0) }.map { draft.unlabelled[$0] }
      guard !others.isEmpty else { continue }
      let fit = LogisticRegression(
        points, positive: others, negative: rest.isEmpty ? labelled : rest, lambda: lambda)
      for place in asked { values[place] = fit.probability(points, place) }
    }
    return values
  }
}

/// A logistic regression with two sides of equal weight.
struct LogisticRegression {
  private var coefficients: [Double]
  private static let iterations = 25

  /// Fits P(positive) on points.
  init(_ points: Points, positive: [Int], negative: [Int], lambda: Double) {
    let width = points.width + 1
    let rows = points.withIntercept(positive + negative)
    let signs = positive.map { _ in 1.0 } + negative.map { _ in -1.0 }
    let weights =
      positive.map { _ in 0.5 / Double(positive.count) }
      + negative.map { _ in 0.5 / Double(negative.count) }
    coefficients = Array(repeating: 0, count: width)
    for _ in 0..<Self.iterations {
      var gradient = coefficients.map { $0 * lambda }
      gradient[width - 1] = 0
      var curvatures = weights
      for (row, sign) in signs.enumerated() {
        let value = (0..<width).reduce(0) {
          $0 + coefficients[$1] * Double(rows[row * width + $1])
        }
        let wrong = 1 / (1 + exp(sign * value))
        curvatures[row] = weights[row] * wrong * (1 - wrong)
        let slope = -sign * weights[row] * wrong
        for column in 0..<width { gradient[column] += slope * Double(rows[row * width + column]) }
      }
      var hessian = weightedProducts(rows, weights: curvatures, width: width)
      for column in 0..<width - 1 { hessian[column * width + column] += lambda }
      let step = LinearSystem(hessian, size: width, ridge: 1e-9).solution(gradient)
      for column in 0..<width { coefficients[column] -= step[column] }
      if step.allSatisfy({ abs($0) < 1e-6 }) { break }
    }
  }

  /// P(positive) of a point.
  func probability(_ points: Points, _ index: Int) -> Double {
    1 / (1 + exp(-points.value(coefficients, at: index)))
  }
}

extension Score {
  /// The probability of being unlabelled, out of fold.
  public static let discriminative = Score("discriminative", reads: [.embeddings]) {
    try Discriminative.values($0)
  }
}
