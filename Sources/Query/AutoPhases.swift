import Base

/// Coverage, then noisy margins, then gradients: the plan before `auto` was measured.
///
/// - Until every class that the head knows has `least` labels and |L| ≥ `coverage`·C, but no longer
///   than twice that: `MaxHerding`.
/// - Until |L| ≥ `margin`·C: margin with power noise (β = 1).
/// - Then `BADGE`.
///
/// - Reads: `embeddings [N, D]`; with labels also `probabilities [N, C]` and `embeddings_current
///   [N, H]`.
/// - Utility: that of the phase.
/// - Cost: that of the phase.
/// - Randomness: that of the phase.
public struct AutoPhases: Rule {
  static let card = MethodCard(
    "coverage, then noisy margins, then gradients",
    cost: "that of the phase", regime: "all; auto was measured better",
    paper: "own")
  /// Labels per class from which coverage may end.
  public let coverage: Int
  /// Labels per class from which gradients choose.
  public let margin: Int
  /// Labels that every class should have by then.
  public let least: Int
  let name = "auto-phases"
  let asksModel = false

  /// The rule with the ends of its phases, in labels per class.
  public init(coverage: Int = 10, margin: Int = 50, least: Int = 3) {
    (self.coverage, self.margin, self.least) = (coverage, margin, least)
  }

  /// What the rule reads once there are labels.
  public var needs: Set<PoolStatistic> { [.embeddings, .probabilities, .currentEmbeddings] }

  func required(in pool: PoolStatistics) -> Set<PoolStatistic> {
    pool.labelled.isEmpty ? [.embeddings] : needs
  }

  func choose(_ draft: Draft) throws {
    if draft.pool.labelled.isEmpty { return try MaxHerding().choose(draft) }
    if draft.pool.knowsOneClassOnly {
      return try draft.coverInstead(because: "one class known")
    }
    let classes = (draft.pool.probabilities ?? draft.pool.logits)?.columns ?? 1
    let labels = draft.pool.labelled.count
    let rarest = draft.labelCounts(classes: classes).filter { $0 > 0 }.min() ?? 0
    let isCovered = labels >= coverage * classes && rarest >= least
    if !isCovered && labels < 2 * coverage * classes {
      try MaxHerding().choose(draft)
    } else if labels < margin * classes {
      try Margin(.noisy(.power, beta: 1)).choose(draft)
    } else {
      try BADGE().choose(draft)
    }
  }
}
