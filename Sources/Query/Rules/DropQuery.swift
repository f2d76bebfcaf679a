import Base

/// Items whose predicted class does not survive dropout of the features, spread by a clustering.
///
/// Gupte, Aklilu, Nirschl, Yeung-Levy. *Revisiting Active Learning in the Era of Vision Foundation
/// Models.* TMLR 2024. <https://arxiv.org/abs/2401.14555>, DropQuery. An item is a candidate when
/// more than half of the T passes name another class than the pass without dropout; where fewer than
/// 25 · budget are, the threshold falls until there are, or until every item that any pass names
/// differently is one. Of a k-means clustering of the candidates, with as many clusters as the
/// budget, the item nearest to each centre is taken.
///
/// - Reads: `probabilities [N, C]`, `passes [T, N, C]` and `embeddings [N, D]`, prepared (see
///   `Preparation.standard`).
/// - Utility: the share of the passes that name another class.
/// - Cost: T passes of the head, O(T·N·C), and that of `KMeans`.
/// - Randomness: that of the passes, the seeds of k-means, and the rest, which is drawn at random.
/// - Hyper-parameters: T = 3, dropout of 0.75 of the head's input.
public struct DropQuery: Rule {
  static let card = MethodCard(
    "the predicted class does not survive dropout; spread out",
    cost: "T passes of the head; k-means",
    regime: "few to medium labels; strong frozen features", paper: "Gupte 2024")
  /// What the rule reads.
  public let needs: Set<PoolStatistic> = [.probabilities, .passes, .embeddings]
  /// Classification alone: a mask has no predicted class.
  public let tasks: Set<QueryTask> = [.classification]
  let name = "drop-query"
  private static let perPick = 25

  /// The rule.
  public init() {}

  func choose(_ draft: Draft) throws {
    try draft.requireProbabilities(for: name)
    guard let matrix = draft.pool.features(.embeddings),
      let passes = draft.pool.vectors(.passes)
    else { return }
    let clean = try draft.values(of: [.probabilities]) { Double(Self.first($0[0])) }
    let shares = try draft.values(of: [.probabilities, .passes]) { vectors in
      let votes = vectors.dropFirst().count { Self.first($0) != Self.first(vectors[0]) }
      return Double(votes) / Double(passes.shape[0])
    }
    let candidates = Self.candidates(draft, shares, passes: passes.shape[0])
    if !candidates.isEmpty {
      let points = try Preparation.standard.points(draft, matrix, places: candidates)
      let means = KMeans(points, clusters: draft.budget, key: draft.key.folding("drop-query"))
      for cluster in means.bySize() {
        let order = cluster.sorted {
          (means.squaredDistances[$0], $0) < (means.squaredDistances[$1], $1)
        }
        guard let place = order.map({ points.places[$0] }).first(where: draft.isOpen) else {
          continue
        }
        draft.take(
          place, shares[place],
          "not class \(Int(clean[place])) in \(Int((shares[place] * 100).rounded())) % of the passes"
        )
      }
    }
    draft.fillAtRandom(because: "drawn at random; too few predictions change")
  }

  /// The unlabelled places whose share of other votes is above a threshold that falls from one half.
  private static func candidates(_ draft: Draft, _ shares: [Double], passes: Int) -> [Int] {
    var votes = passes / 2
    while true {
      let found = draft.unlabelled.filter { shares[$0] * Double(passes) > Double(votes) + 1e-9 }
      if votes == 0 || found.count >= perPick * draft.budget { return found }
      votes -= 1
    }
  }

  private static func first(_ p: [Float]) -> Int {
    p.indices.max { p[$0] < p[$1] } ?? 0
  }
}
