public import Torch

/// Self-attention within square windows of a map, `[B, H, W, D] → [B, H, W, D]`.
///
/// Liu et al. *Swin Transformer: Hierarchical Vision Transformer using Shifted Windows.* ICCV 2021.
/// <https://arxiv.org/abs/2103.14030>
///
/// A head gives softmax(q kᵀ / √d + b) v over the w² places of a window, where b is learnt for every
/// offset between two places. A shifted layer first turns the map by s places up and to the left, so
/// that its windows lie across the borders of the unshifted ones; places that the turn brought
/// together from opposite edges get −100 added to their scores.
///
/// Names and layout are timm's: the table `relative_position_bias_table` `[(2 w − 1)², heads]`, then
/// `qkv` and `proj`.
public struct WindowAttention {
  let table: Tensor
  let offsets: Tensor
  let attention: MultiHeadAttention
  let window: Int
  let shift: Int

  /// Makes its tensors in `scope`.
  ///
  /// - Parameters:
  ///   - features: D; `heads` divides it.
  ///   - heads: how many attend side by side.
  ///   - window: side w of a window in places; divides H and W.
  ///   - shift: s, from 0 (unshifted) to below `window`.
  ///   - scope: where the tensors go.
  public init(_ features: Int, heads: Int, window: Int, shift: Int, in scope: Scope) {
    precondition((0..<window).contains(shift), "a shift of \(shift) in windows of \(window)")
    let span = 2 * window - 1
    table = scope.parameter(
      "relative_position_bias_table", [span * span, heads], .truncatedNormal(std: 0.02))
    let rows = Self.rows(window: window)
    offsets = Tensor(rows, [rows.count], device: scope.store.device)
    attention = MultiHeadAttention(features, heads: heads, in: scope)
    (self.window, self.shift) = (window, shift)
  }

  /// The table's row for every pair of places of a window.
  private static func rows(window: Int) -> [Int] {
    let places = 0..<window * window
    return places.flatMap { one in
      places.map { other in
        let down = one / window - other / window + window - 1
        let across = one % window - other % window + window - 1
        return down * (2 * window - 1) + across
      }
    }
  }

  /// Lets every place look at those of its window.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    let turned = shift > 0 ? x.roll([-shift, -shift], dims: [1, 2]) : x
    let mixed = joined(attention(windows(of: turned), bias: bias(for: x)), as: x.shape)
    return shift > 0 ? mixed.roll([shift, shift], dims: [1, 2]) : mixed
  }

  /// `[B, H, W, D] → [B, windows, w², D]`.
  private func windows(of x: Tensor) -> Tensor {
    let (batch, rows, columns) = (x.shape[0], x.shape[1] / window, x.shape[2] / window)
    return x.reshape([batch, rows, window, columns, window, x.shape[3]])
      .permute([0, 1, 3, 2, 4, 5])
      .reshape([batch, rows * columns, window * window, x.shape[3]])
  }

  /// `[B, windows, w², D] → [B, H, W, D]`.
  private func joined(_ x: Tensor, as shape: [Int]) -> Tensor {
    let (rows, columns) = (shape[1] / window, shape[2] / window)
    return x.reshape([shape[0], rows, columns, window, window, shape[3]])
      .permute([0, 1, 3, 2, 4, 5]).reshape(shape)
  }

  /// What is added to the scores, `[heads, w², w²]`, or `[windows, heads, w², w²]` when shifted.
  private func bias(for x: Tensor) -> Tensor {
    let places = window * window
    let learnt = table.indexSelect(dim: 0, index: offsets)
      .reshape([places, places, table.shape[1]]).permute([2, 0, 1])
    guard shift > 0 else { return learnt }
    return learnt + barrier(height: x.shape[1], width: x.shape[2], like: x)
  }

  /// −100 between places of different regions of the turned map, `[windows, 1, w², w²]`.
  private func barrier(height: Int, width: Int, like x: Tensor) -> Tensor {
    func region(_ place: Int, of side: Int) -> Int {
      place < side - window ? 0 : place < side - shift ? 1 : 2
    }
    let regions = (0..<height).flatMap { row in
      (0..<width).map { Float(3 * region(row, of: height) + region($0, of: width)) }
    }
    return withoutGradients {
      let ids = windows(of: Tensor(regions, [1, height, width, 1], device: x.device)).squeeze(
        dim: 0)
      return (ids.ne(ids.transpose(1, 2)).to(x.dtype) * -100.0).unsqueeze(1)
    }
  }
}
