import Torch

/// Several classes an image as places of a map with two classes, absent and present: so that the
/// scores of pixels (``PixelScores``) are scores of classes, and an image's is their aggregate.
///
/// With p the probability of a class, its entropy is H(p, 1 − p), its margin score 1 − |2p − 1|, its
/// least confidence 1 − max(p, 1 − p); of several members the variance of p, or the mutual
/// information. The mean over the classes is the default.
enum ClassScores {
  /// `[B, C]` to `[B, 2, C, 1]`.
  static func map(_ probabilities: Tensor) -> Tensor {
    stack([1 - probabilities, probabilities], dim: 1).unsqueeze(3)
  }
}
