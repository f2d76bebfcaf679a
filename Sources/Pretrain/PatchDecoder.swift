import Models
import NN
import Torch

/// A small transformer that paints the patches an encoder has not seen.
///
/// He et al., CVPR 2022, section 3: the encoder's tokens stand at their places, one learnt token at
/// all others; positions are fixed (``GridPositions``). Names are those of the authors' code.
struct PatchDecoder {
  private let embed: Linear
  private let maskToken: Tensor
  private let positions: Tensor
  private let blocks: [TransformerBlock]
  private let normalization: LayerNorm
  private let output: Linear
  private let width: Int
  private let patches: Int

  /// Makes `decoder_embed`, `mask_token`, `decoder_blocks`, `decoder_norm` and `decoder_pred`.
  ///
  /// - Parameters:
  ///   - settings: width, depth and heads.
  ///   - inputs: features of the encoder.
  ///   - grid: rows and columns of patches.
  ///   - outputs: values of a patch.
  ///   - scope: where the tensors go.
  init(
    _ settings: MaskedAutoencoder.Settings, inputs: Int, grid: (rows: Int, columns: Int),
    outputs: Int, in scope: Scope
  ) {
    width = settings.width
    patches = grid.rows * grid.columns
    embed = Self.linear(inputs, width, in: scope("decoder_embed"))
    maskToken = scope.parameter("mask_token", [1, 1, width], .normal(std: 0.02))
    positions = GridPositions.table(rows: grid.rows, columns: grid.columns, width: width)
      .to(scope.store.device)
    blocks = (0..<settings.depth).map {
      TransformerBlock(
        settings.width, heads: settings.heads, in: scope("decoder_blocks")($0))
    }
    normalization = LayerNorm(width, epsilon: 1e-6, in: scope("decoder_norm"))
    output = Self.linear(width, outputs, in: scope("decoder_pred"))
  }

  /// Paints all patches.
  ///
  /// - Parameters:
  ///   - tokens: the encoder's, `[B, 1 + V, D]`, the class token first.
  ///   - visible: the places of the others, `[B, V]`.
  ///   - pass: mode and key.
  /// - Returns: `[B, T, P]`.
  func callAsFunction(_ tokens: Tensor, visible: Tensor, _ pass: Pass) -> Tensor {
    let (count, seen) = (tokens.shape[0], visible.shape[1])
    let embedded = embed(tokens)
    let places = visible.unsqueeze(-1).expand([count, seen, width])
    let all = maskToken.expand([count, patches, width])
      .scatter(dim: 1, index: places, source: embedded.narrow(dim: 1, start: 1, length: seen))
    var x = cat([embedded.narrow(dim: 1, start: 0, length: 1), all], dim: 1) + positions
    for block in blocks { x = block(x, pass) }
    return output(normalization(x)).narrow(dim: 1, start: 1, length: patches)
  }

  private static func linear(_ inputs: Int, _ outputs: Int, in scope: Scope) -> Linear {
    Linear(inputs, outputs, weights: .xavierUniform, biases: .zeros, in: scope)
  }
}
