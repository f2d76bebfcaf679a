import Base

/// Class-stratified entropy with power noise.
///
/// Lüth et al. *nnActive: A Framework for Evaluation of Active Learning in 3D Biomedical
/// Segmentation.* TMLR 2025: the strategy that led there, for whole items. Two thirds of the batch
/// are shared evenly among the foreground classes (all classes in classification), each by the
/// ranking of H(p)·p_c; the rest goes by H(p). Rankings are noisy: log s + G/β with G from a
/// standard Gumbel distribution.
///
/// - Reads: `probabilities [N, C]`, in segmentation the image's mean, together with `uncertainty
///   [N]` in the place of H(p).
/// - Utility: the score of the ranking that took the item.
/// - Cost: O(N·C + C·N log N).
/// - Randomness: one number per item and ranking, from the key.
/// - Hyper-parameters: share 0.66; β = 1, to be raised towards 100 over the rounds.
/// - Departures: the paper's units are patches of a volume.
public struct ClaSP: Rule {
  static let card = MethodCard(
    "class-stratified entropy with noise",
    cost: "O(C·N log N)", regime: "segmentation of several classes",
    paper: "Lüth 2025 (nnActive)")
  /// What the rule reads.
  public let needs: Set<PoolStatistic> = [.probabilities]
  /// The share of the batch that is taken class by class.
  public let share: Double
  /// How strongly the score decides against the noise.
  public let beta: Double
  let name = "clasp"

  /// The rule with its share and noise.
  public init(share: Double = 0.66, beta: Double = 1) { (self.share, self.beta) = (share, beta) }

  /// What the rule reads in segmentation.
  public var needsInSegmentation: Set<PoolStatistic> { [.probabilities, .uncertainty] }

  func choose(_ draft: Draft) throws {
    let classes = try draft.membersByPrediction(for: name).count
    let entropies = try draft.pool.uncertainty == nil ? draft.scores(.entropy) : draft.pixelScores()
    let first = draft.pool.uncertainty == nil ? 0 : 1
    let columns = Array(first..<max(classes, first + 1))
    let key = draft.key.folding("clasp")
    let quotas = Self.quotas(Int(share * Double(draft.budget)), columns.count, key)
    for slot in key.folding("order").permutation(columns.count) {
      var scores = entropies
      for place in draft.unlabelled {
        scores[place] *= Double(try draft.probabilities(at: place)[columns[slot]])
      }
      take(draft, scores, quotas[slot], "class \(columns[slot])", key.folding(columns[slot]))
    }
    take(draft, entropies, draft.remaining, "entropy", key.folding("entropy"))
  }

  private func take(
    _ draft: Draft, _ scores: [Double], _ quota: Int, _ words: String, _ key: RandomKey
  ) {
    Noise.power.take(
      draft, scores, of: draft.unlabelled, upTo: quota, beta: beta, key: key
    ) { "uncertain by \(words), \(scores[$0].short)" }
  }

  /// Even shares, the remainder to classes drawn at random.
  private static func quotas(_ total: Int, _ classes: Int, _ key: RandomKey) -> [Int] {
    var quotas = [Int](repeating: total / classes, count: classes)
    for slot in key.folding("remainder").permutation(classes).prefix(total % classes) {
      quotas[slot] += 1
    }
    return quotas
  }
}
