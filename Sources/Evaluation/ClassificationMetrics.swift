/// What a classifier is worth on a test set.
///
/// Averages run over the classes that have the quantity: balanced accuracy over the classes present
/// in the test set, macro-F1 over those present or predicted, macro AUROC (one class against the
/// rest) over those with both positives and negatives. The headline is the balanced accuracy.
public struct ClassificationMetrics: Sendable, Equatable {
  /// Truth against prediction.
  public let confusion: ConfusionMatrix
  /// AUROC of each class against the rest; `nil` where undefined.
  public let auroc: [Double?]
  /// Average precision of each class against the rest; `nil` where undefined.
  public let auprc: [Double?]
  /// Expected calibration error over 15 bins of equal mass.
  public let ece: Double?
  /// Mean negative log-likelihood of the true class, in nats.
  public let nll: Double?

  /// Measures probabilities against the truth.
  ///
  /// - Parameters:
  ///   - truth: the class index of each case.
  ///   - probabilities: `[cases, classes]`, each row summing to 1.
  public init(truth: [Int], probabilities: ClassProbabilities) {
    precondition(truth.count == probabilities.count, "one row of probabilities per case")
    let classes = 0..<probabilities.classes
    confusion = ConfusionMatrix(
      truth: truth, predicted: probabilities.predicted, classes: probabilities.classes)
    auroc = classes.map { label in
      areaUnderROC(scores: probabilities.column(label), positive: truth.map { $0 == label })
    }
    auprc = classes.map { label in
      averagePrecision(scores: probabilities.column(label), positive: truth.map { $0 == label })
    }
    ece = expectedCalibrationError(truth: truth, probabilities: probabilities)
    nll = negativeLogLikelihood(truth: truth, probabilities: probabilities)
  }

  /// The mean AUROC over the classes where it is defined; of two classes this is the AUROC.
  public var aurocMacro: Double? { mean(auroc.compactMap { $0 }) }

  /// The mean average precision over the classes where it is defined.
  public var auprcMacro: Double? { mean(auprc.compactMap { $0 }) }

  /// The recall of each class; `nil` where the test set has no case of it.
  public var recall: [Double?] { (0..<confusion.classes).map(confusion.recall) }

  /// The scores by the names of `results.csv`; undefined ones are left out.
  public var named: [(metric: String, value: Double)] {
    let pairs: [(String, Double?)] = [
      (MetricName.balancedAccuracy, confusion.balancedAccuracy),
      (MetricName.macroF1, confusion.macroF1),
      (MetricName.accuracy, confusion.accuracy),
      (MetricName.aurocMacro, aurocMacro),
      (MetricName.ece, ece),
      (MetricName.nll, nll),
    ]
    return pairs.compactMap { name, value in value.map { (name, $0) } }
  }
}

/// The number of labels, in the order given, until the class was seen `times` times; `nil` if it
/// never was.
public func labelsUntil(_ label: Int, seen times: Int, in order: [Int]) -> Int? {
  var left = times
  for (place, value) in order.enumerated() where value == label {
    left -= 1
    if left == 0 { return place + 1 }
  }
  return nil
}
