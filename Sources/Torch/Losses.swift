/// What becomes of the losses of single elements.
public enum Reduction: Int, Sendable, Hashable {
  case none = 0
  case mean = 1
  case sum = 2
}

/// −log softmax(logits) at the target.
///
/// - Parameters:
///   - logits: `[B, C]` or `[B, C, H, W]`.
///   - target: class numbers `[B]` or `[B, H, W]`, or probabilities shaped like `logits`.
///   - weight: `[C]`; the mean is then weighted.
///   - ignoreIndex: a class number that counts for nothing.
///   - labelSmoothing: the share of the target spread evenly over the classes.
///   - reduction: the mean, unless said otherwise.
/// - Returns: one number, or without reduction one per target.
public func crossEntropy(
  _ logits: Tensor, _ target: Tensor, weight: Tensor? = nil, ignoreIndex: Int = -100,
  labelSmoothing: Double = 0, reduction: Reduction = .mean
) -> Tensor {
  logits.rawCrossEntropy(
    target, weight: weight, reduction: reduction.rawValue, ignoreIndex: ignoreIndex,
    labelSmoothing: labelSmoothing)
}

/// −logProbabilities at the target class numbers.
public func nllLoss(
  _ logProbabilities: Tensor, _ target: Tensor, weight: Tensor? = nil, ignoreIndex: Int = -100,
  reduction: Reduction = .mean
) -> Tensor {
  logProbabilities.rawNLLLoss(
    target, weight: weight, reduction: reduction.rawValue, ignoreIndex: ignoreIndex)
}

/// Cross-entropy of independent truths, from logits; `target` between 0 and 1, shaped alike.
public func binaryCrossEntropy(
  _ logits: Tensor, _ target: Tensor, weight: Tensor? = nil, positiveWeight: Tensor? = nil,
  reduction: Reduction = .mean
) -> Tensor {
  logits.rawBinaryCrossEntropy(
    target, weight: weight, posWeight: positiveWeight, reduction: reduction.rawValue)
}

/// (x − target)².
public func mseLoss(_ x: Tensor, _ target: Tensor, reduction: Reduction = .mean) -> Tensor {
  x.rawMSELoss(target, reduction: reduction.rawValue)
}

/// |x − target|.
public func l1Loss(_ x: Tensor, _ target: Tensor, reduction: Reduction = .mean) -> Tensor {
  x.rawL1Loss(target, reduction: reduction.rawValue)
}

/// Quadratic within `beta` of the target, linear beyond, with slope 1.
public func smoothL1Loss(
  _ x: Tensor, _ target: Tensor, beta: Double = 1, reduction: Reduction = .mean
) -> Tensor {
  x.rawSmoothL1Loss(target, reduction: reduction.rawValue, beta: beta)
}

/// Quadratic within `delta` of the target, linear beyond, with slope `delta`.
public func huberLoss(
  _ x: Tensor, _ target: Tensor, delta: Double = 1, reduction: Reduction = .mean
) -> Tensor {
  x.rawHuberLoss(target, reduction: reduction.rawValue, delta: delta)
}

/// target · (log target − x), with x holding log-probabilities, element by element.
///
/// `.mean` divides by the number of elements; divide a `.sum` by B for the mean over samples.
public func klDivergence(
  _ x: Tensor, _ target: Tensor, targetIsLog: Bool = false, reduction: Reduction = .mean
) -> Tensor {
  x.rawKLDivergence(target, reduction: reduction.rawValue, logTarget: targetIsLog)
}
