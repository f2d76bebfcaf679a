import Evaluation
import Foundation

/// Whether a pretraining was worth it: the trained trunk against its start on the same folds.
///
/// It is accepted where the mean gain in balanced accuracy over the folds is above 0 and at least
/// its standard error (deviation over the folds / √folds). Nothing is thrown away on a refusal: the
/// verdict is advice, and the weights are there.
public struct PretrainVerdict: Codable, Sendable, Equatable {
  /// What the network was before.
  public enum Start: String, Codable, Sendable {
    /// First values as they are drawn.
    case untrained
    /// Weights that the user gave.
    case weights
  }

  /// What the network was before.
  public let start: Start
  /// Labels that took part.
  public let labels: Int
  /// The start's score.
  public let before: ProbeScore
  /// The trained network's.
  public let after: ProbeScore
  /// Mean over the folds of the gain in balanced accuracy.
  public let gain: Double
  /// Its standard error.
  public let standardError: Double
  /// Whether training was worth it.
  public let isAccepted: Bool

  /// Compares two scores of the same folds.
  public init(start: Start, labels: Int, before: ProbeScore, after: ProbeScore) {
    self.start = start
    self.labels = labels
    self.before = before
    self.after = after
    let gains = zip(after.folds, before.folds).map { $0 - $1 }
    gain = mean(gains) ?? 0
    standardError = Evaluation.standardError(gains) ?? 0
    isAccepted = gain > 0 && gain >= standardError
  }

  /// The verdict in words.
  public var sentence: String {
    let scores = String(
      format: "balanced accuracy %.3f, %.3f before; gain %.3f ± %.3f over %d folds",
      after.balancedAccuracy, before.balancedAccuracy, gain, standardError, after.folds.count)
    let what = start == .untrained ? "an untrained network" : "the given weights"
    return isAccepted
      ? "nearest neighbours on \(labels) labels: better than \(what) (\(scores))"
      : "nearest neighbours on \(labels) labels: no better than \(what) (\(scores))"
  }
}
