import Base
import Foundation

/// Uncertain items of every predicted class, the classes with few labels first.
///
/// After Aggarwal, Popescu, Hudelot. *Active Learning for Imbalanced Datasets.* WACV 2020. The batch
/// is shared among the classes in proportion to (labels + 1)^(−γ); in each predicted class the
/// items of smallest margin are taken. A class without a label cannot be predicted: its share, and
/// what a class cannot fill, goes to coverage.
///
/// - Reads: `probabilities [N, C]` and `embeddings [N, D]`.
/// - Utility: the margin; for the rest the gain in items.
/// - Cost: O(N·C + N log N), and that of `MaxHerding` where coverage fills up.
/// - Randomness: none but ties.
/// - Hyper-parameters: γ = 1.
public struct ClassBalanced: Rule {
  static let card = MethodCard(
    "uncertain in every predicted class, rare ones first",
    cost: "O(N·C + N log N)", regime: "imbalanced classes",
    paper: "Aggarwal, Popescu, Hudelot 2020")
  /// What the rule reads.
  public let needs: Set<PoolStatistic> = [.probabilities, .embeddings]
  /// What the rule reads in segmentation: image means of the probabilities.
  public let needsInSegmentation: Set<PoolStatistic> = [.probabilities, .descriptors]
  /// γ: 0 for equal shares; the higher, the more goes to classes with few labels.
  public let exponent: Double
  let name = "class-balanced"

  /// The rule with its exponent γ.
  public init(exponent: Double = 1) { self.exponent = exponent }

  func choose(_ draft: Draft) throws {
    guard let matrix = draft.pool.features(.embeddings) else { return }
    let members = try draft.membersByPrediction(for: name)
    guard let scores = try draft.scoresOrCoverage(.margin) else { return }
    let counts = draft.labelCounts(classes: members.count)
    let weights = counts.map { pow(Double($0) + 1, -exponent) }
    let quotas = Self.shares(of: draft.budget, weights)
    for number in quotas.indices.sorted(by: { (counts[$0], $0) < (counts[$1], $1) })
    where counts[number] > 0 {
      let open = members[number].filter(draft.isOpen)
      draft.takeBest(scores, of: open, upTo: min(quotas[number], open.count)) {
        "margin \(scores[$0].short), predicted class \(number)"
      }
    }
    try Herding().take(draft, matrix) { _ in "; for classes not found" }
    draft.fillAtRandom()
  }

  /// Whole shares in proportion to weights, by largest remainder.
  static func shares(of total: Int, _ weights: [Double]) -> [Int] {
    let sum = weights.reduce(0, +)
    let exact = weights.map { $0 / sum * Double(total) }
    var shares = exact.map { Int($0) }
    let order = exact.indices.sorted {
      let (a, b) = (exact[$0] - Double(shares[$0]), exact[$1] - Double(shares[$1]))
      return a != b ? a > b : $0 < $1
    }
    for index in order.prefix(total - shares.reduce(0, +)) { shares[index] += 1 }
    return shares
  }
}

extension Draft {
  /// The unlabelled places by predicted class.
  func membersByPrediction(for rule: String) throws -> [[Int]] {
    var members = [[Int]](repeating: [], count: try requireProbabilities(for: rule))
    for place in unlabelled {
      let p = try probabilities(at: place)
      if let guess = p.indices.max(by: { p[$0] < p[$1] }) { members[guess].append(place) }
    }
    return members
  }

  /// The number of labels of each class.
  func labelCounts(classes: Int) -> [Int] { pool.labelCounts(classes: classes) }
}

extension PoolStatistics {
  /// The number of labels of each class.
  func labelCounts(classes: Int) -> [Int] {
    var counts = [Int](repeating: 0, count: classes)
    for label in labelled.values where 0..<classes ~= label { counts[label] += 1 }
    return counts
  }
}
