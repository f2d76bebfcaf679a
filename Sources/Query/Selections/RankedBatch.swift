import Base

/// Uncertain and unlike everything labelled, with a weight that moves from the one to the other.
///
/// Cardoso, Silva, Canuto, Moro, Gonçalves. *Ranked Batch-Mode Active Learning.* Information Sciences
/// 379, 2017. Chosen is argmax α·(1 − 1/(1 + d(x))) + (1 − α)·s(x) with d the distance to the nearest
/// labelled or chosen item and α = |U| / (|U| + |L|), both after each pick.
///
/// - Reads: the score, and `embeddings [N, D]`, prepared (see `Preparation.standard`).
/// - Utility: the number that is maximised.
/// - Cost: O((|L| + budget)·N·256).
/// - Randomness: none but ties.
/// - Departures: none of the formula; scores are to lie in 0…1, as least confidence and margin do.
struct RankedBatch {
  static let card = MethodCard(
    "unlike what is labelled first, uncertain later", cost: "O((|L| + b)·N·D)",
    regime: "small pools; nothing to tune", paper: "Cardoso 2017")

  func take(_ draft: Draft, _ scores: [Double], _ matrix: Matrix) throws {
    let points = try Preparation.standard.points(draft, matrix, places: Array(0..<draft.count))
    let labelled = draft.isLabelled.indices.filter { draft.isLabelled[$0] }
    var nearest = points.squaredDistances(toNearestOf: labelled)
    var number = labelled.count
    while !draft.isFull {
      let alpha = Double(draft.count - number) / Double(draft.count)
      func value(_ place: Int) -> Double {
        let distance = Double(nearest[place]).squareRoot()
        return alpha * (1 - 1 / (1 + distance)) + (1 - alpha) * scores[place]
      }
      let open = draft.unlabelled.filter(draft.isOpen)
      let values = open.map(value)
      guard let slot = values.indices.max(by: { values[$0] < values[$1] }) else {
        if draft.loosen(among: draft.unlabelled) { continue } else { return }
      }
      let place = open[slot]
      draft.take(
        place, value(place),
        "\(Double(nearest[place]).squareRoot().short) from the nearest, "
          + "uncertainty \(scores[place].short)")
      points.lower(&nearest, toNearestOf: [place])
      number += 1
    }
  }
}

extension Selection {
  /// Distance to what is labelled and the score, weighted by what is left unlabelled.
  public static let rankedBatch = Selection(needs: [.embeddings]) { draft, scores, _ in
    guard let matrix = draft.pool.features(.embeddings) else { return }
    try RankedBatch().take(draft, scores, matrix)
  }
}
