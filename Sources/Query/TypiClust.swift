import Base

/// The most typical item of each cluster, clusters without a label first.
///
/// Hacohen, Dekel, Weinshall. *Active Learning on a Budget: Opposite Strategies Suit High and Low
/// Budgets.* ICML 2022. <https://arxiv.org/abs/2202.02794>, Algorithm 1.
///
/// k-means with K = min(|L| + budget, `clusters`) over all items; clusters of five items or fewer
/// are left out (unless all are); the others, by labels held ascending and size descending, give in
/// turn their unlabelled item of highest typicality, 1 / (mean distance to its k nearest
/// neighbours among the cluster's m unlabelled items + 10⁻⁵), k = min(20, m / 2).
///
/// - Reads: `embeddings [N, D]`, prepared (see `Preparation.standard`).
/// - Utility: the typicality.
/// - Cost: k-means (see `KMeans`) and O(Σ m·min(m, 4096)·256) for clusters of m items.
/// - Randomness: the seeds of k-means, from the key.
/// - Departures: Euclidean distances where the authors' code has squared ones; clusters beyond 4,096
///   items look for neighbours in a sample of that size.
public struct TypiClust: Rule {
  static let card = MethodCard(
    "typical items of unlabelled clusters",
    cost: "k-means; O(N·min(N/K, 4,096)·D)", regime: "up to about 20 labels a class",
    paper: "Hacohen, Dekel, Weinshall 2022")
  /// What the rule reads.
  public let needs: Set<PoolStatistic> = [.embeddings]
  /// The highest number of clusters.
  public let clusters: Int
  let name = "typiclust"
  private static let smallest = 5

  /// The rule with the highest number of clusters; the paper's is 500.
  public init(clusters: Int = 500) { self.clusters = clusters }

  func choose(_ draft: Draft) throws {
    guard let matrix = draft.pool.features(.embeddings) else { return }
    let points = try Preparation.standard.points(draft, matrix, places: Array(0..<draft.count))
    let number = min(draft.count - draft.unlabelled.count + draft.budget, clusters)
    let means = KMeans(points, clusters: number, key: draft.key.folding("k-means"))
    try take(draft, Self.ordered(means.members(), draft.isLabelled), points)
    draft.fillAtRandom()
  }

  /// Clusters without labels first, large ones first among equals.
  private static func ordered(_ clusters: [[Int]], _ isLabelled: [Bool]) -> [[Int]] {
    let large = clusters.filter { $0.count > smallest }
    let kept = (large.isEmpty ? clusters : large).filter { !$0.isEmpty }
    let keys = kept.map { cluster in (cluster.count { isLabelled[$0] }, -cluster.count, cluster[0])
    }
    return kept.indices.sorted { keys[$0] < keys[$1] }.map { kept[$0] }
  }

  private func take(_ draft: Draft, _ clusters: [[Int]], _ points: Points) throws {
    var rankings = [Ranking?](repeating: nil, count: clusters.count)
    while !draft.isFull {
      let before = draft.remaining
      for index in clusters.indices where !draft.isFull {
        let ranking =
          try rankings[index] ?? Ranking(clusters[index].filter { !draft.isLabelled[$0] }, points)
        rankings[index] = ranking
        guard let slot = ranking.order.firstIndex(where: draft.isOpen) else { continue }
        draft.take(
          ranking.order[slot], ranking.typicality[slot],
          "typical of a cluster of \(clusters[index].count)")
      }
      if draft.remaining == before { return }
    }
  }

  /// A cluster's unlabelled items by falling typicality.
  private struct Ranking {
    let order: [Int]
    let typicality: [Double]

    init(_ members: [Int], _ points: Points) throws {
      let values = try Typicality.values(members, points, neighbours: min(20, members.count / 2))
      let ranked = members.indices.sorted {
        values[$0] != values[$1] ? values[$0] > values[$1] : members[$0] < members[$1]
      }
      order = ranked.map { members[$0] }
      typicality = ranked.map { values[$0] }
    }
  }
}
