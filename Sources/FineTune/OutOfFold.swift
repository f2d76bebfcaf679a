package import Base
package import Evaluation
import Training

/// What models say of labelled items that they have not learnt from: each item is held out once,
/// in a fold of whole groups.
package struct OutOfFold {
  /// The class of each held-out item.
  package let truth: [Int]
  /// `[held out, C]`, row by row.
  package let logits: [Float]
  private let groups: [Int]
  private let classes: Int

  /// - Parameters:
  ///   - labels: the class of each item.
  ///   - groups: the group of each item.
  ///   - classes: C.
  ///   - configuration: how many folds.
  ///   - key: divides the folds.
  ///   - logits: `[items, C]` of every item by a model that did not see its fold; rows of items
  ///     that are always trained on are not read. Asked for once, where items can be held out;
  ///     there is no value while no two classes can be.
  package init?(
    labels: [Int], groups: [Int], classes: Int, configuration: FineTuneConfiguration,
    key: RandomKey, logits: (Folds) throws -> [Float]
  ) rethrows {
    let folds = Folds(
      classes: labels, groups: groups, count: configuration.folds, key: key.folding("folds"))
    let rows = folds.fold.indices.filter { folds.fold[$0] != nil }
    guard folds.count > 1, Set(rows.map { labels[$0] }).count > 1 else { return nil }
    let all = try logits(folds)
    truth = rows.map { labels[$0] }
    // −∞ stands for a class that the fold's model never saw; the temperature wants numbers.
    self.logits = rows.flatMap { all[$0 * classes..<($0 + 1) * classes].map { max($0, -1e4) } }
    self.groups = rows.map { groups[$0] }
    self.classes = classes
  }

  /// The same by logistic heads on features, `[labels, D]` row by row.
  package init?(
    features: [Float], labels: [Int], groups: [Int], classes: Int,
    configuration: FineTuneConfiguration, key: RandomKey
  ) {
    self.init(
      labels: labels, groups: groups, classes: classes, configuration: configuration, key: key
    ) { folds in
      LogisticHead.outOfFold(
        features, width: features.count / labels.count, labels: labels, classes: classes,
        folds: folds.fold, weights: configuration.headWeights(labels, classes: classes),
        settings: configuration.headSettings)
    }
  }

  /// The balanced accuracy with a bootstrap interval over groups; nil where it is not defined.
  package func score(key: RandomKey) -> OutOfFoldScore? {
    let predicted = table.predicted
    let estimate = bootstrap(groups: groups, key: key.folding("interval")) { cases in
      ConfusionMatrix(
        truth: cases.map { truth[$0] }, predicted: cases.map { predicted[$0] }, classes: classes
      ).balancedAccuracy
    }
    let matrix = ConfusionMatrix(truth: truth, predicted: predicted, classes: classes)
    guard let estimate, let score = matrix.balancedAccuracy else { return nil }
    return OutOfFoldScore(
      score: score, low: estimate.interval.low, high: estimate.interval.high, count: truth.count)
  }

  /// What divides logits of such models so that their confidence means what it says
  /// (``Temperature``).
  package var temperature: Double { Temperature(truth: truth, logits: table).value }

  private var table: ClassProbabilities { ClassProbabilities(logits, classes: classes) }
}
