import Foundation

/// What a classifier of several classes an image is worth on a test set.
///
/// Every class is a question of its own. Averages run over the classes where the quantity exists:
/// average precision over those with a positive image, AUROC over those with positive and negative
/// ones; a class without positives is left out, not counted as 0. The headline is the mean average
/// precision. Thresholds play no part but in `accuracy`.
public struct MultiLabelMetrics: Sendable, Equatable {
  /// Average precision of each class; nil without a positive image.
  public let averagePrecision: [Double?]
  /// AUROC of each class; nil unless positive and negative images are there.
  public let auroc: [Double?]
  /// The share of image and class pairs that a threshold of 1/2 gets right; nil without an image.
  public let accuracy: Double?
  /// The mean negative log-likelihood of such a pair, in nats; nil without an image.
  public let nll: Double?

  /// Measures probabilities against the truth.
  ///
  /// - Parameters:
  ///   - truth: the classes of each image.
  ///   - probabilities: `[images, classes]`, each from 0 to 1.
  public init(truth: [Set<Int>], probabilities: ClassProbabilities) {
    precondition(truth.count == probabilities.count, "one row of probabilities per image")
    let columns = (0..<probabilities.classes).map { label in
      (scores: probabilities.column(label), positive: truth.map { $0.contains(label) })
    }
    averagePrecision = columns.map {
      Evaluation.averagePrecision(scores: $0.scores, positive: $0.positive)
    }
    auroc = columns.map { areaUnderROC(scores: $0.scores, positive: $0.positive) }
    let pairs = columns.flatMap { zip($0.scores, $0.positive) }
    accuracy = mean(pairs.map { ($0 >= 0.5) == $1 ? 1 : 0 })
    nll = mean(pairs.map { -log(max($1 ? $0 : 1 - $0, 1e-12)) })
  }

  /// The mean average precision over the classes with a positive image.
  public var meanAveragePrecision: Double? { mean(averagePrecision.compactMap(\.self)) }

  /// The mean AUROC over the classes where it is defined.
  public var aurocMacro: Double? { mean(auroc.compactMap(\.self)) }

  /// The scores by the names of `results.csv`; undefined ones are left out.
  public func named(classes: [String]) -> [(metric: String, value: Double)] {
    let pairs: [(String, Double?)] =
      [
        (MetricName.meanAveragePrecision, meanAveragePrecision),
        (MetricName.aurocMacro, aurocMacro), (MetricName.accuracy, accuracy),
        (MetricName.nll, nll),
      ] + zip(classes, averagePrecision).map { (MetricName.averagePrecision(of: $0), $1) }
    return pairs.compactMap { name, value in value.map { (name, $0) } }
  }
}
