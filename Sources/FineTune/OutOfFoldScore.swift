package import Base
import Evaluation
import Training

/// What cross-validation inside the labels says of a model, with a 95 % interval.
///
/// It is optimistic: actively chosen labels are no random sample, and the trunk may have seen the
/// held-out images.
public struct OutOfFoldScore: Codable, Sendable, Equatable {
  /// Balanced accuracy, or the mean foreground Dice, 0 to 1.
  public var score: Double
  /// The interval's lower end.
  public var low: Double
  /// The interval's upper end.
  public var high: Double
  /// Labels that were held out once.
  public var count: Int

  /// - Parameters: as the properties.
  public init(score: Double, low: Double, high: Double, count: Int) {
    self.score = score
    self.low = low
    self.high = high
    self.count = count
  }

  /// The balanced accuracy of logistic heads on features, each tested on a fold of whole groups.
  ///
  /// - Parameters:
  ///   - features: `[labels, D]`, row by row.
  ///   - labels: the class of each row.
  ///   - groups: the group of each row.
  ///   - classes: C.
  ///   - configuration: folds and the head's penalty.
  ///   - key: divides the folds and draws the bootstrap.
  /// - Returns: nil while no class can be held out.
  package static func balancedAccuracy(
    _ features: [Float], labels: [Int], groups: [Int], classes: Int,
    configuration: FineTuneConfiguration, key: RandomKey
  ) -> OutOfFoldScore? {
    let folds = Folds(
      classes: labels, groups: groups, count: configuration.folds, key: key.folding("folds"))
    let rows = folds.fold.indices.filter { folds.fold[$0] != nil }
    guard folds.count > 1, Set(rows.map { labels[$0] }).count > 1 else { return nil }
    let logits = LogisticHead.outOfFold(
      features, width: features.count / labels.count, labels: labels, classes: classes,
      folds: folds.fold, settings: configuration.headSettings)
    let predicted = rows.map { row -> Int in
      let values = logits[row * classes..<(row + 1) * classes]
      return (values.indices.max { values[$0] < values[$1] } ?? values.startIndex) % classes
    }
    return interval(
      rows.map { labels[$0] }, predicted, rows.map { groups[$0] }, classes: classes, key: key)
  }

  /// The score of predictions with a bootstrap interval over groups.
  private static func interval(
    _ truth: [Int], _ predicted: [Int], _ groups: [Int], classes: Int, key: RandomKey
  ) -> OutOfFoldScore? {
    let estimate = bootstrap(groups: groups, key: key.folding("interval")) { cases in
      var matrix = ConfusionMatrix(classes: classes)
      for row in cases { matrix.add(truth: truth[row], predicted: predicted[row]) }
      return matrix.balancedAccuracy
    }
    let matrix = ConfusionMatrix(truth: truth, predicted: predicted, classes: classes)
    guard let estimate, let score = matrix.balancedAccuracy else { return nil }
    return OutOfFoldScore(
      score: score, low: estimate.interval.low, high: estimate.interval.high, count: truth.count)
  }
}
