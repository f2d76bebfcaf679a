public import Torch

/// Losses of classification and consistency, one formula each.
///
/// Every one is a mean unless it says otherwise.
public enum Loss {
  /// Cross-entropy −log softmax(x)_y of integer targets.
  ///
  /// - Parameters:
  ///   - logits: x `[B, C]` or `[B, C, H, W]`.
  ///   - target: y, int64 `[B]` or `[B, H, W]`.
  ///   - weights: a weight per class `[C]`; the mean is then weighted by them.
  ///   - ignored: a target value that takes no part. When every target is ignored the loss is 0,
  ///     where PyTorch's mean would not be a number.
  ///   - smoothing: share of the target spread evenly over all classes, 0 ... 1.
  /// - Returns: a scalar.
  public static func crossEntropy(
    _ logits: Tensor, _ target: Tensor, weights: Tensor? = nil, ignoring ignored: Int? = nil,
    smoothing: Double = 0
  ) -> Tensor {
    guard let ignored else {
      return Torch.crossEntropy(
        logits, target, weight: weights, labelSmoothing: smoothing, reduction: .mean)
    }
    let total = Torch.crossEntropy(
      logits, target, weight: weights, ignoreIndex: ignored, labelSmoothing: smoothing,
      reduction: .sum)
    let share = withoutGradients {
      let kept = target.ne(ignored)
      guard let weights else { return kept.sum().to(logits.dtype).clamp(min: 1) }
      let named = target.maskedFill(kept.logicalNot(), 0).reshape([-1])
      let sum = (weights.indexSelect(dim: 0, index: named) * kept.reshape([-1]).to(weights.dtype))
        .sum()
      return sum.clamp(min: 1e-12)
    }
    return total / share
  }

  /// Cross-entropy of each example or position, not reduced: `[B]` or `[B, H, W]`.
  public static func crossEntropies(_ logits: Tensor, _ target: Tensor) -> Tensor {
    Torch.crossEntropy(logits, target, reduction: .none)
  }

  /// Cross-entropy −Σ_c p_c log softmax(x)_c with soft targets p, classes in dimension 1.
  public static func crossEntropy(_ logits: Tensor, probabilities: Tensor) -> Tensor {
    -(probabilities * logits.logSoftmax(dim: 1)).sum(dim: [1]).mean()
  }

  /// KL(p ‖ softmax(x)) = Σ_c p_c (log p_c − log softmax(x)_c), classes in dimension 1; 0 log 0 = 0.
  public static func kullbackLeibler(_ probabilities: Tensor, _ logits: Tensor) -> Tensor {
    (probabilities.xlogy(probabilities) - probabilities * logits.logSoftmax(dim: 1))
      .sum(dim: [1]).mean()
  }

  /// Entropy −Σ_c p_c log p_c of each example or position, classes in dimension 1; 0 log 0 = 0.
  public static func entropies(_ probabilities: Tensor) -> Tensor {
    -probabilities.xlogy(probabilities).sum(dim: [1])
  }

  /// Mean squared difference.
  public static func meanSquared(_ a: Tensor, _ b: Tensor) -> Tensor {
    let difference = a - b
    return (difference * difference).mean()
  }

  /// x / ‖x‖ along a dimension; a zero vector stays zero.
  public static func normalized(_ x: Tensor, dim: Int = -1) -> Tensor {
    x / x.vectorNorm(dim: [dim], keepdim: true).clamp(min: 1e-12)
  }

  /// The cosine of the angle of each pair of rows, `[B]`.
  public static func cosines(_ a: Tensor, _ b: Tensor) -> Tensor {
    (normalized(a) * normalized(b)).sum(dim: [-1])
  }

  /// 2 − 2 cos, the squared distance of the normalised rows (BYOL's loss).
  public static func cosineDistance(_ a: Tensor, _ b: Tensor) -> Tensor {
    2 - cosines(a, b).mean() * 2
  }
}
