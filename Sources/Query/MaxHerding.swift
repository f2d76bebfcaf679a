import Base

/// Greedy coverage of the pool by similarity: the first batch, before there is any label.
///
/// Bae, Noh, Sutherland. *Generalized Coverage for More Robust Low-Budget Active Learning.*
/// ECCV 2024. <https://arxiv.org/abs/2407.12212>, Algorithm 1; the greedy choice for a facility
/// location function, within 1 − 1/e of the best batch.
///
/// Chosen is argmax Σₙ max(0, k(xₙ, c) − max_{s chosen or labelled} k(xₙ, s)) with
/// k(x, y) = exp(−‖x − y‖² / 2σ²), σ = `bandwidth` · median distance, on prepared embeddings (see
/// `Preparation.standard`); n runs over labelled and unlabelled items.
///
/// - Reads: `embeddings [N, D]`.
/// - Utility: the gain, in items.
/// - Cost: O(N²·256) up to 20,000 items, bounded beyond (see `Herding`); memory O(N·256).
/// - Randomness: none but ties, and the samples in larger pools.
/// - Departures: when nothing is left to gain the rest is drawn at random.
public struct MaxHerding: Rule {
  static let card = MethodCard(
    "coverage of the pool",
    cost: "O(N·min(N, 20,000)·D)", regime: "the first labels",
    paper: "Bae, Noh, Sutherland 2024")
  /// What the rule reads.
  public let needs: Set<PoolStatistic> = [.embeddings]
  let name = "max-herding"
  /// σ in units of the median distance between two items.
  public var bandwidth: Double
  /// How much of a large pool is looked at.
  package var sample = CoverageSample()

  /// The rule with its kernel's width; 0.5 was measured best.
  public init(bandwidth: Double = 0.5) { self.bandwidth = bandwidth }

  func choose(_ draft: Draft) throws {
    guard let matrix = draft.pool.features(.embeddings) else { return }
    try Herding(bandwidth: bandwidth, sample: sample).take(draft, matrix)
    draft.fillAtRandom(because: "drawn at random; everything is covered")
  }
}
