import NN
import Torch

/// A multi-layer perceptron on embeddings: projectors, predictors, expanders.
///
/// Linear maps with ReLU between them, batch-normalised before it unless left out. Layers are named
/// as in a sequence: `0.weight`, `1.weight` (normalisation), `3.weight`, …
struct MLP {
  /// How the last layer ends.
  enum Ending {
    /// A linear map with bias.
    case affine
    /// A linear map.
    case linear
    /// A linear map and a batch normalisation without scale and shift.
    case normalized
  }

  private let layers: [(linear: Linear, normalization: BatchNorm1d?)]

  /// Makes its tensors in `scope`.
  ///
  /// - Parameters:
  ///   - widths: features of the input, of the hidden layers, of the output.
  ///   - normalizes: whether hidden layers are batch-normalised; they then have no bias.
  ///   - ending: how the last layer ends.
  ///   - scope: where the tensors go.
  init(_ widths: [Int], normalizes: Bool = true, ending: Ending, in scope: Scope) {
    let stride = normalizes ? 3 : 2
    layers = zip(widths, widths.dropFirst()).enumerated().map { index, width in
      let isLast = index == widths.count - 2
      let isNormalized = isLast ? ending == .normalized : normalizes
      return (
        Linear(
          width.0, width.1, bias: isLast ? ending == .affine : !normalizes,
          in: scope(stride * index)),
        isNormalized
          ? BatchNorm1d(width.1, affine: !isLast, in: scope(stride * index + 1)) : nil
      )
    }
  }

  /// `[B, first width] → [B, last width]`.
  func callAsFunction(_ x: Tensor, _ pass: Pass) -> Tensor {
    var x = x
    for (index, layer) in layers.enumerated() {
      x = layer.linear(x)
      if let normalization = layer.normalization { x = normalization(x, pass) }
      if index < layers.count - 1 { x = x.relu() }
    }
    return x
  }
}
