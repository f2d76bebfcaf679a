public import Torch

/// Self-attention with several heads, `[B, T, D] → [B, T, D]`.
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
  public func callAsFunction(_ x: Tensor) -> Tensor {
    let (batch, tokens, features) = (x.shape[0], x.shape[1], x.shape[2])
    let parts = qkv(x).reshape([batch, tokens, 3, heads, features / heads])
      .permute([2, 0, 3, 1, 4]).unbind()
    OperationCounter.current?.add(multiplications: 2 * batch * tokens * tokens * features)
    let mixed = scaledDotProductAttention(parts[0], parts[1], parts[2])
    return projection(mixed.transpose(1, 2).reshape([batch, tokens, features]))
  }
}
