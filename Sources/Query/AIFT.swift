import Base
import Foundation

/// Active, incremental fine-tuning's query: entropy and diversity over the views of an item.
///
/// Zhou, Shin, Zhang, Gurudu, Gotway, Liang. *Fine-Tuning Convolutional Neural Networks for
/// Biomedical Image Analysis: Actively and Incrementally.* CVPR 2017, Algorithm 1; Zhou et al.,
/// *Active, Continual Fine Tuning…*, Medical Image Analysis 2021.
/// <https://arxiv.org/abs/1802.00912>
///
/// The views of an item are patches or augmentations. Kept are the n = max(1, αV) that are surest
/// of the majority's class; the score is λ₁ Σ H(pⱼ) + λ₂ Σ_{j≠l} d(pⱼ, p_l), d the symmetric
/// Kullback–Leibler divergence, each pair counted twice. Then, of the first ω·budget, items are
/// drawn without replacement with chances in proportion to the score's lead over the last of them.
///
/// - Reads: `views [N, V, C]`; in segmentation `uncertainty [N]`.
/// - Utility: the score.
/// - Cost: O(N·V·C + N log N).
/// - Randomness: one number per item, from the key; none with ω = 1.
/// - Hyper-parameters: α = 1/4, ω = 5, and by default the entropy alone, as the published curves
///   favour randomness and majority and are undecided between entropy and diversity.
/// - Departures: probabilities are clamped to 10⁻⁷ … 1 − 10⁻⁷ in the divergence; `form: matlab` does
///   as the authors' program instead, `form: normalised` takes means in the place of sums.
public struct AIFT: Rule {
  static let card = MethodCard(
    "entropy and diversity over the views of an item",
    cost: "V passes of the network", regime: "items with three views and more",
    paper: "Zhou 2017")
  /// What the rule reads.
  public let needs: Set<PoolStatistic> = [.views]
  /// α: the share of the views that is kept.
  public let majority: Double
  /// ω: how many times the budget may be drawn from; 1 for the plain ranking.
  public let extensionFactor: Double
  /// The weights λ₁ of entropy and λ₂ of diversity.
  public let weights: (entropy: Double, diversity: Double)
  /// How the score is summed.
  public let form: ViewPatterns.Form
  let name = "aift"

  /// The rule; the defaults are those recommended above.
  public init(
    majority: Double = 0.25, extensionFactor: Double = 5, entropy: Double = 1,
    diversity: Double = 0, form: ViewPatterns.Form = .clamped
  ) {
    self.form = form
    (self.majority, self.extensionFactor) = (majority, extensionFactor)
    weights = (entropy, diversity)
  }

  func choose(_ draft: Draft) throws {
    let scores = try scores(draft)
    let order = Draft.descending(draft.unlabelled, by: scores)
    let window = Array(
      order.prefix(Int((extensionFactor * Double(draft.budget)).rounded(.up))))
    guard let last = window.last else { return }
    if scores[order[0]] == scores[last], extensionFactor > 1 {
      draft.fillAtRandom(because: "drawn at random; every item has the same score")
    }
    let key = draft.key.folding("aift")
    var noisy = scores
    for place in window where extensionFactor > 1 {
      noisy[place] = log(scores[place] - scores[last]) + key.folding(draft.item(place)).gumbel()
    }
    // A chance of zero comes last, in the order of the ranking.
    let positive = window.filter { scores[$0] > scores[last] || extensionFactor <= 1 }
    let drawn = Draft.descending(positive, by: noisy)
    let first = Set(drawn)
    let lottery =
      extensionFactor > 1
      ? Lottery(draft, among: drawn) { log(scores[$0] - scores[last]) } : nil
    let describe = { (place: Int) in (scores[place], "its views score \(scores[place].short)") }
    draft.take(inOrder: drawn, lottery: lottery, describe)
    draft.take(inOrder: order.filter { !first.contains($0) }, describe)
  }

  private func scores(_ draft: Draft) throws -> [Double] {
    guard let views = draft.pool.views else { return try draft.scores(.consistency) }
    var scores = [Double](repeating: 0, count: draft.count)
    for place in draft.unlabelled {
      let vectors = try (0..<views.shape[1]).map {
        try draft.probabilities(views, draft.rows[place] * views.shape[1] + $0, place)
          .map { Double($0) }
      }
      scores[place] = ViewPatterns.score(
        vectors, majority: majority, entropy: weights.entropy, diversity: weights.diversity,
        form: form)
    }
    return scores
  }
}

/// The score of a set of views.
public enum ViewPatterns {
  /// How the divergence of two views is made finite, and what the numbers are measured in.
  public enum Form: String, Sendable, Codable, CaseIterable {
    /// Sums, probabilities clamped to 10⁻⁷ … 1 − 10⁻⁷ in the divergence.
    case clamped
    /// Sums, 2⁻⁵² added within each logarithm, as the authors' program does.
    case matlab
    /// Means over views and pairs in units of their largest values, so that items with different
    /// numbers of views can be compared: own.
    case normalised
  }

  /// The largest divergence of two views whose probabilities are clamped.
  static let largestDivergence = 32.236185

  /// λ₁ Σ H(pⱼ) + λ₂ Σ_{j≠l} d(pⱼ, p_l) over the majority's share of the views.
  ///
  /// The double sum has a closed form: 2 Σ_c [n Σⱼ p log p − Σⱼ p · Σⱼ log p]. Normalised it is
  /// λ₁ · mean H / log C + λ₂ · mean_{j<l} d / 32.236.
  package static func score(
    _ views: [[Double]], majority: Double, entropy: Double, diversity: Double,
    form: Form = .clamped
  ) -> Double {
    let kept = majority < 1 ? surest(views, majority) : views
    let (count, classes) = (Double(kept.count), Double(views.first?.count ?? 0))
    var score = 0.0
    if entropy != 0 {
      let sum = kept.reduce(0) { $0 + Self.entropy($1, form) }
      score += entropy * (form == .normalised ? sum / (count * log(max(classes, 2))) : sum)
    }
    if diversity != 0, kept.count > 1 {
      let sum = divergence(kept, form)
      let pairs = count * (count - 1) * largestDivergence
      score += diversity * (form == .normalised ? sum / pairs : sum)
    }
    return score
  }

  private static func entropy(_ view: [Double], _ form: Form) -> Double {
    let epsilon = form == .matlab ? 0x1p-52 : 0
    return -view.reduce(0) { $0 + ($1 + epsilon > 0 ? $1 * log($1 + epsilon) : 0) }
  }

  private static func divergence(_ views: [[Double]], _ form: Form) -> Double {
    var total = 0.0
    for column in (views.first ?? []).indices {
      var (products, sum, logs) = (0.0, 0.0, 0.0)
      for view in views {
        let p = form == .matlab ? view[column] : min(max(view[column], 1e-7), 1 - 1e-7)
        let logarithm = log(p + (form == .matlab ? 0x1p-52 : 0))
        products += p * logarithm
        sum += p
        logs += logarithm
      }
      total += 2 * (Double(views.count) * products - sum * logs)
    }
    return max(0, total)
  }

  /// The views that are surest of the class that the mean favours; the first class when two are
  /// within 10⁻⁶, single precision.
  private static func surest(_ views: [[Double]], _ share: Double) -> [[Double]] {
    let classes = views.first?.count ?? 0
    let means = (0..<classes).map { column in
      views.reduce(0) { $0 + $1[column] } / Double(views.count)
    }
    var winner = 0
    for column in means.indices where means[column] > means[winner] + 1e-6 { winner = column }
    let order = views.indices.sorted {
      views[$0][winner] != views[$1][winner] ? views[$0][winner] > views[$1][winner] : $0 < $1
    }
    let count = max(1, Int((share * Double(views.count)).rounded(.toNearestOrAwayFromZero)))
    return order.prefix(count).map { views[$0] }
  }
}
