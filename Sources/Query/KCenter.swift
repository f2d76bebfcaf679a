import Base

/// Core-set selection: each pick is the item farthest from all that are labelled or chosen.
///
/// Sener, Savarese. *Active Learning for Convolutional Neural Networks: A Core-Set Approach.*
/// ICLR 2018. <https://arxiv.org/abs/1708.00489>, Algorithm 1; the greedy 2-approximation of
/// Gonzalez 1985.
///
/// D(x) = min over labelled and chosen of ‖x − s‖; chosen is argmax D. Without labels the first is
/// the item nearest to the mean.
///
/// - Reads: `embeddings [N, D]`, prepared (see `Preparation.standard`).
/// - Utility: the distance.
/// - Cost: O((|L| + budget)·N·256) time, O(N·256) memory, in a mapped file from 256 MB.
/// - Randomness: none but ties.
/// - Departures: when every distance is zero the rest is drawn at random.
public struct KCenter: Rule {
  static let card = MethodCard(
    "farthest from all labelled and chosen items",
    cost: "O((|L| + b)·N·D)", regime: "many labels; pools without outliers",
    paper: "Sener, Savarese 2018")
  /// What the rule reads.
  public let needs: Set<PoolStatistic> = [.embeddings]
  let name = "k-center"

  /// The rule.
  public init() {}

  func choose(_ draft: Draft) throws {
    guard let matrix = draft.pool.features(.embeddings) else { return }
    let points = try Preparation.standard.points(draft, matrix, places: Array(0..<draft.count))
    var nearest = points.squaredDistances(
      toNearestOf: draft.isLabelled.indices.filter { draft.isLabelled[$0] })
    // What rounding leaves of a distance of zero.
    let noise = 1e-6 * (points.squares.max() ?? 0)
    while !draft.isFull {
      guard let next = Self.next(draft, points, nearest) else {
        if draft.loosen(among: draft.unlabelled) { continue } else { return }
      }
      if nearest[next] <= noise { break }
      let distance = Double(nearest[next]).squareRoot()
      let reason =
        distance.isFinite ? "\(distance.short) from the nearest" : "the most central item"
      draft.take(next, distance.isFinite ? distance : 0, reason)
      points.lower(&nearest, toNearestOf: [next])
    }
    draft.fillAtRandom(because: "drawn at random; no item is apart from the chosen ones")
  }

  /// The open place of largest distance; without any chosen one, the most central.
  private static func next(_ draft: Draft, _ points: Points, _ nearest: [Float]) -> Int? {
    guard let first = draft.unlabelled.first(where: draft.isOpen) else { return nil }
    if nearest[first] == .infinity {
      let distances = points.squaredDistances(from: points.mean())
      return draft.unlabelled.filter(draft.isOpen).min { distances[$0] < distances[$1] }
    }
    var best = first
    for place in draft.unlabelled where nearest[place] > nearest[best] && draft.isOpen(place) {
      best = place
    }
    return best
  }
}
