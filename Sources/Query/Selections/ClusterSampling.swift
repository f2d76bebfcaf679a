import Base

/// A clustering of the unlabelled items, of which each cluster gives one.
///
/// - clusters: k-means with as many clusters as the budget; of each, large ones first, the item of
///   highest score. After Zhdanov. *Diverse Mini-Batch Active Learning.* 2019.
///   <https://arxiv.org/abs/1901.05954>
/// - clue: Prabhu, Chandrasekaran, Saenko, Hoffman. *Active Domain Adaptation via Clustering
///   Uncertainty-Weighted Embeddings.* ICCV 2021. <https://arxiv.org/abs/2010.08666>. The points
///   weigh what they score (the entropy, in the paper); of each cluster the item nearest to the
///   weighted centre.
///
/// - Reads: the score, and `embeddings [N, D]` (clusters) or `embeddings_current [N, H]` (clue),
///   prepared (see `Preparation.standard`).
/// - Utility: the score.
/// - Cost: see `KMeans`.
/// - Randomness: the seeds of k-means, from the key.
/// - Departures: where all scores vanish the points weigh alike.
struct ClusterSampling {
  static let card = MethodCard(
    "the most uncertain item of each cluster", cost: "k-means: O(N·b·D) an iteration",
    regime: "from a sane model on; large batches", paper: "Zhdanov 2019")
  static let clueCard = MethodCard(
    "nearest to the centres of a clustering weighted by uncertainty",
    cost: "k-means: O(N·b·D) an iteration", regime: "from a sane model on; large batches",
    paper: "Prabhu 2021")

  /// Whether points weigh what they score.
  var isWeighted = false

  func take(_ draft: Draft, _ scores: [Double], _ matrix: Matrix, name: String) throws {
    let points = try Preparation.standard.points(draft, matrix, places: draft.unlabelled)
    let weights = isWeighted ? points.places.map { Float(max(scores[$0], 0)) } : nil
    let means = KMeans(
      points, clusters: draft.budget, weights: weights, key: draft.key.folding("clusters"))
    for cluster in means.bySize() {
      let order = cluster.sorted {
        let (a, b) = (points.places[$0], points.places[$1])
        return isWeighted
          ? (means.squaredDistances[$0], $0) < (means.squaredDistances[$1], $1)
          : (-scores[a], $0) < (-scores[b], $1)
      }
      guard let place = order.map({ points.places[$0] }).first(where: draft.isOpen) else {
        continue
      }
      draft.take(
        place, scores[place],
        "\(name) \(scores[place].short), \(isWeighted ? "nearest to the centre" : "highest") of a "
          + "cluster of \(cluster.count)")
    }
    draft.takeBest(scores) { "\(name) \(scores[$0].short), beyond its cluster's first" }
  }
}

extension Selection {
  /// The highest score of each of as many clusters as the budget.
  public static let clusters = Selection(needs: [.embeddings]) { draft, scores, name in
    guard let matrix = draft.pool.features(.embeddings) else { return }
    try ClusterSampling().take(draft, scores, matrix, name: name)
  }

  /// The items nearest to the centres of a clustering weighted by the scores.
  public static let clue = Selection(needs: [.currentEmbeddings]) { draft, scores, name in
    guard let matrix = draft.pool.similarityFeatures else { return }
    try ClusterSampling(isWeighted: true).take(draft, scores, matrix, name: name)
  }
}
