import Evaluation

/// When a prediction is believed: the temperature of the logits, and the least confidence of each
/// class.
///
/// Both are read from held-out predictions, the temperature first, so that thresholds speak of
/// calibrated probabilities.
package struct Calibration: Sendable, Equatable {
  /// Divides the logits (``Temperature``).
  package let temperature: Double
  /// One a class; nil: the class is never believed.
  package let thresholds: [Double?]
  /// The share of right ones among held-out pseudo-labels of each class, where it was counted.
  var classPrecision: [Double?] = []

  package init(
    _ heldOuts: [HeldOut], classes: Int, _ settings: SemiSupConfiguration.Thresholds
  ) {
    let logits = ClassProbabilities(heldOuts.flatMap(\.logits), classes: classes)
    temperature = Temperature(truth: heldOuts.flatMap(\.truth), logits: logits).value
    thresholds = ConfidenceTable(heldOuts, classes: classes, temperature: temperature)
      .thresholds(settings)
  }

  /// Whether there is anything to learn from: a class that is believed; for maps, one beside the
  /// background.
  func teaches(segmentation: Bool) -> Bool {
    thresholds.dropFirst(segmentation ? 1 : 0).contains { $0 != nil }
  }

  /// How precise its pseudo-labels are on these held-out predictions.
  func precision(on heldOut: HeldOut) -> PseudoLabelPrecision {
    ConfidenceTable([heldOut], classes: thresholds.count, temperature: temperature)
      .precision(thresholds)
  }
}
