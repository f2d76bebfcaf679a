import Base
import Foundation

/// How many other items resemble an item: the density of the pool around it.
///
/// Settles, Craven. *An Analysis of Active Learning Strategies for Sequence Labeling Tasks.* EMNLP
/// 2008 (information density), with the mean over the k nearest neighbours in the place of the mean
/// over all: ρ(x) = (1/k) Σ cos(x, x′). As a selection the score is weighted by it: s·max(ρ, 0)^β.
///
/// - Reads: `embeddings [N, D]`, prepared (see `Preparation.standard`).
/// - Utility: ρ, or the weighted score.
/// - Cost: O(N·min(N, 20,000)·256); neighbours are looked for among the first 20,000 places, a
///   uniform sample.
/// - Randomness: none but ties, and the sample in larger pools.
/// - Hyper-parameters: k = 20, β = 1.
struct Density {
  static let card = MethodCard(
    "many items resemble it", cost: "O(N·min(N, 20,000)·D)", regime: "the first labels",
    paper: "Settles, Craven 2008")
  static let weightedCard = MethodCard(
    "uncertain and in a dense part of the pool", cost: "O(N·min(N, 20,000)·D)",
    regime: "few labels; pools with outliers", paper: "Settles, Craven 2008")

  /// k.
  var neighbours = 20
  private static let most = 20_000

  /// ρ by place; zero at labelled ones and at vectors without a direction.
  func values(_ draft: Draft) throws -> [Double] {
    var values = [Double](repeating: 0, count: draft.count)
    guard let matrix = draft.pool.features(.embeddings) else { return values }
    let points = try Preparation.direction(
      of: matrix, draft, places: Array(0..<draft.count))
    let others = (0..<min(draft.count, Self.most)).filter { points.squares[$0] > 0.5 }
    let asked = draft.unlabelled.filter { points.squares[$0] > 0.5 }
    let cosines = try Neighbours.means(asked, among: others, points, nearest: neighbours) {
      1 - Double($0) / 2
    }
    for (place, cosine) in zip(asked, cosines) { values[place] = cosine }
    return values
  }
}

extension Score {
  /// The mean cosine to the k nearest neighbours.
  public static func density(neighbours: Int = 20) -> Score {
    Score("density", reads: [.embeddings]) { try Density(neighbours: neighbours).values($0) }
  }
}

extension Selection {
  /// The highest scores weighted by a power β of the density.
  public static func density(neighbours: Int = 20, beta: Double = 1) -> Selection {
    Selection(needs: [.embeddings]) { draft, scores, name in
      let densities = try Density(neighbours: neighbours).values(draft)
      var weighted = scores
      for place in draft.unlabelled {
        weighted[place] = scores[place] * pow(max(densities[place], 0), beta)
      }
      draft.takeBest(weighted) {
        "\(name) \(scores[$0].short), density \(densities[$0].short)"
      }
    }
  }
}
