import Base

/// Coverage of what the current head finds uncertain.
///
/// Bae, Sutherland, Noh. *Uncertainty Herding: One Active Learning Method for All Label Budgets.*
/// ICLR 2025. <https://arxiv.org/abs/2412.20644>
///
/// The greedy choice of `MaxHerding` with each item weighted by how uncertain it is: chosen is
/// argmax Σₙ uₙ max(0, k(xₙ, c) − max_{s chosen or labelled} k(xₙ, s)).
///
/// - Reads: `embeddings [N, D]` and `probabilities [N, C]`; in segmentation `uncertainty [N]`.
/// - Utility: the weighted gain.
/// - Cost: as `MaxHerding`.
/// - Randomness: none but ties, and the samples in larger pools.
/// - Hyper-parameters: `rarity` (our own) favours what may be of a class with few labels; on the
///   natural sets measured it neither helped nor hurt.
/// - Departures: the weight is the margin of the probabilities as given, the temperature is not
///   fitted here; σ = 0.5 · median distance does not shrink with the labels. When nothing is left
///   to gain the rest is taken by uncertainty.
public struct UncertaintyHerding: Rule {
  static let card = MethodCard(
    "coverage of what is uncertain",
    cost: "O(N·min(N, 20,000)·D)", regime: "all, once the head deserves trust",
    paper: "Bae, Sutherland, Noh 2025")
  /// What an item's weight is.
  public let score: Score
  /// σ in units of the median distance between two items.
  public let bandwidth: Double
  /// Whether weights are multiplied by Σ p_c / n_c over the classes, n_c the labels of class c.
  public let rarity: Bool
  let name = "uherding"

  /// The rule with its weight and its kernel's width, which was measured best at 0.5.
  public init(score: Score = .margin, bandwidth: Double = 0.5, rarity: Bool = false) {
    (self.score, self.bandwidth, self.rarity) = (score, bandwidth, rarity)
  }

  /// What the rule reads.
  public var needs: Set<PoolStatistic> { score.needs.union([.embeddings]) }

  func choose(_ draft: Draft) throws {
    guard let matrix = draft.pool.features(.embeddings),
      var scores = try draft.scoresOrCoverage(score)
    else { return }
    if rarity { scores = try draft.favouringRareClasses(scores) }
    try WeightedHerding(bandwidth: bandwidth)
      .take(draft, scores: scores, matrix, name: score.name)
  }
}

/// Herding weighted by scores, the rest by score.
struct WeightedHerding {
  var bandwidth = 0.5

  func take(_ draft: Draft, scores: [Double], _ matrix: Matrix, name: String) throws {
    let weights = scores.map { max($0, 0) }
    try Herding(bandwidth: bandwidth).take(draft, matrix, weights: weights) {
      ", \(name) \(scores[$0].short)"
    }
    draft.takeBest(scores) { "\(name) \(scores[$0].short); everything is covered" }
  }
}

extension Draft {
  /// Scores times Σ p_c / n_c over the classes, n_c the labels of class c; a class never seen counts
  /// as one label.
  fileprivate func favouringRareClasses(_ scores: [Double]) throws -> [Double] {
    guard let matrix = pool.probabilities ?? pool.logits else { return scores }
    let counts = labelCounts(classes: matrix.columns)
    var scores = scores
    for place in unlabelled {
      scores[place] *= zip(try probabilities(at: place), counts).reduce(0) {
        $0 + Double($1.0) / Double(max($1.1, 1))
      }
    }
    return scores
  }
}

extension Selection {
  /// Coverage of the pool weighted by the scores; σ in units of the median distance.
  public static func herding(bandwidth: Double) -> Selection {
    Selection(needs: [.embeddings]) { draft, scores, name in
      guard let matrix = draft.pool.features(.embeddings) else { return }
      try WeightedHerding(bandwidth: bandwidth).take(draft, scores: scores, matrix, name: name)
    }
  }
}
