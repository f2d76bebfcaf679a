public import Evaluation

/// An unlabelled image that was given a class.
public struct PseudoLabel: Sendable, Equatable {
  /// Its row among the unlabelled images.
  public let row: Int
  /// The class.
  public let label: Int
  /// Its weight in the loss, beside labels of weight 1.
  public let weight: Double

  /// - Parameters: as the properties.
  public init(row: Int, label: Int, weight: Double = 1) {
    self.row = row
    self.label = label
    self.weight = weight
  }

  /// The confident part of every predicted class, the surest first, of equals the earlier row.
  ///
  /// A class gets ⌈quota · min(n_c, π_c N)⌉ of the N images at most, where n_c are predicted as it
  /// and π_c is its share among the labels: so no class floods the others, however often it is
  /// predicted.
  ///
  /// - Parameters:
  ///   - probabilities: of the unlabelled images.
  ///   - thresholds: one a class; nil: none of the class.
  ///   - quota: the share.
  ///   - prior: π, one a class.
  /// - Returns: ascending rows.
  public static func select(
    _ probabilities: ClassProbabilities, thresholds: [Double?], quota: Double, prior: [Double]
  ) -> [PseudoLabel] {
    let predicted = probabilities.predicted
    let counts = thresholds.indices.map { label in predicted.count { $0 == label } }
    let limits = thresholds.indices.map { label in
      quota * min(Double(counts[label]), prior[label] * Double(predicted.count))
    }
    return select(
      probabilities, thresholds: thresholds, limits: limits.map { Int($0.rounded(.up)) })
  }

  /// The confident part of every predicted class, at most `limits` of each, the surest first, of
  /// equals the earlier row.
  ///
  /// - Parameters:
  ///   - probabilities: of the unlabelled images.
  ///   - thresholds: one a class; nil: none of the class.
  ///   - limits: one a class.
  /// - Returns: ascending rows.
  static func select(
    _ probabilities: ClassProbabilities, thresholds: [Double?], limits: [Int]
  ) -> [PseudoLabel] {
    let predicted = probabilities.predicted
    return thresholds.indices.flatMap { label -> [PseudoLabel] in
      guard let threshold = thresholds[label] else { return [] }
      let rows = predicted.indices.filter { predicted[$0] == label }.sorted {
        let (left, right) = (probabilities[$0, label], probabilities[$1, label])
        return left == right ? $0 < $1 : left > right
      }
      return rows.prefix(limits[label]).filter { probabilities[$0, label] >= threshold }
        .map { PseudoLabel(row: $0, label: label) }
    }.sorted { $0.row < $1.row }
  }

  /// The weight of each at most, beside labels of weight 1: in no class do they outweigh the
  /// labels.
  public static func weights(_ pseudo: [PseudoLabel], beside labels: [Int]) -> [Double] {
    func counts(_ values: [Int]) -> [Int: Int] {
      values.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }
    let (mine, theirs) = (counts(labels), counts(pseudo.map(\.label)))
    return pseudo.map { one in
      one.weight * min(1, Double(mine[one.label] ?? 0) / Double(theirs[one.label] ?? 1))
    }
  }
}
