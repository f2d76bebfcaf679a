import Base

/// Items that resemble the labelled ones of the rarest class, for a part of the batch.
///
/// After Kothawade, Beck, Killamsetty, Iyer. *SIMILAR: Submodular Information Measures Based Active
/// Learning In Realistic Scenarios.* NeurIPS 2021. <https://arxiv.org/abs/2107.00717>: greedily
/// maximised is the mutual information of facility location with the labelled items q of the class,
/// F(S) = Σ_q max_{x∈S} s(x, q) + Σ_{x∈S} max_q s(x, q), s(x, q) = max(cos(x, q), 0) · (m(x) + 0.1)
/// with m the margin score. The rest of the batch goes by margin.
///
/// - Reads: `probabilities [N, C]` and `embeddings [N, D]`, prepared (see `Preparation.standard`).
/// - Utility: the gain; for the rest the margin.
/// - Cost: O(n·q·256 + budget·n·q) for q ≤ 256 labelled items of the class and n ≤ 50,000 candidates,
///   in larger pools a uniform sample.
/// - Randomness: none but ties.
/// - Hyper-parameters: a share of 0.3 at most: measured, whole batches of such items cost labels,
///   since the model knows them already.
/// - Departures: the class is the one with fewest labels; of classes that tie the first.
public struct RareClass: Rule {
  static let card = MethodCard(
    "resembles the labelled items of the rarest class", cost: "O(N·q·D + b·N·q)",
    regime: "long tails, once the rare class has a label", paper: "Kothawade 2021")
  /// What the rule reads.
  public let needs: Set<PoolStatistic> = [.probabilities, .embeddings]
  /// Classification alone: a mask has no class of its own.
  public let tasks: Set<QueryTask> = [.classification]
  /// The share of the batch that is mined.
  public let share: Double
  let name = "rare-class"
  private static let mostQueries = 256
  private static let mostCandidates = 50_000

  /// The rule with the share of the batch that is mined.
  public init(share: Double = 0.3) { self.share = share }

  func choose(_ draft: Draft) throws {
    let classes = try draft.requireProbabilities(for: name)
    guard let matrix = draft.pool.features(.embeddings) else { return }
    let margins = try draft.scores(.margin)
    let counts = draft.labelCounts(classes: classes)
    if let rare = counts.indices.filter({ counts[$0] > 0 }).min(by: { counts[$0] < counts[$1] }) {
      try mine(draft, rare, margins, matrix)
    }
    draft.takeBest(margins) { "margin \(margins[$0].short)" }
  }

  private func mine(
    _ draft: Draft, _ rare: Int, _ margins: [Double], _ matrix: Matrix
  ) throws {
    let queries = draft.isLabelled.indices.filter {
      draft.isLabelled[$0] && draft.label($0) == rare
    }
    .prefix(Self.mostQueries)
    let candidates = Array(draft.unlabelled.prefix(Self.mostCandidates))
    let points = try Preparation.direction(
      of: matrix, draft, places: candidates + queries)
    let similarities = points.cosines(
      ofFirst: candidates.count, with: Array(candidates.count..<points.count))
    let number = queries.count
    func similarity(_ slot: Int, _ query: Int) -> Double {
      max(Double(similarities[slot * number + query]), 0) * (margins[candidates[slot]] + 0.1)
    }
    var best = [Double](repeating: 0, count: number)
    var left = Int(share * Double(draft.budget))
    while left > 0, !draft.isFull {
      let open = candidates.indices.filter { draft.isOpen(candidates[$0]) }
      let gains = open.map { slot in
        var (sum, highest) = (0.0, 0.0)
        for query in 0..<number {
          let value = similarity(slot, query)
          sum += max(0, value - best[query])
          highest = max(highest, value)
        }
        return sum + highest
      }
      guard let next = gains.indices.max(by: { gains[$0] < gains[$1] }), gains[next] > 0 else {
        return
      }
      let slot = open[next]
      for query in 0..<number { best[query] = max(best[query], similarity(slot, query)) }
      draft.take(
        candidates[slot], gains[next],
        "resembles the \(counted(number, "label")) of class \(rare), gain \(gains[next].short)")
      left -= 1
    }
  }

  private func counted(_ number: Int, _ noun: String) -> String {
    number == 1 ? "one \(noun)" : "\(number) \(noun)s"
  }
}

extension Points {
  /// The products of the first points with some points, `[rows, indices]`; cosines where the points
  /// have unit length.
  func cosines(ofFirst rows: Int, with indices: [Int]) -> [Float] {
    var columns = [Float](repeating: 0, count: max(indices.count, 1) * width)
    gather(indices[...], into: &columns, columns: indices.count)
    var cosines = [Float](repeating: 0, count: rows * indices.count)
    cosines.withUnsafeMutableBufferPointer { buffer in
      guard let out = buffer.baseAddress else { return }
      sweep(rows: rows, columns: columns, indices.count) { block, products in
        (out + block.lowerBound * indices.count)
          .update(from: products, count: block.count * indices.count)
      }
    }
    return cosines
  }
}
