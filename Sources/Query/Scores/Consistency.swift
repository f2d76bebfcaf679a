import Base
import Torch

/// How much the prediction changes with the view of an item.
///
/// Gao, Zhang, Yu, Arık, Davis, Pfister. *Consistency-Based Semi-Supervised Active Learning.*
/// ECCV 2020. <https://arxiv.org/abs/1910.07153>
/// Σ_c Var_k p_c(view k), the variance divided by the number of views.
///
/// - Reads: `views [N, V, C]`, weak augmentations; in segmentation `uncertainty`, whose views are the
///   images mirrored and turned by right angles, undone in the prediction, so at most eight.
/// - Cost: V passes of the network over the pool (the paper: 50; 8 here), O(V·N·C).
/// - Randomness: that of the views; none in segmentation.
enum Consistency {
  static let card = MethodCard(
    "the prediction changes with the view of the image", cost: "V passes of the network",
    regime: "after semi-supervised training, which asks for consistency", paper: "Gao 2020")
}

extension Score {
  /// The variance of the probabilities over the views of an item.
  public static let consistency = Score("consistency", of: [.views]) {
    Informativeness.inconsistency($0)
  } map: {
    variance($0).sum(dim: [1])
  }
}
