package import Evaluation

/// Which unlabelled images of a round get a label.
package protocol PseudoLabelRule: Sendable {
  /// Trainings, each of which labels the images for the next.
  var rounds: Int { get }
  /// The images, rows ascending.
  func select(_ probabilities: ClassProbabilities, _ known: KnownLabels) -> [PseudoLabel]
}

/// What a ``PseudoLabelRule`` is told beside the predictions.
package struct KnownLabels {
  /// The least confidence of each class; nil: the class is never believed.
  let thresholds: [Double?]
  /// How often the labels' classes occur.
  let prior: LabelledPrior
  /// Labels of each class.
  let counts: [Int]
  /// The round, from 0.
  var round: Int

  /// - Parameters: as the properties.
  package init(thresholds: [Double?], prior: LabelledPrior, counts: [Int], round: Int = 0) {
    (self.thresholds, self.prior, self.counts) = (thresholds, prior, counts)
    self.round = round
  }
}
