import Base
import Foundation

/// Of the most informative items those that resemble one another least.
///
/// S_K are the K items of highest score. S starts with the first; while |S| < k, added is
/// argmin_{x ∈ S_K∖S} max_{i∈S} cos(x, i), ties by higher score.
struct LeastSimilar {
  /// K; nil for twice the budget.
  var candidates: Int?
  /// Whether the labelled items count as chosen from the start.
  var seedWithLabelled = false
  /// Whether the pool's mean is subtracted before cosines are taken.
  var centred = false

  func take(_ draft: Draft, scores: [Double], _ matrix: Matrix) throws {
    let shortlist = draft.shortlist(candidates, scores)
    let seeds =
      seedWithLabelled ? draft.isLabelled.indices.filter { draft.isLabelled[$0] } : []
    let points = try Preparation.unit(centred: centred)
      .points(draft, matrix, places: shortlist + seeds)
    var highest = [Double](repeating: -.infinity, count: shortlist.count)
    for seed in points.places.indices.dropFirst(shortlist.count) {
      raise(&highest, points, by: seed)
    }
    while !draft.isFull {
      let open = shortlist.indices.filter { draft.isOpen(shortlist[$0]) }
      guard let next = open.min(by: { highest[$0] < highest[$1] }) else {
        if draft.loosen(among: shortlist) { continue } else { return }
      }
      let reason =
        highest[next] == -.infinity
        ? "" : ", similarity to the others at most \(highest[next].short)"
      draft.take(
        shortlist[next], scores[shortlist[next]],
        "uncertainty \(scores[shortlist[next]].short)" + reason)
      raise(&highest, points, by: next)
    }
  }

  private func raise(_ highest: inout [Double], _ points: Points, by index: Int) {
    for other in highest.indices {
      let cosine = (0..<points.width).reduce(0.0) {
        $0 + Double(points[other][$1]) * Double(points[index][$1])
      }
      highest[other] = max(highest[other], cosine)
    }
  }
}

extension Selection {
  /// Of the `candidates` highest (nil: twice the budget) those that resemble one another least; see
  /// `Hybrid` for the other settings.
  public static func leastSimilar(
    candidates: Int?, seedWithLabelled: Bool = false, centred: Bool = false
  ) -> Selection {
    Selection(needs: [.currentEmbeddings]) { draft, scores, _ in
      guard let matrix = draft.pool.similarityFeatures else { return }
      let stage = LeastSimilar(
        candidates: candidates, seedWithLabelled: seedWithLabelled, centred: centred)
      try stage.take(draft, scores: scores, matrix)
    }
  }
}

extension Double {
  /// Three significant digits, for people.
  var short: String { String(format: "%.3g", self) }
}
