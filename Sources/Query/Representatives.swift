import Base

/// Of the most informative items those that represent the unlabelled pool best.
///
/// Greedily maximises F(S) = Σ_{j unlabelled} max_{i∈S} cos(i, j) within the shortlist. In pools of
/// more than 65,536 unlabelled items F is estimated on that many of them, a uniform sample.
///
/// - Complexity: O(K·min(N, 65,536)·D) time, K·min(N, 65,536) numbers in memory.
struct Representatives {
  /// The size of the shortlist; nil for twice the budget.
  var candidates: Int?
  private static let most = 65_536

  func take(_ draft: Draft, scores: [Double], _ matrix: Matrix) throws {
    let shortlist = draft.shortlist(candidates, scores)
    let references = Array(draft.unlabelled.prefix(Self.most))
    let preparation = Preparation.unit(centred: false)
    let points = try preparation.points(draft, matrix, places: references)
    let columns = try preparation.points(draft, matrix, places: shortlist)
    let similarities = Self.similarities(points, columns)
    let scale = Double(draft.unlabelled.count) / Double(references.count)
    var best = [Float](repeating: -.infinity, count: references.count)
    var total = 0.0
    while !draft.isFull {
      let open = shortlist.indices.filter { draft.isOpen(shortlist[$0]) }
      let totals = open.map { Self.total(best, similarities, $0, shortlist.count) }
      guard let slot = totals.indices.max(by: { totals[$0] < totals[$1] }) else {
        if draft.loosen(among: shortlist) { continue } else { return }
      }
      let next = open[slot]
      for row in best.indices {
        best[row] = max(best[row], similarities[row * shortlist.count + next])
      }
      draft.take(
        shortlist[next], totals[slot] * scale,
        "\(Self.words(totals[slot] - total, references.count)), "
          + "uncertainty \(scores[shortlist[next]].short)")
      total = totals[slot]
    }
  }

  private static func words(_ gain: Double, _ count: Int) -> String {
    "raises the mean similarity to the pool by \((gain / Double(count)).short)"
  }

  /// `[references, candidates]`.
  private static func similarities(_ points: Points, _ columns: Points) -> [Float] {
    let count = columns.count
    var similarities = [Float](repeating: 0, count: points.count * count)
    similarities.withUnsafeMutableBufferPointer { buffer in
      guard let out = buffer.baseAddress else { return }
      points.sweep(rows: points.count, columns: columns.base, count) { rows, products in
        (out + rows.lowerBound * count).update(from: products, count: rows.count * count)
      }
    }
    return similarities
  }

  /// F after adding a candidate.
  private static func total(
    _ best: [Float], _ similarities: [Float], _ candidate: Int, _ count: Int
  ) -> Double {
    var total = 0.0
    for row in best.indices {
      total += Double(max(best[row], similarities[row * count + candidate]))
    }
    return total
  }
}

extension Selection {
  /// Of the `candidates` highest (nil: twice the budget) those that represent the pool best.
  public static func maxCover(candidates: Int?) -> Selection {
    Selection(needs: [.currentEmbeddings]) { draft, scores, _ in
      guard let matrix = draft.pool.similarityFeatures else { return }
      try Representatives(candidates: candidates).take(draft, scores: scores, matrix)
    }
  }
}
