public import Torch

/// What stands around an image when a window reaches over its edge.
public enum ConvolutionPadding: Sendable, Equatable {
  /// As many zeros on every side.
  case zeros(Int)
  /// The image continued periodically.
  case circular(Int)
  /// TensorFlow's rule: zeros so that the output is ⌈size / stride⌉, the odd one at the end.
  case same
}

/// A two-dimensional convolution, `[B, inputs, H, W] → [B, outputs, H′, W′]`.
///
/// Initial values as in PyTorch: from U(−1/√fan in, 1/√fan in).
public struct Conv2d {
  /// `[outputs, inputs / groups, kernel, kernel]`.
  public let weight: Tensor
  /// `[outputs]`.
  public let bias: Tensor?
  let stride: Int
  let padding: ConvolutionPadding
  let dilation: Int
  let groups: Int

  /// Makes `weight` and, unless left out, `bias` in `scope`.
  public init(
    _ inputs: Int, _ outputs: Int, kernel: Int, stride: Int = 1,
    padding: ConvolutionPadding = .zeros(0),
    dilation: Int = 1, groups: Int = 1, bias: Bool = true,
    weights: Initializer = .kaimingUniform, in scope: Scope
  ) {
    let shape = [outputs, inputs / groups, kernel, kernel]
    weight = scope.parameter("weight", shape, weights)
    self.bias =
      bias
      ? scope.parameter("bias", [outputs], .uniform(fanIn: Initializer.fanIn(shape))) : nil
    self.stride = stride
    self.padding = padding
    self.dilation = dilation
    self.groups = groups
  }

  /// Convolves.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    let (padded, rest) = padding.apply(
      to: x, kernel: weight.shape[2], stride: stride, dilation: dilation)
    let y = conv2d(
      padded, weight, bias, stride: [stride, stride], padding: [rest, rest],
      dilation: [dilation, dilation], groups: groups)
    OperationCounter.current?.add(multiplications: y.count * Initializer.fanIn(weight.shape))
    return y
  }
}

extension ConvolutionPadding {
  /// The padded image, and the symmetric zeros that are left to the convolution itself.
  func apply(to x: Tensor, kernel: Int, stride: Int, dilation: Int) -> (Tensor, Int) {
    switch self {
    case .zeros(let width): return (x, width)
    case .circular(let width): return (pad(x, [width, width, width, width], .circular), 0)
    case .same:
      let (height, width) = (x.shape[2], x.shape[3])
      let down = Self.missing(height, kernel, stride, dilation)
      let across = Self.missing(width, kernel, stride, dilation)
      if down == across, down % 2 == 0 { return (x, down / 2) }
      let edges = [across / 2, across - across / 2, down / 2, down - down / 2]
      return (pad(x, edges), 0)
    }
  }

  private static func missing(_ size: Int, _ kernel: Int, _ stride: Int, _ dilation: Int) -> Int {
    let outputs = (size + stride - 1) / stride
    return max((outputs - 1) * stride + (kernel - 1) * dilation + 1 - size, 0)
  }
}

/// A transposed convolution, `[B, inputs, H, W] → [B, outputs, H′, W′]` with
/// H′ = (H − 1) · stride − 2 · padding + kernel.
public struct ConvTranspose2d {
  /// `[inputs, outputs, kernel, kernel]`.
  public let weight: Tensor
  /// `[outputs]`.
  public let bias: Tensor?
  let stride: Int
  let padding: Int

  /// Makes `weight` and, unless left out, `bias` in `scope`.
  public init(
    _ inputs: Int, _ outputs: Int, kernel: Int, stride: Int = 1, padding: Int = 0,
    bias: Bool = true, in scope: Scope
  ) {
    let shape = [inputs, outputs, kernel, kernel]
    weight = scope.parameter("weight", shape, .kaimingUniform)
    self.bias =
      bias
      ? scope.parameter("bias", [outputs], .uniform(fanIn: Initializer.fanIn(shape))) : nil
    self.stride = stride
    self.padding = padding
  }

  /// Convolves, transposed.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    OperationCounter.current?.add(multiplications: x.count * Initializer.fanIn(weight.shape))
    return convTranspose2d(
      x, weight, bias, stride: [stride, stride], padding: [padding, padding])
  }
}
