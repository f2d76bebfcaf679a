public import Torch

/// Self-attention with several heads, `[…, T, D] → […, T, D]`.
///
/// Vaswani et al. *Attention Is All You Need.* NeurIPS 2017. <https://arxiv.org/abs/1706.03762>
///
/// Queries, keys and values come from one map `qkv` `[3 D, D]` in timm's layout (three, head,
/// feature), and `proj` mixes the heads.
public struct MultiHeadAttention {
  let qkv: Linear
  let projection: Linear
  let heads: Int

  /// Makes `qkv` and `proj` in `scope`; `heads` divides `features`.
  public init(
    _ features: Int, heads: Int, weights: Initializer = .truncatedNormal(std: 0.02),
    in scope: Scope
  ) {
    precondition(features % heads == 0, "\(heads) heads do not divide \(features) features")
    qkv = Linear(features, 3 * features, weights: weights, biases: .zeros, in: scope("qkv"))
    projection = Linear(features, features, weights: weights, biases: .zeros, in: scope("proj"))
    self.heads = heads
  }

  /// Lets every token look at every other.
  ///
  /// - Parameters:
  ///   - x: tokens `[…, T, D]`; only those of one group of T see one another.
  ///   - bias: added to the scores; broadcast to `[…, heads, T, T]`.
  /// - Returns: the mixed tokens, in the shape of `x`.
  public func callAsFunction(_ x: Tensor, bias: Tensor? = nil) -> Tensor {
    let (groups, tokens, features) = (
      Array(x.shape.dropLast(2)), x.shape[x.rank - 2], x.shape[x.rank - 1]
    )
    let parts = qkv(x).reshape([groups.reduce(1, *), tokens, 3, heads, features / heads])
      .permute([2, 0, 3, 1, 4]).reshape([3] + groups + [heads, tokens, features / heads]).unbind()
    OperationCounter.current?.add(multiplications: 2 * x.count * tokens)
    let mixed = scaledDotProductAttention(parts[0], parts[1], parts[2], mask: bias)
    return projection(mixed.transpose(-3, -2).reshape(x.shape))
  }
}
