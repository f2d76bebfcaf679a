import Base

/// How large a step the label of an item would cause in the output layer.
///
/// - egl: Settles, Craven, Ray. *Multiple-Instance Active Learning.* NIPS 2008; Settles, Craven.
///   EMNLP 2008. The expectation over the model's own classes, Σ_c p_c ‖p − e_c‖ √(‖h‖² + 1), bias
///   included, in closed form.
/// - badge-norm: the same with the guessed class alone, ‖p − e_ŷ‖ ‖h‖, without the bias: the length
///   of the gradients of `BADGE`.
///
/// - Reads: `probabilities [N, C]` and `embeddings_current [N, H]`; in segmentation the image's mean
///   probabilities and `descriptors`.
/// - Cost: O(N·(C + H)).
/// - Randomness: none.
package enum GradientLength {
  static let expectedCard = MethodCard(
    "a long gradient is to be expected of the label", cost: "O(N·(C + H))",
    regime: "from a sane model on", paper: "Settles 2008")
  static let normCard = MethodCard(
    "a long gradient for the guessed class", cost: "O(N·(C + H))",
    regime: "from a sane model on; batches of one", paper: "Ash 2020")

  /// Σ_c p_c ‖p − e_c‖ √(‖h‖² + 1), given ‖h‖².
  package static func expected(_ p: [Float], squaredNorm: Double) -> Double {
    let square = p.reduce(0) { $0 + Double($1) * Double($1) }
    let mean = p.reduce(0) { sum, value in
      sum + Double(value) * max(0, square - 2 * Double(value) + 1).squareRoot()
    }
    return mean * (squaredNorm + 1).squareRoot()
  }

  /// ‖p − e_ŷ‖ ‖h‖, given ‖h‖².
  package static func guessed(_ p: [Float], squaredNorm: Double) -> Double {
    let square = p.reduce(0) { $0 + Double($1) * Double($1) }
    return max(0, (square - 2 * Double(p.max() ?? 0) + 1) * squaredNorm).squareRoot()
  }

  fileprivate static func values(
    _ draft: Draft, _ name: String, _ length: ([Float], Double) -> Double
  ) throws -> [Double] {
    try draft.requireProbabilities(for: name)
    var values = [Double](repeating: 0, count: draft.count)
    guard let features = draft.pool.similarityFeatures else { return values }
    var row = [Float](repeating: 0, count: features.columns)
    for place in draft.unlabelled {
      try draft.copyRow(of: features, at: place, into: &row, "the embedding")
      let square = row.reduce(0) { $0 + Double($1) * Double($1) }
      values[place] = length(try draft.probabilities(at: place), square)
    }
    return values
  }
}

extension Score {
  /// The expected length of the output layer's gradient.
  public static let egl = Score("egl", reads: [.probabilities, .currentEmbeddings]) {
    try GradientLength.values($0, "egl") { GradientLength.expected($0, squaredNorm: $1) }
  }

  /// The length of the output layer's gradient under the guessed class.
  public static let badgeNorm = Score("badge-norm", reads: [.probabilities, .currentEmbeddings]) {
    try GradientLength.values($0, "badge-norm") { GradientLength.guessed($0, squaredNorm: $1) }
  }
}
