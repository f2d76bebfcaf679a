import Base
import Torch

/// How much the prediction of an item has changed since an earlier model.
///
/// After Huang, Wang, Zhao, Liu. *Semi-Supervised Active Learning with Temporal Output
/// Discrepancy.* ICCV 2021. <https://arxiv.org/abs/2107.14153>; with a student and its teacher it is
/// their disagreement. ‖p − p′‖₁ with p′ of the model of the round before (or of a teacher).
///
/// - Reads: `probabilities [N, C]` and `previous_probabilities [N, C]`; in segmentation
///   `uncertainty`.
/// - Cost: one pass of the earlier model, O(N·C).
/// - Randomness: none.
/// - Departures: the paper compares two steps of one training and takes the Euclidean distance. The
///   second batch has no earlier model yet and is chosen as the first one is.
enum TemporalDisagreement {
  static let card = MethodCard(
    "the prediction has changed since the model before", cost: "one pass of the earlier model",
    regime: "from the third batch on", paper: "Huang 2021")
}

extension Score {
  /// The L1 distance between the probabilities of two models.
  public static let temporal = Score(
    "temporal-disagreement", of: [.probabilities, .previousProbabilities]
  ) {
    Informativeness.distance($0[0], $0[1])
  } map: { all in
    (all.select(dim: 0, index: 0) - all.select(dim: 0, index: 1)).abs().sum(dim: [1])
  }
}
