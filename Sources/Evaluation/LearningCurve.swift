import Foundation

/// A score by number of labels, of one arm and one seed.
public struct LearningCurve: Sendable, Equatable, Codable {
  /// One budget.
  public struct Point: Sendable, Equatable, Codable {
    /// The labels used by then, for whatever purpose.
    public let labels: Double
    /// The score on the test set.
    public let score: Double
  }

  /// By rising labels, each number once.
  public let points: [Point]

  /// A curve through points in any order; scores at the same number of labels are averaged.
  ///
  /// - Parameter points: at least one, each with a positive number of labels.
  public init(_ points: [(labels: Double, score: Double)]) {
    precondition(!points.isEmpty, "a learning curve needs a point")
    precondition(points.allSatisfy { $0.labels > 0 }, "a budget is positive")
    let byLabels = Dictionary(grouping: points, by: \.labels)
    self.points = byLabels.keys.sorted().map { labels in
      let scores = byLabels[labels, default: []].map(\.score)
      return Point(labels: labels, score: scores.reduce(0, +) / Double(scores.count))
    }
  }

  /// The area under the score over log2 of the labels, divided by its span: the mean score when
  /// every doubling of the labels counts the same.
  public var areaLog2: Double { area { log2($0.labels) } }

  /// The area over the labels themselves, divided by their span.
  public var areaLinear: Double { area { $0.labels } }

  /// The area when every round counts the same, whatever it cost.
  public var areaByRound: Double {
    guard points.count > 1 else { return points[0].score }
    let scores = points.map(\.score)
    let ends = (scores[0] + scores[scores.count - 1]) / 2
    return (scores.reduce(0, +) - ends) / Double(scores.count - 1)
  }

  /// The scores of the isotonic fit: never falling, which a curve of means would be without noise.
  public var fitted: [Double] { isotonicFit(points.map(\.score)) }

  /// The labels at which the fitted curve first reaches `target`, interpolated over log2 labels.
  ///
  /// A raw first crossing would reward noise. What was reached at the first budget, or never, is
  /// censored there.
  public func labels(toReach target: Double) -> LabelsToTarget {
    let fit = fitted
    guard let after = fit.firstIndex(where: { $0 >= target }) else {
      return .over(points[points.count - 1].labels)
    }
    guard after > 0 else { return .atMost(points[0].labels) }
    guard fit[after] > target else { return .reached(points[after].labels) }
    let share = (target - fit[after - 1]) / (fit[after] - fit[after - 1])
    let (low, high) = (log2(points[after - 1].labels), log2(points[after].labels))
    return .reached(exp2(low + share * (high - low)))
  }

  private func area(over axis: (Point) -> Double) -> Double {
    guard let first = points.first, let last = points.last, points.count > 1 else {
      return points[0].score
    }
    let sum = zip(points, points.dropFirst()).reduce(0.0) { sum, pair in
      sum + (pair.0.score + pair.1.score) / 2 * (axis(pair.1) - axis(pair.0))
    }
    return sum / (axis(last) - axis(first))
  }
}
