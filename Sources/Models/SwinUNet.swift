public import NN
public import Torch

/// A U-Net of shifted-window transformers on both sides.
///
/// Cao et al. *Swin-Unet: Unet-like Pure Transformer for Medical Image Segmentation.* ECCV Workshops
/// 2022. <https://arxiv.org/abs/2105.05537>; windows after Liu et al., ICCV 2021.
///
/// The tiny, light size: patches of 96 features (times the width factor), four levels of 3, 6, 12 and
/// 24 heads, two blocks each, merging of patches between them; the decoder expands patches, joins
/// the map that entered the encoder's level by a linear layer, and has two blocks on each of the three
/// finer levels. A last expansion leads back to pixels. The encoder's names are timm's
/// (`swin_tiny_patch4_window7_224`), the decoder's our own.
///
/// A window is no larger than its map; a map of one window is not shifted. Images of another size are
/// padded to multiples of what the windows tile.
///
/// - Departures: none from the authors' code, whose deepest decoder level is the expansion alone
///   although the paper's settings name depths of 2, 2, 2 and 1; patch and window are free; dropout
///   before the output layer.
public struct SwinUNet: Segmenter {
  /// Channels of the deepest map.
  public let width: Int
  /// What the windows tile, in pixels.
  public let stride: Int
  private let embed: Conv2d
  private let embedNorm: LayerNorm
  private let levels: [(merging: PatchMerging?, blocks: SwinBlocks)]
  private let norm: LayerNorm
  private let expansions: [PatchExpanding]
  private let steps: [(join: Linear, blocks: SwinBlocks)]
  private let decoderNorm: LayerNorm
  private let enlarge: PatchExpanding
  private let dropout: Dropout
  private let head: Conv2d

  private static let heads = [3, 6, 12, 24]
  private static let depth = 2

  /// Makes `encoder`, `decoder` and `head` in `scope`.
  ///
  /// - Parameters:
  ///   - classes: outputs per pixel.
  ///   - channels: channels of the images.
  ///   - grid: how patches and windows lie in the images.
  ///   - patch: side of a patch in pixels.
  ///   - widthFactor: factor on the features.
  ///   - dropout: share of channels dropped before the output layer.
  ///   - dropPath: share of branches dropped in the encoder's last block; linearly less before it,
  ///     and in the decoder as on the encoder's level.
  ///   - scope: where the tensors go.
  init(
    classes: Int, channels: Int = 3, grid: SwinGrid, patch: Int, widthFactor: Double = 1,
    dropout: Double = 0.1, dropPath: Double = 0, in scope: Scope
  ) {
    let base = 3 * max(Int((32 * widthFactor).rounded()), 1)
    let (encoder, decoder, last) = (scope("encoder"), scope("decoder"), SwinGrid.levels - 1)
    func blocks(_ level: Int, in scope: Scope) -> SwinBlocks {
      let rates = (0..<Self.depth).map {
        dropPath * Double(Self.depth * level + $0) / Double(Self.depth * SwinGrid.levels - 1)
      }
      return SwinBlocks(
        base << level, heads: Self.heads[level], level: level, of: grid, dropPaths: rates,
        in: scope)
    }
    (width, stride) = (base << last, grid.stride)
    embed = Conv2d(
      channels, base, kernel: patch, stride: patch, in: encoder("patch_embed")("proj"))
    embedNorm = LayerNorm(base, in: encoder("patch_embed")("norm"))
    levels = (0...last).map { level in
      let scope = encoder("layers")(level)
      let merging = level == 0 ? nil : PatchMerging(base << (level - 1), in: scope("downsample"))
      return (merging, blocks(level, in: scope("blocks")))
    }
    norm = LayerNorm(width, in: encoder("norm"))
    expansions = (0..<last).map {
      PatchExpanding(
        base << (last - $0), base << (last - $0 - 1), in: decoder("expansions")($0))
    }
    steps = (0..<last).map { index in
      let (level, scope) = (last - index - 1, decoder("steps")(index))
      let join = Linear(
        2 * base << level, base << level, weights: .truncatedNormal(std: 0.02), biases: .zeros,
        in: scope("join"))
      return (join, blocks(level, in: scope("blocks")))
    }
    decoderNorm = LayerNorm(base, in: decoder("norm"))
    enlarge = PatchExpanding(base, base, scale: patch, in: decoder("enlarge"))
    self.dropout = Dropout(dropout, unit: .channel, in: scope("head"))
    head = Conv2d(base, classes, kernel: 1, bias: false, in: scope("head"))
  }

  /// The patches' embedding, then each level.
  public var layers: [[String]] {
    [["patch_embed"]]
      + levels.indices.map { ["layers.\($0)"] + ($0 == levels.count - 1 ? ["norm"] : []) }
  }

  /// The maps that enter the three finer levels, and the deepest level's output, normalised.
  public func encode(_ x: Tensor, _ pass: Pass) -> [Tensor] {
    var maps: [Tensor] = []
    var y = embedNorm(embed(x).permute([0, 2, 3, 1]))
    for (merging, blocks) in levels {
      if let merging { y = merging(y) }
      maps.append(y)
      y = blocks(y, pass)
    }
    return (maps.dropLast() + [norm(y)]).map { $0.permute([0, 3, 1, 2]) }
  }

  /// Logits at stride 1.
  public func decode(_ maps: [Tensor], _ pass: Pass) -> Tensor {
    let places = maps.map { $0.permute([0, 2, 3, 1]) }
    var y = places[places.count - 1]
    for (index, (join, blocks)) in steps.enumerated() {
      y = blocks(join(cat([expansions[index](y), places[steps.count - 1 - index]], dim: -1)), pass)
    }
    return head(dropout(enlarge(decoderNorm(y)).permute([0, 3, 1, 2]), pass))
  }
}
