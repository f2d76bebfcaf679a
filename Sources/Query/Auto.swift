import Base

/// The default: coverage for the first batch, then coverage of what the head finds uncertain, as
/// soon as the head deserves trust.
///
/// Our own recipe out of `MaxHerding` and `UncertaintyHerding`, measured on frozen features of
/// medical sets: together they saved more labels than either. Where the features did not separate
/// the classes, uncertainty cost labels against a random draw; hence the guard.
///
/// - Without a label: `MaxHerding`.
/// - While the out-of-fold score is below `Guard.score`, or the lower end of its interval below
///   chance + `Guard.lead` (in segmentation: while the Dice is below `Guard.dice`): a share
///   `Guard.random` of the batch at random, the rest by `MaxHerding`, which counts those as chosen.
/// - Else `UncertaintyHerding`, weighted by margin; in segmentation by the pixel-level uncertainty.
///
/// - Reads: `embeddings [N, D]`; with labels `probabilities [N, C]` (in segmentation `uncertainty
///   [N]`) and `trust`, without which the head is trusted.
/// - Utility: the gain in items, weighted or not; for a random pick the number drawn.
/// - Cost: as `MaxHerding`.
/// - Randomness: the random share, ties, and the samples in larger pools.
public struct Auto: Rule {
  static let card = MethodCard(
    "coverage first, then uncertain coverage once trusted",
    cost: "as max-herding", regime: "all; the default",
    paper: "own; Bae 2024, 2025")
  /// When the head deserves trust, and what is done until then.
  public struct Guard: Sendable, Codable, Equatable {
    /// The least out-of-fold balanced accuracy.
    public var score = 0.8
    /// The least lead of the lower end of its interval over chance.
    public var lead = 0.15
    /// The least out-of-fold foreground Dice.
    public var dice = 0.5
    /// The share of a batch drawn at random until then.
    public var random = 0.5

    /// The measured guard.
    public init() {}
  }

  /// When the head deserves trust.
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
    guard let matrix = draft.pool.features(.embeddings) else { return }
    if draft.pool.labelled.isEmpty {
      try MaxHerding(bandwidth: bandwidth).choose(draft)
    } else if draft.pool.knowsOneClassOnly {
      try draft.coverInstead(because: "one class known")
    } else if deserves(draft.pool) {
      try UncertaintyHerding(bandwidth: bandwidth).choose(draft)
    } else {
      let random = Int((trustGuard.random * Double(draft.budget)).rounded())
      draft.fillAtRandom(upTo: random, because: "drawn at random; the head is not trusted yet")
      try Herding(bandwidth: bandwidth).take(draft, matrix) { _ in "; the head is not trusted yet" }
      draft.fillAtRandom()
    }
  }

  /// Whether the head's uncertainty may choose.
  private func deserves(_ pool: PoolStatistics) -> Bool {
    guard let trust = pool.trust else { return true }
    guard let matrix = pool.probabilities ?? pool.logits else {
      return trust.score >= trustGuard.dice
    }
    let chance = trust.chance ?? 1 / Double(matrix.columns)
    return trust.score >= trustGuard.score && trust.low >= chance + trustGuard.lead
  }
}
