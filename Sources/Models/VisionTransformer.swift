public import NN
public import Torch

/// Vision transformers with a class token and learnt positions.
///
/// Dosovitskiy et al. *An Image Is Worth 16×16 Words.* ICLR 2021.
/// <https://arxiv.org/abs/2010.11929>; the tiny and small sizes are those of Touvron et al., *DeiT*,
/// ICML 2021.
///
/// Names and numbers are timm's (`vit_tiny_patch16_224` and so on); patch and image size are free.
/// Images of another size than the configured one get interpolated positions.
public struct VisionTransformer: Backbone {
  /// The sizes: features, depth, heads.
  public enum Size: Sendable {
    /// 192 features, 12 blocks, 3 heads.
    case tiny
    /// 384 features, 12 blocks, 6 heads.
    case small
    /// 768 features, 12 blocks, 12 heads.
    case base

    var width: Int { 64 * heads }
    var heads: Int {
      switch self {
      case .tiny: 3
      case .small: 6
      case .base: 12
      }
    }
    var depth: Int { 12 }
  }

  /// The number of features.
  public let width: Int
  /// Side of a patch in pixels.
  public let patch: Int
  private let classToken: Tensor
  private let positions: Tensor
  private let embed: Conv2d
  private let blocks: [TransformerBlock]
  private let normalization: LayerNorm

  /// Makes `cls_token`, `pos_embed`, `patch_embed`, `blocks` and `norm` in `scope`.
  public init(
    _ size: Size, channels: Int = 3, imageSize: Int = 224, patch: Int = 16, dropPath: Double = 0,
    in scope: Scope
  ) {
    precondition(imageSize % patch == 0, "patch \(patch) does not divide \(imageSize)")
    let grid = imageSize / patch
    let width = size.width
    self.width = width
    self.patch = patch
    classToken = scope.parameter("cls_token", [1, 1, width], .normal(std: 1e-6))
    positions = scope.parameter(
      "pos_embed", [1, 1 + grid * grid, width], .truncatedNormal(std: 0.02))
    embed = Conv2d(
      channels, width, kernel: patch, stride: patch, in: scope("patch_embed")("proj"))
    blocks = (0..<size.depth).map { index in
      TransformerBlock(
        width, heads: size.heads, dropPath: dropPath * Double(index) / Double(size.depth - 1),
        in: scope("blocks")(index))
    }
    normalization = LayerNorm(width, epsilon: 1e-6, in: scope("norm"))
  }

  /// Positions and patches, each block, the last normalisation.
  public var layers: [[String]] {
    [["cls_token", "pos_embed", "patch_embed"]] + blocks.indices.map { ["blocks.\($0)"] }
      + [["norm"]]
  }

  /// Patches embedded and placed, `[B, C, H, W] → [B, T, D]`, row by row, without class token.
  public func patches(_ x: Tensor) -> Tensor {
    let map = embed(x)
    let grid = Array(map.shape.suffix(2))
    return map.flatten(start: 2).transpose(1, 2) + patchPositions(grid)
  }

  /// Puts the class token before any subset of placed patches and runs the blocks and the last
  /// normalisation, `[B, T, D] → [B, 1 + T, D]`.
  public func encode(_ patches: Tensor, _ pass: Pass) -> Tensor {
    let start = classToken + positions.narrow(dim: 1, start: 0, length: 1)
    var tokens = cat([start.expand([patches.shape[0], 1, width]), patches], dim: 1)
    for block in blocks { tokens = block(tokens, pass) }
    return normalization(tokens)
  }

  /// The patches' outputs as a map `[B, D, H / patch, W / patch]`.
  public func featureMap(_ x: Tensor, _ pass: Pass) -> Tensor {
    let tokens = encode(patches(x), pass)
    let (rows, columns) = (x.shape[2] / patch, x.shape[3] / patch)
    return tokens.narrow(dim: 1, start: 1, length: rows * columns).transpose(1, 2)
      .reshape([x.shape[0], width, rows, columns])
  }

  /// The class token's output.
  public func embedding(_ x: Tensor, _ pass: Pass) -> Tensor {
    encode(patches(x), pass).select(dim: 1, index: 0)
  }

  private func patchPositions(_ grid: [Int]) -> Tensor {
    let own = positions.narrow(dim: 1, start: 1, length: positions.shape[1] - 1)
    return Self.resampled(own, to: grid)
  }

  /// Positions `[1, g², D]` of a square grid at the places of another, by bicubic interpolation with
  /// antialiasing, as timm does it.
  static func resampled(_ positions: Tensor, to grid: [Int]) -> Tensor {
    let (count, width) = (positions.shape[1], positions.shape[2])
    let side = Int(Double(count).squareRoot().rounded())
    if grid == [side, side] { return positions }
    let map = positions.reshape([1, side, side, width]).permute([0, 3, 1, 2])
    return interpolate(map, size: grid, mode: .bicubic, alignCorners: false, antialias: true)
      .permute([0, 2, 3, 1]).reshape([1, grid[0] * grid[1], width])
  }
}
