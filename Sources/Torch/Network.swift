public import Base
import CTorch

/// Convolution over `[B, C, H, W]` with `weight [K, C / groups, h, w]`, to `[B, K, H′, W′]`.
///
/// `stride`, `padding` and `dilation` hold one number or (rows, columns). In float32 on the CPU, small
/// maps and, in channels-last order, 3×3 kernels that learn are computed by kernels of ours. The
/// choice depends on shapes, layout and gradients alone; `MODICUM_CONV=plain` in the environment
/// leaves all to libtorch, `MODICUM_CONV=avx2` keeps from AVX-512.
public func conv2d(
  _ x: Tensor, _ weight: Tensor, _ bias: Tensor? = nil, stride: [Int] = [1],
  padding: [Int] = [0], dilation: [Int] = [1], groups: Int = 1
) -> Tensor {
  var out: OpaquePointer?
  let status = ct_best_conv2d(
    &out, x.handle, weight.handle, bias?.handle, stride, stride.count, padding, padding.count,
    dilation, dilation.count, groups)
  check(status, "conv2d", [x, weight, bias])
  return Tensor(adopting: out)
}

/// Transposed convolution over `[B, C, H, W]` with `weight [C, K / groups, h, w]`.
public func convTranspose2d(
  _ x: Tensor, _ weight: Tensor, _ bias: Tensor? = nil, stride: [Int] = [1],
  padding: [Int] = [0], outputPadding: [Int] = [0], dilation: [Int] = [1], groups: Int = 1
) -> Tensor {
  rawConvTranspose2d(
    x, weight, bias, stride: stride, padding: padding, outputPadding: outputPadding,
    groups: groups, dilation: dilation)
}

/// Batch normalisation over the channels of `[B, C, …]`.
///
/// When training, batch statistics are used and the running ones move by `momentum` in place.
public func batchNorm(
  _ x: Tensor, _ weight: Tensor?, _ bias: Tensor?, _ runningMean: Tensor?,
  _ runningVariance: Tensor?, training: Bool, momentum: Double = 0.1, eps: Double = 1e-5
) -> Tensor {
  rawBatchNorm(
    x, weight, bias, runningMean, runningVariance, training: training, momentum: momentum,
    eps: eps, cudnnEnabled: true)
}

/// Group normalisation of `[B, C, …]`: C falls into `groups` groups, each normalised per sample.
public func groupNorm(
  _ x: Tensor, groups: Int, _ weight: Tensor? = nil, _ bias: Tensor? = nil, eps: Double = 1e-5
) -> Tensor {
  rawGroupNorm(x, groups: groups, weight, bias, eps: eps)
}

/// Layer normalisation over the last axes, whose lengths are `shape`.
public func layerNorm(
  _ x: Tensor, _ shape: [Int], _ weight: Tensor? = nil, _ bias: Tensor? = nil,
  eps: Double = 1e-5
) -> Tensor {
  rawLayerNorm(x, shape, weight, bias, eps: eps)
}

/// The greatest value in every window of `[B, C, H, W]`; `stride` is `kernel` where left out.
public func maxPool2d(
  _ x: Tensor, _ kernel: [Int], stride: [Int] = [], padding: [Int] = [0], dilation: [Int] = [1],
  ceilMode: Bool = false
) -> Tensor {
  x.rawMaxPool2d(
    kernel, stride: stride, padding: padding, dilation: dilation, ceilMode: ceilMode)
}

/// The mean of every window of `[B, C, H, W]`; `stride` is `kernel` where left out.
public func avgPool2d(
  _ x: Tensor, _ kernel: [Int], stride: [Int] = [], padding: [Int] = [0], ceilMode: Bool = false,
  countsPadding: Bool = true
) -> Tensor {
  x.rawAvgPool2d(
    kernel, stride: stride, padding: padding, ceilMode: ceilMode, countIncludePad: countsPadding)
}

/// Means over as many windows as make `size` (rows, columns).
public func adaptiveAvgPool2d(_ x: Tensor, _ size: [Int]) -> Tensor {
  x.rawAdaptiveAvgPool2d(size)
}

/// The smooth gate x·Φ(x); with `approximate`, its tanh form.
///
/// In float32 on the CPU, where gradients are recorded, it is a kernel of ours, unless `MODICUM_GELU`
/// is `plain` in the environment.
public func gelu(_ x: Tensor, approximate: Bool = false) -> Tensor {
  if approximate { return x.gelu(approximate: "tanh") }
  var out: OpaquePointer?
  check(ct_best_gelu(&out, x.handle), "gelu", [x])
  return Tensor(adopting: out)
}

/// Zeroes all but a share `kept` of the values and divides the rest by it; float32 on the CPU.
///
/// What is zeroed is a function of `key` and place; the place of maps `[B, F, H, W]` is that in
/// channels-last order, whatever theirs is.
public func dropout(_ x: Tensor, kept: Double, key: RandomKey) -> Tensor {
  var out: OpaquePointer?
  check(ct_keyed_dropout(&out, x.handle, kept, key.seed), "dropout", [x])
  return Tensor(adopting: out)
}

/// x·σ(x).
public func silu(_ x: Tensor) -> Tensor { x.silu() }

/// max(x, 0).
public func relu(_ x: Tensor) -> Tensor { x.relu() }

/// min(max(x, 0), 6).
public func relu6(_ x: Tensor) -> Tensor { x.hardtanh(min: 0, max: 6) }

/// softmax(q kᵀ / √D) v over `[B, heads, L, D]`.
///
/// - Parameters:
///   - query: `[…, L, D]`.
///   - key: `[…, S, D]`.
///   - value: `[…, S, E]`.
///   - mask: added to the scores, or bool with true where to look.
///   - isCausal: whether position i sees only up to i.
///   - scale: in place of 1 / √D.
/// - Returns: `[…, L, E]`.
public func scaledDotProductAttention(
  _ query: Tensor, _ key: Tensor, _ value: Tensor, mask: Tensor? = nil, isCausal: Bool = false,
  scale: Double? = nil
) -> Tensor {
  rawScaledDotProductAttention(
    query, key, value, mask: mask, dropoutP: 0, isCausal: isCausal, scale: scale)
}
