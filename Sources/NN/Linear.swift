public import Torch

/// An affine map y = x Wᵀ + b, `[…, inputs] → […, outputs]`.
///
/// Initial values as in PyTorch: both from U(−1/√inputs, 1/√inputs).
public struct Linear {
  /// W `[outputs, inputs]`.
  public let weight: Tensor
  /// b `[outputs]`.
  public let bias: Tensor?

  /// Makes `weight` and, unless left out, `bias` in `scope`.
  public init(
    _ inputs: Int, _ outputs: Int, bias: Bool = true, weights: Initializer = .kaimingUniform,
    biases: Initializer? = nil, in scope: Scope
  ) {
    weight = scope.parameter("weight", [outputs, inputs], weights)
    self.bias =
      bias ? scope.parameter("bias", [outputs], biases ?? .uniform(fanIn: inputs)) : nil
  }

  /// Applies the map to the last dimension.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    let y = linear(x, weight, bias)
    OperationCounter.current?.add(multiplications: y.count * weight.shape[1])
    return y
  }
}
