import Base

/// The loss that an item is expected to cause.
///
/// After Yoo, Kweon. *Learning Loss for Active Learning.* CVPR 2019.
/// <https://arxiv.org/abs/1905.03677>, in a cheap form of our own: where the paper trains a head on
/// the network's inner maps, here a ridge regression on frozen features is fitted to the losses of
/// the labelled items under models that had not learnt from them,
/// β = argmin (1/n) Σ (ℓ − f(x))² + λ ‖β‖², the intercept not penalised.
///
/// - Reads: `embeddings [N, D]`, prepared (see `Preparation.standard`), and `losses [N]` of the
///   labelled items, negative where there is none.
/// - Cost: O(|L|·256² + N·256).
/// - Randomness: none but that of the losses.
/// - Hyper-parameters: λ = 10⁻².
/// - Departures: see above; with fewer than ten losses every item is expected to lose the same.
struct LearningLoss {
  static let card = MethodCard(
    "a high loss is predicted for it", cost: "M heads for the losses; O(|L|·D² + N·D)",
    regime: "about 200 labels and more", paper: "Yoo, Kweon 2019 (cheap variant: own)")
  static let lambda = 1e-2
  private static let least = 10

  /// The predicted loss by place; zero at labelled ones.
  static func values(_ draft: Draft) throws -> [Double] {
    var values = [Double](repeating: 0, count: draft.count)
    guard let matrix = draft.pool.features(.embeddings), let losses = draft.pool.losses else {
      return values
    }
    var known: [(place: Int, loss: Double)] = []
    for place in 0..<draft.count where draft.isLabelled[place] {
      var loss: Float = 0
      try draft.copyRow(of: losses, at: place, into: &loss, "the loss")
      if loss >= 0 { known.append((place, Double(loss))) }
    }
    if known.count < least { return values }
    let points = try Preparation.standard.points(draft, matrix, places: Array(0..<draft.count))
    let fit = fit(points, known)
    for place in draft.unlabelled { values[place] = points.value(fit, at: place) }
    return values
  }

  /// The coefficients, the intercept last.
  private static func fit(_ points: Points, _ known: [(place: Int, loss: Double)]) -> [Double] {
    let width = points.width + 1
    let rows = points.withIntercept(known.map(\.place))
    let share = 1 / Double(known.count)
    var products = weightedProducts(rows, weights: known.map { _ in share }, width: width)
    for column in 0..<width - 1 { products[column * width + column] += lambda }
    var right = [Double](repeating: 0, count: width)
    for (row, pair) in known.enumerated() {
      for column in 0..<width {
        right[column] += share * pair.loss * Double(rows[row * width + column])
      }
    }
    return LinearSystem(products, size: width, ridge: 1e-9).solution(right)
  }
}

extension Score {
  /// The loss predicted from those of the labelled items.
  public static let learningLoss = Score(
    "learning-loss", reads: [.embeddings, .losses], tasks: [.classification]
  ) {
    try LearningLoss.values($0)
  }
}
