package import NN
package import Torch

/// DINO's head: a perceptron to unit vectors, and their cosines with K prototypes.
///
/// Linear, GELU, linear, GELU, linear to a bottleneck, which is scaled to unit length; then a linear
/// map without bias whose rows are scaled to unit length too (weight normalisation with its gain
/// fixed at 1). No batch normalisation. First values N(0, 0.02²) cut at ±2 and zero biases, as in the
/// authors' code; prototypes begin as PyTorch's linear layers do.
package struct PrototypeHead {
  private let layers: [Linear]
  private let prototypes: Tensor

  /// Makes `mlp.0`, `mlp.2`, `mlp.4` and `last_layer.weight_v` in `scope`.
  ///
  /// - Parameters:
  ///   - inputs: features of the network.
  ///   - hidden: features of the hidden layers.
  ///   - bottleneck: features of a unit vector.
  ///   - prototypes: K.
  ///   - scope: where the tensors go.
  package init(_ inputs: Int, hidden: Int, bottleneck: Int, prototypes: Int, in scope: Scope) {
    let widths = [inputs, hidden, hidden, bottleneck]
    layers = zip(widths, widths.dropFirst()).enumerated().map { index, width in
      Linear(
        width.0, width.1, weights: .truncatedNormal(std: 0.02), biases: .zeros,
        in: scope("mlp")(2 * index))
    }
    self.prototypes = scope("last_layer").parameter(
      "weight_v", [prototypes, bottleneck], .kaimingUniform)
  }

  /// Unit vectors `[B, bottleneck]` of embeddings `[B, D]`.
  package func bottleneck(_ embedding: Tensor) -> Tensor {
    var x = embedding
    for (index, layer) in layers.enumerated() {
      x = layer(x)
      if index < layers.count - 1 { x = gelu(x) }
    }
    return Loss.normalized(x)
  }

  /// Their cosines with the prototypes.
  ///
  /// - Parameters:
  ///   - vectors: what ``bottleneck(_:)`` gives.
  ///   - isFrozen: whether the prototypes learn nothing from it.
  /// - Returns: `[B, K]`.
  package func cosines(_ vectors: Tensor, isFrozen: Bool = false) -> Tensor {
    linear(vectors, Loss.normalized(isFrozen ? prototypes.detach() : prototypes))
  }
}
