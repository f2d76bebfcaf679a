package import Base
import Evaluation
import Training

/// Whether labelled and unlabelled images can be told apart: a two-sample test by a classifier.
///
/// Lopez-Paz, Oquab. *Revisiting Classifier Two-Sample Tests.* ICLR 2017. A logistic regression on
/// features that no label has touched, tested on folds of whole groups; 0.5 is no difference.
package enum ShiftTest {
  /// Unlabelled images that take part at most.
  static let most = 1000
  private static let folds = 5

  /// How well they can be told apart.
  ///
  /// - Parameters:
  ///   - features: `[labelled + unlabelled, width]`, row by row, the labelled first.
  ///   - labelled: the number of labelled images.
  ///   - groups: the group of each row.
  ///   - key: divides the folds.
  /// - Returns: the area under the ROC curve; nil where no group can be held out.
  package static func areaUnderROC(
    _ features: [Float], labelled: Int, groups: [Int], key: RandomKey
  ) -> Double? {
    let width = features.count / groups.count
    let classes = groups.indices.map { $0 < labelled ? 1 : 0 }
    let folds = Folds(classes: classes, groups: groups, count: folds, key: key)
    guard folds.count > 1 else { return nil }
    let logits = LogisticHead.outOfFold(
      FeatureScaler(fitting: features, width: width)(features), width: width, labels: classes,
      classes: 2, folds: folds.fold)
    let rows = folds.fold.indices.filter { folds.fold[$0] != nil }
    return Evaluation.areaUnderROC(
      scores: rows.map { Double(logits[2 * $0 + 1] - logits[2 * $0]) },
      positive: rows.map { classes[$0] == 1 })
  }
}
