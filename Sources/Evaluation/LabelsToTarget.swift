import Foundation

/// How many labels an arm needed for a target score, as far as its curve tells.
public enum LabelsToTarget: Sendable, Equatable, Codable {
  /// The target was reached between two budgets.
  case reached(Double)
  /// The first budget sufficed: at most so many (left-censored).
  case atMost(Double)
  /// The last budget did not suffice: more than so many (right-censored).
  case over(Double)

  /// The number of labels, or the bound.
  public var labels: Double {
    switch self {
    case .reached(let labels), .atMost(let labels), .over(let labels): labels
    }
  }

  /// The geometric mean of several runs, a bound where one of them is; one that was reached at once
  /// outweighs one that was never, which claims less for what is measured against it.
  init(meanOf runs: [LabelsToTarget]) {
    precondition(!runs.isEmpty, "a mean needs a run")
    if runs.count == 1 {
      self = runs[0]
      return
    }
    let centre = exp(runs.reduce(0) { $0 + log($1.labels) } / Double(runs.count))
    let isAtMost = runs.contains { if case .atMost = $0 { true } else { false } }
    self =
      isAtMost
      ? .atMost(centre) : runs.contains(where: \.isCensored) ? .over(centre) : .reached(centre)
  }

  /// Whether only a bound is known.
  public var isCensored: Bool {
    if case .reached = self { false } else { true }
  }
}

/// The median by Kaplan and Meier, who let a case count as long as it is known to have lasted.
///
/// *Nonparametric Estimation from Incomplete Observations.* JASA 1958. The median is the first time
/// at which the survival is a half or less. Only right-censoring is known to the method: a
/// left-censored case counts as an event at its bound, and a median that falls on one is marked.
///
/// - Parameter cases: at least one.
/// - Returns: the median, or that it lies beyond the last bound.
/// - Complexity: O(n log n).
public func kaplanMeierMedian(_ cases: [LabelsToTarget]) -> LabelsToTarget {
  precondition(!cases.isEmpty, "a median needs a case")
  let steps = kaplanMeier(cases)
  guard let step = steps.first(where: { $0.survival <= 0.5 }) else {
    return .over(cases.map(\.labels).max() ?? 0)
  }
  return cases.contains(.atMost(step.labels)) ? .atMost(step.labels) : .reached(step.labels)
}

/// The survival curve: the share of cases that have not reached the target after so many labels.
///
/// - Parameter cases: in any order.
/// - Returns: one step for every number of labels at which a case reached its target.
public func kaplanMeier(_ cases: [LabelsToTarget]) -> [(labels: Double, survival: Double)] {
  var survival = 1.0
  let events = cases.filter { if case .over = $0 { false } else { true } }
  return Set(events.map(\.labels)).sorted().map { time in
    let atRisk = cases.count(where: { $0.labels >= time })
    let ended = events.count(where: { $0.labels == time })
    survival *= 1 - Double(ended) / Double(atRisk)
    return (time, survival)
  }
}
