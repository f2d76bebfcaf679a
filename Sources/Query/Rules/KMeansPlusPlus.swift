import Base
import Foundation

/// Items drawn with chances in proportion to the squared distance from everything labelled or drawn.
///
/// Arthur, Vassilvitskii. *k-means++: The Advantages of Careful Seeding.* SODA 2007. Without labels
/// the first is drawn uniformly.
///
/// - Reads: `embeddings [N, D]`, prepared (see `Preparation.standard`).
/// - Utility: the distance; 0 for the first without labels.
/// - Cost: O((|L| + budget)·N·256).
/// - Randomness: one number per pick and item, from the key and the item alone.
/// - Departures: labelled items count as drawn; when every distance is zero the rest is drawn
///   uniformly.
public struct KMeansPlusPlus: Rule {
  static let card = MethodCard(
    "drawn far from everything labelled or drawn", cost: "O((|L| + b)·N·D)",
    regime: "the first labels; draws whose probabilities are needed later",
    paper: "Arthur, Vassilvitskii 2007")
  /// What the rule reads.
  public let needs: Set<PoolStatistic> = [.embeddings]
  let name = "k-means++"

  /// The rule.
  public init() {}

  func choose(_ draft: Draft) throws {
    guard let matrix = draft.pool.features(.embeddings) else { return }
    let points = try Preparation.standard.points(draft, matrix, places: Array(0..<draft.count))
    var nearest = points.squaredDistances(
      toNearestOf: draft.isLabelled.indices.filter { draft.isLabelled[$0] })
    let noise = 1e-6 * (points.squares.max() ?? 0)
    if draft.pool.labelled.isEmpty {
      draft.fillAtRandom(upTo: 1, because: "drawn at random; nothing is labelled yet")
      points.lower(&nearest, toNearestOf: points.places.filter(draft.isSettled))
    }
    var draw = DistanceDraw(draft, key: draft.key.folding("k-means++"))
    while !draft.isFull {
      let apart = draft.unlabelled.filter { nearest[$0] > noise }
      guard let next = draw.next(apart.filter(draft.isOpen), squares: { Double(nearest[$0]) })
      else {
        if draft.loosen(among: apart) { continue } else { break }
      }
      let distance = Double(nearest[next.place]).squareRoot()
      draft.take(
        next.place, distance, "drawn at a distance of \(distance.short)",
        probability: next.probability)
      points.lower(&nearest, toNearestOf: [next.place])
    }
    draft.fillAtRandom(because: "drawn at random; no item is apart from the chosen ones")
  }
}

/// Draws places with chances in proportion to squared distances, as the largest of noisy logarithms,
/// so that an item's noise does not depend on the other items.
struct DistanceDraw {
  private let draft: Draft
  private let key: RandomKey
  private var number: Int

  /// Draws whose `number` counts up from the given one.
  init(_ draft: Draft, from number: Int = 0, key: RandomKey) {
    (self.draft, self.number, self.key) = (draft, number, key)
  }

  /// One of the places, and the probability of just it; nil of none.
  mutating func next(
    _ places: [Int], squares: (Int) -> Double
  ) -> (place: Int, probability: Double)? {
    let key = key.folding(number)
    let noisy = places.map { log(squares($0)) + key.folding(draft.item($0)).gumbel() }
    guard let slot = noisy.indices.max(by: { noisy[$0] < noisy[$1] }) else { return nil }
    number += 1
    let total = places.reduce(0) { $0 + squares($1) }
    return (places[slot], squares(places[slot]) / total)
  }
}
