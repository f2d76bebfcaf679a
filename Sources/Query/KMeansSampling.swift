import Base

/// The item nearest to each centre of a clustering: a spread and typical first batch.
///
/// k-means with as many clusters as the budget, over the unlabelled items; from each, large ones
/// first, the item nearest to the centre (the next nearest where that one may not be taken).
///
/// - Reads: `embeddings [N, D]`, prepared (see `Preparation.standard`).
/// - Utility: the share of the unlabelled items in the cluster.
/// - Cost: see `KMeans`.
/// - Randomness: the seeds of k-means, from the key.
/// - Departures: none; labelled items play no part.
public struct KMeansSampling: Rule {
  static let card = MethodCard(
    "nearest to the centres of a clustering",
    cost: "k-means: O(N·b·D) an iteration", regime: "the first labels",
    paper: "Hacohen 2022; own")
  /// What the rule reads.
  public let needs: Set<PoolStatistic> = [.embeddings]
  let name = "k-means"

  /// The rule.
  public init() {}

  func choose(_ draft: Draft) throws {
    guard let matrix = draft.pool.features(.embeddings) else { return }
    let points = try Preparation.standard.points(draft, matrix, places: draft.unlabelled)
    let means = KMeans(points, clusters: draft.budget, key: draft.key.folding("k-means"))
    for cluster in means.bySize() {
      let order = cluster.sorted {
        (means.squaredDistances[$0], $0) < (means.squaredDistances[$1], $1)
      }
      let places = order.map { points.places[$0] }
      guard let place = places.first(where: draft.isOpen) else { continue }
      draft.take(
        place, Double(cluster.count) / Double(points.count),
        "nearest to the centre of a cluster of \(cluster.count)")
    }
    draft.fillAtRandom()
  }
}
