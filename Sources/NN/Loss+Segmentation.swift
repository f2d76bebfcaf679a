public import Torch

extension Loss {
  /// One minus the soft Dice overlap, averaged over all classes, background included.
  ///
  /// For class c with probabilities s and indicator t over the whole batch,
  /// 1 − (2 Σ s t + ε) / (Σ s² + Σ t² + ε): the form of SSL4MIS (Luo et al.), ε = 1e-5.
  ///
  /// - Parameters:
  ///   - probabilities: s `[B, C, H, W]`, softmax outputs.
  ///   - target: int64 `[B, H, W]`.
  ///   - keep: positions that take part, `[B, H, W]`, boolean; all when left out. What is not kept
  ///     is absent, never background.
  ///   - epsilon: ε.
  /// - Returns: a scalar, 0 (perfect) ... 1.
  public static func softDice(
    _ probabilities: Tensor, _ target: Tensor, keep: Tensor? = nil, epsilon: Double = 1e-5
  ) -> Tensor {
    let classes = probabilities.shape[1]
    let ranks = Array(repeating: 1, count: probabilities.rank - 2)
    let indices = Tensor(Array(0..<classes), [1, classes] + ranks).to(target.device)
    var (s, t) = (probabilities, target.unsqueeze(1).eq(indices).to(probabilities.dtype))
    if let keep {
      let mask = keep.unsqueeze(1).to(probabilities.dtype)
      (s, t) = (s * mask, t * mask)
    }
    let everywhere = [0] + Array(2..<probabilities.rank)
    let overlap = (s * t).sum(dim: everywhere) * 2 + epsilon
    let size = (s * s).sum(dim: everywhere) + t.sum(dim: everywhere) + epsilon
    return 1 - (overlap / size).mean()
  }

  /// Half cross-entropy, half soft Dice, both without the ignored positions.
  ///
  /// - Parameters:
  ///   - logits: `[B, C, H, W]`.
  ///   - target: int64 `[B, H, W]`; the value `ignored` marks positions without a label.
  ///   - ignored: that value.
  ///   - weights: a weight per class for the cross-entropy.
  /// - Returns: a scalar.
  public static func segmentation(
    _ logits: Tensor, _ target: Tensor, ignoring ignored: Int = 255, weights: Tensor? = nil
  ) -> Tensor {
    let keep = withoutGradients { target.ne(ignored) }
    let entropy = crossEntropy(logits, target, weights: weights, ignoring: ignored)
    return (entropy + softDice(logits.softmax(dim: 1), target, keep: keep)) * 0.5
  }
}
