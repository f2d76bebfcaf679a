import Base

/// The default: coverage for the first batch, then coverage of what the head finds uncertain, as far
/// as the head deserves trust.
///
/// Our own recipe out of `MaxHerding`, `Margin` and `UncertaintyHerding`, measured on frozen features
/// of medical sets, good ones and ones made worse on purpose: coverage saves most labels where
/// distances between features mean something, and costs labels where they do not; margins need
/// the features less; a random share bounds what either can lose.
///
/// - Without a label: `MaxHerding`.
/// - Then with trust t = (s − f) / (`Guard.score` − f) within 0…1, s the out-of-fold balanced accuracy
///   and f = chance + `Guard.lead` (in segmentation s / `Guard.dice`, s the Dice): a share
///   `Guard.random` · (1 − t) of the batch at random, of the rest a share 1 − t by margin and t by
///   `UncertaintyHerding`; in segmentation by the pixel-level uncertainty.
///
/// - Reads: `embeddings [N, D]`; with labels `probabilities [N, C]` (in segmentation `uncertainty
///   [N]`) and `trust`, without which the head is trusted.
/// - Utility: the gain in items, the margin, or for a random pick the number drawn.
/// - Cost: as `MaxHerding`.
/// - Randomness: the random share, ties, and the samples in larger pools.
public struct Auto: Rule {
  static let card = MethodCard(
    "coverage first, then uncertain coverage as far as trusted",
    cost: "as max-herding", regime: "all; the default",
    paper: "own; Bae 2024, 2025")
  /// How far the head deserves trust, and what is done as far as it does not.
  public struct Guard: Sendable, Codable, Equatable {
    /// The out-of-fold balanced accuracy of full trust.
    public var score = 0.8
    /// The lead over chance at which trust begins.
    public var lead = 0.15
    /// The out-of-fold foreground Dice of full trust.
    public var dice = 0.5
    /// The share of a batch drawn at random without trust.
    public var random = 0.25

    /// The measured guard.
    public init() {}
  }

  /// How far the head deserves trust.
  public let trustGuard: Guard
  /// σ in units of the median distance between two items.
  public let bandwidth: Double
  let name = "auto"
  let asksModel = false

  /// The recipe with its guard and its kernel's width.
  public init(guard trustGuard: Guard = Guard(), bandwidth: Double = 0.5) {
    (self.trustGuard, self.bandwidth) = (trustGuard, bandwidth)
  }

  /// What the rule reads once there are labels.
  public var needs: Set<PoolStatistic> { [.embeddings, .probabilities, .trust] }

  func required(in pool: PoolStatistics) -> Set<PoolStatistic> {
    pool.labelled.isEmpty ? [.embeddings] : [.embeddings, .probabilities]
  }

  func choose(_ draft: Draft) throws {
    if draft.pool.labelled.isEmpty {
      try MaxHerding(bandwidth: bandwidth).choose(draft)
    } else if draft.pool.knowsOneClassOnly {
      try draft.coverInstead(because: "one class known")
    } else {
      try hedge(draft, trust: trustGuard.trust(in: draft.pool))
      try UncertaintyHerding(bandwidth: bandwidth).choose(draft)
    }
  }

  /// Takes what the head is not trusted with: a share at random, and of the rest one by margin.
  private func hedge(_ draft: Draft, trust: Double) throws {
    if trust >= 1 { return }
    let words = "; the head is trusted by \(trust.short)"
    let random = Int((trustGuard.random * (1 - trust) * Double(draft.budget)).rounded())
    draft.fillAtRandom(upTo: random, because: "drawn at random" + words)
    guard let scores = try draft.scoresOrCoverage(.margin) else { return }
    let byMargin = Int((1 - trust) * Double(draft.budget - random))
    draft.takeBest(scores, upTo: byMargin) { "margin \(scores[$0].short)" + words }
  }
}

extension Auto.Guard {
  /// How far the head's uncertainty may choose, 0…1.
  func trust(in pool: PoolStatistics) -> Double {
    guard let trust = pool.trust else { return 1 }
    var (least, full) = (0.0, dice)
    if let matrix = pool.probabilities ?? pool.logits {
      (least, full) = ((trust.chance ?? 1 / Double(matrix.columns)) + lead, score)
    }
    if trust.score >= full { return 1 }
    return trust.score <= least ? 0 : (trust.score - least) / (full - least)
  }
}
