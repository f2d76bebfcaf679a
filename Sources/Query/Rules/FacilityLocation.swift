import Base

/// Greedy choice of items that every item of the pool finds a similar one among.
///
/// Mirzasoleiman, Badanidiyuru, Karbasi, Vondrák, Krause. *Lazier Than Lazy Greedy.* AAAI 2015.
/// <https://arxiv.org/abs/1409.7938>; Wei, Iyer, Bilmes. *Submodularity in Data Subset Selection and
/// Active Learning.* ICML 2015. F(S) = Σₙ max_{s∈S∪L} (1 + cos(xₙ, s)) / 2, greedily, within 1 − 1/e
/// of the best batch. As `MaxHerding`, with a similarity that reaches across the pool.
///
/// - Reads: `embeddings [N, D]`, prepared and scaled to unit length.
/// - Utility: the gain.
/// - Cost: as `MaxHerding`.
/// - Randomness: none but ties, and the samples in larger pools.
/// - Departures: the lazy greedy choice, whose outcome is the plain one's, instead of the stochastic.
public struct FacilityLocation: Rule {
  static let card = MethodCard(
    "every item of the pool resembles a chosen one", cost: "O(N·min(N, 20,000)·D)",
    regime: "the first labels", paper: "Wei 2015; Mirzasoleiman 2015")
  /// What the rule reads.
  public let needs: Set<PoolStatistic> = [.embeddings]
  let name = "facility-location"

  /// The rule.
  public init() {}

  func choose(_ draft: Draft) throws {
    guard let matrix = draft.pool.features(.embeddings) else { return }
    try Herding(kernel: .cosine, isAngular: true).take(draft, matrix)
    draft.fillAtRandom(because: "drawn at random; everything is covered")
  }
}
