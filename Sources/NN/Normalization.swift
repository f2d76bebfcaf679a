public import Torch

/// Normalisation by the statistics of the batch in training, by running ones in evaluation.
///
/// Ioffe, Szegedy. *Batch Normalization.* ICML 2015. <https://arxiv.org/abs/1502.03167>
///
/// One layer serves `[B, F]`, `[B, F, L]` and `[B, F, H, W]`; ``BatchNorm1d`` and ``BatchNorm2d``
/// are names for it. Running variance is the unbiased one, `momentum` is the weight of the new
/// value: both as in PyTorch.
public struct BatchNorm {
  /// Scale and shift `[F]`; nil without affine part.
  public let weight: Tensor?, bias: Tensor?
  /// Running statistics `[F]`.
  public let runningMean: Tensor, runningVariance: Tensor
  let batchesTracked: Tensor
  let momentum: Double
  let epsilon: Double

  /// Makes its tensors in `scope`.
  ///
  /// - Parameters:
  ///   - features: the number of channels F.
  ///   - momentum: weight of a batch's statistics in the running ones.
  ///   - epsilon: what is added to the variance.
  ///   - affine: whether scale and shift are learnt.
  ///   - scale: first value of the scale: `.zeros` starts a residual branch as nothing.
  ///   - scope: where the tensors go.
  public init(
    _ features: Int, momentum: Double = 0.1, epsilon: Double = 1e-5, affine: Bool = true,
    scale: Initializer = .ones, in scope: Scope
  ) {
    weight = affine ? scope.parameter("weight", [features], scale) : nil
    bias = affine ? scope.parameter("bias", [features], .zeros) : nil
    runningMean = scope.buffer("running_mean", [features], .zeros)
    runningVariance = scope.buffer("running_var", [features], .ones)
    batchesTracked = scope.counter("num_batches_tracked")
    self.momentum = momentum
    self.epsilon = epsilon
  }

  /// Normalises each channel.
  public func callAsFunction(_ x: Tensor, _ pass: Pass) -> Tensor {
    if pass.isTraining { withoutGradients { _ = batchesTracked.add_(1) } }
    return batchNorm(
      x, weight, bias, runningMean, runningVariance, training: pass.isTraining,
      momentum: momentum, eps: epsilon)
  }
}

/// Batch normalisation of `[B, F]`.
public typealias BatchNorm1d = BatchNorm
/// Batch normalisation of `[B, F, H, W]`.
public typealias BatchNorm2d = BatchNorm

/// Normalisation over groups of channels of one image; the batch plays no part.
///
/// Wu, He. *Group Normalization.* ECCV 2018. <https://arxiv.org/abs/1803.08494>
public struct GroupNorm {
  /// Scale and shift `[F]`.
  public let weight: Tensor, bias: Tensor
  let groups: Int
  let epsilon: Double

  /// Makes its tensors in `scope`; `groups` divides `features`.
  public init(groups: Int, _ features: Int, epsilon: Double = 1e-5, in scope: Scope) {
    precondition(features % groups == 0, "\(groups) groups do not divide \(features) channels")
    weight = scope.parameter("weight", [features], .ones)
    bias = scope.parameter("bias", [features], .zeros)
    self.groups = groups
    self.epsilon = epsilon
  }

  /// Normalises `[B, F, …]`.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    groupNorm(x, groups: groups, weight, bias, eps: epsilon)
  }
}

/// Normalisation over the last dimension.
///
/// Ba, Kiros, Hinton. *Layer Normalization.* 2016. <https://arxiv.org/abs/1607.06450>
public struct LayerNorm {
  /// Scale and shift `[F]`.
  public let weight: Tensor, bias: Tensor
  let epsilon: Double

  /// Makes its tensors in `scope`; transformers use an `epsilon` of 1e-6.
  public init(_ features: Int, epsilon: Double = 1e-5, in scope: Scope) {
    weight = scope.parameter("weight", [features], .ones)
    bias = scope.parameter("bias", [features], .zeros)
    self.epsilon = epsilon
  }

  /// Normalises `[…, F]`.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    layerNorm(x, [weight.count], weight, bias, eps: epsilon)
  }
}
