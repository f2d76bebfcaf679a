import Foundation

/// One bar of a reliability diagram: cases of similar confidence.
public struct ReliabilityBin: Sendable, Equatable, Codable {
  /// The number of cases.
  public let count: Int
  /// Their mean confidence.
  public let confidence: Double
  /// The share of them that was right.
  public let accuracy: Double

  /// A bar of `count` cases.
  public init(count: Int, confidence: Double, accuracy: Double) {
    self.count = count
    self.confidence = confidence
    self.accuracy = accuracy
  }
}

/// The cases in bins of equal mass by the confidence of their predicted class.
///
/// Equal confidences are never torn apart: a run of them goes to the bin of its middle rank, so the
/// bins do not depend on the order of the cases. Empty bins are left out.
///
/// - Parameters:
///   - truth: the class index of each case.
///   - probabilities: `[cases, classes]`.
///   - bins: the number of bins.
/// - Returns: the bins that hold a case, by rising confidence.
/// - Complexity: O(n log n).
public func reliability(
  truth: [Int], probabilities: ClassProbabilities, bins: Int = 15
) -> [ReliabilityBin] {
  precondition(truth.count == probabilities.count && bins > 0, "one row per case, and a bin")
  let predicted = probabilities.predicted
  let confidence = predicted.indices.map { probabilities[$0, predicted[$0]] }
  let width = Double(truth.count) / Double(bins)
  var members = Array(repeating: [Int](), count: bins)
  for (row, rank) in midranks(confidence).enumerated() {
    members[min(Int((rank - 0.5) / width), bins - 1)].append(row)
  }
  return members.filter { !$0.isEmpty }.map { rows in
    let share = 1 / Double(rows.count)
    return ReliabilityBin(
      count: rows.count,
      confidence: rows.reduce(0) { $0 + confidence[$1] } * share,
      accuracy: Double(rows.count(where: { predicted[$0] == truth[$0] })) * share)
  }
}

/// The expected calibration error: the mean gap between confidence and accuracy, weighted by cases.
///
/// Guo, Pleiss, Sun, Weinberger. *On Calibration of Modern Neural Networks.* ICML 2017; here with
/// bins of equal mass.
///
/// - Parameters:
///   - truth: the class index of each case.
///   - probabilities: `[cases, classes]`.
///   - bins: the number of bins.
/// - Returns: 0 (calibrated) to 1, or `nil` without a case.
public func expectedCalibrationError(
  truth: [Int], probabilities: ClassProbabilities, bins: Int = 15
) -> Double? {
  guard !truth.isEmpty else { return nil }
  let parts = reliability(truth: truth, probabilities: probabilities, bins: bins)
  return parts.reduce(0) { $0 + Double($1.count) * abs($1.accuracy - $1.confidence) }
    / Double(truth.count)
}

/// The mean of −log p of the true class, in nats; p counts as at least 1e-12.
public func negativeLogLikelihood(truth: [Int], probabilities: ClassProbabilities) -> Double? {
  mean(truth.indices.map { -log(max(probabilities[$0, truth[$0]], 1e-12)) })
}
