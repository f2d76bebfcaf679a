public import NN
public import Torch

/// Attention and a two-layer perceptron, each normalised before and added to its input.
///
/// Names are timm's.
public struct TransformerBlock {
  private let norm1: LayerNorm
  private let attention: (Tensor) -> Tensor
  private let norm2: LayerNorm
  private let widen: Linear
  private let narrow: Linear
  private let dropPaths: (DropPath, DropPath)

  /// Every token attends to all: makes `norm1`, `attn`, `norm2` and `mlp` in `scope`; `heads`
  /// divides `width`.
  public init(_ width: Int, heads: Int, dropPath: Double = 0, in scope: Scope) {
    self.init(width, epsilon: 1e-6, dropPath: dropPath, in: scope) { scope in
      let attention = MultiHeadAttention(width, heads: heads, in: scope)
      return { attention($0) }
    }
  }

  /// The same with another attention, which is made in `attn`.
  init(
    _ width: Int, epsilon: Double, dropPath: Double, in scope: Scope,
    attention: (Scope) -> (Tensor) -> Tensor
  ) {
    norm1 = LayerNorm(width, epsilon: epsilon, in: scope("norm1"))
    self.attention = attention(scope("attn"))
    norm2 = LayerNorm(width, epsilon: epsilon, in: scope("norm2"))
    let weights = Initializer.truncatedNormal(std: 0.02)
    widen = Linear(width, 4 * width, weights: weights, biases: .zeros, in: scope("mlp")("fc1"))
    narrow = Linear(4 * width, width, weights: weights, biases: .zeros, in: scope("mlp")("fc2"))
    dropPaths = (DropPath(dropPath, in: scope("attn")), DropPath(dropPath, in: scope("mlp")))
  }

  /// Maps tokens `[B, T, D]`, or the places of a map `[B, H, W, D]`, to as many.
  public func callAsFunction(_ x: Tensor, _ pass: Pass) -> Tensor {
    let y = x + dropPaths.0(attention(norm1(x)), pass)
    return y + dropPaths.1(narrow(gelu(widen(norm2(y)))), pass)
  }
}
