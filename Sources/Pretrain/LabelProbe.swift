package import Base
import Evaluation
package import Torch

/// The nearest-neighbour probe, cross-validated over the groups of the labelled items.
///
/// The folds are the same for every network, so that two networks are compared fold by fold. Under
/// 20 labels every group is a fold of its own, else there are 5.
package struct LabelProbe {
  /// The labelled items, ascending.
  package let items: [Int]
  /// How many folds there are.
  package var foldCount: Int { folds.count }
  private let labels: [Int]
  private let classes: Int
  private let folds: Folds

  /// Nil where the labels do not allow it: it takes two classes, each in two groups.
  ///
  /// - Parameters:
  ///   - labels: item → class.
  ///   - candidates: the items that may be looked at.
  ///   - groups: item → group.
  ///   - limit: how many labelled items are looked at, at most.
  ///   - key: draws them and the folds.
  package init?(
    labels: ItemTable, among candidates: [Int], groups: ItemTable, limit: Int, key: RandomKey
  ) {
    let known = candidates.filter { labels[$0] != nil }
    items = key.folding("items").sample(min(limit, known.count), outOf: known.count).sorted()
      .map { known[$0] }
    let values = items.compactMap { labels[$0] }
    let names = Set(values).sorted()
    self.labels = values.compactMap { names.firstIndex(of: $0) }
    classes = names.count
    let groups = items.map { groups[$0] ?? -1 - $0 }
    guard classes > 1 else { return nil }
    folds = Folds(
      classes: self.labels, groups: groups, count: items.count < 20 ? max(items.count, 2) : 5,
      key: key.folding("folds"))
    let tested = folds.fold.indices.filter { folds.fold[$0] != nil }.map { self.labels[$0] }
    guard folds.count > 1, Set(tested).count > 1 else { return nil }
  }

  /// Measures features `[items, D]`.
  package func score(_ features: Tensor) -> ProbeScore {
    var truth: [Int] = []
    var shares: [Float] = []
    var accuracies: [Double] = []
    for fold in 0..<folds.count {
      let (bank, queries) = (folds.training(fold), folds.testing(fold))
      let probe = NearestNeighbourProbe(
        bank: Self.rows(bank, of: features), labels: bank.map { labels[$0] }, classes: classes)
      let votes = probe.probabilities(Self.rows(queries, of: features))
      let wanted = queries.map { labels[$0] }
      let matrix = ConfusionMatrix(truth: wanted, predicted: votes.predicted, classes: classes)
      accuracies.append(matrix.balancedAccuracy ?? 0)
      truth += wanted
      shares += votes.values
    }
    let all = ClassificationMetrics(
      truth: truth, probabilities: ClassProbabilities(shares, classes: classes))
    return ProbeScore(
      balancedAccuracy: all.confusion.balancedAccuracy ?? 0, auroc: all.aurocMacro ?? 0,
      folds: accuracies)
  }

  private static func rows(_ rows: [Int], of features: Tensor) -> Tensor {
    features.indexSelect(dim: 0, index: Tensor(rows, [rows.count], device: features.device))
  }
}

/// What the nearest labelled neighbours say of a network's features.
public struct ProbeScore: Codable, Sendable, Equatable {
  /// Balanced accuracy of all held-out items, 0 to 1.
  public let balancedAccuracy: Double
  /// Their macro-averaged area under the ROC curve, 0 to 1.
  public let auroc: Double
  /// The balanced accuracy of each fold.
  public let folds: [Double]

  package init(balancedAccuracy: Double, auroc: Double, folds: [Double]) {
    self.balancedAccuracy = balancedAccuracy
    self.auroc = auroc
    self.folds = folds
  }

  /// As a health check logs it.
  var metrics: [String: Double] { ["knn": balancedAccuracy, "knn_auroc": auroc] }
}
