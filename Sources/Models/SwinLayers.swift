import NN
import Torch

/// Where the windows of a Swin network lie: sides of its maps and windows, level by level.
struct SwinGrid {
  /// Patches along a side of each level's map, the finest first.
  let sides: [Int]
  /// Places along a side of each level's windows: the configured number, or the whole map.
  let windows: [Int]
  /// Multiples of so many pixels give maps that the windows tile on every level.
  let stride: Int

  /// Levels, each with half the sides of the one before.
  static let levels = 4

  /// The levels of an image; nil where patches, halvings or windows do not fit into it.
  ///
  /// - Parameters:
  ///   - imageSize: side of the image in pixels.
  ///   - patch: side of a patch in pixels.
  ///   - window: side of a window in patches; 0 for the largest of 8, 7, 6, 5 and 4 that fits.
  init?(imageSize: Int, patch: Int, window: Int) {
    let finest = imageSize / patch
    guard imageSize % (patch << (Self.levels - 1)) == 0 else { return nil }
    let sides = (0..<Self.levels).map { finest >> $0 }
    let fitting = (window == 0 ? [8, 7, 6, 5, 4] : [window]).first { window in
      sides.allSatisfy { $0 <= window || $0 % window == 0 }
    }
    guard let fitting else { return nil }
    let windows = sides.map { min(fitting, $0) }
    stride = windows.enumerated().reduce(1) { step, level in
      Self.leastCommonMultiple(step, patch * level.element << level.offset)
    }
    (self.sides, self.windows) = (sides, windows)
  }

  /// Places by which every other block of a level turns its map: none where one window is all.
  func shift(_ level: Int) -> Int { sides[level] > windows[level] ? windows[level] / 2 : 0 }

  private static func leastCommonMultiple(_ a: Int, _ b: Int) -> Int {
    var (divisor, rest) = (a, b)
    while rest != 0 { (divisor, rest) = (rest, divisor % rest) }
    return a / divisor * b
  }
}

/// Blocks of window attention, every other one shifted, `[B, H, W, D] → [B, H, W, D]`.
struct SwinBlocks {
  private let blocks: [TransformerBlock]

  /// Makes as many blocks as there are shares of dropped branches, under `scope`.
  init(
    _ width: Int, heads: Int, level: Int, of grid: SwinGrid, dropPaths: [Double], in scope: Scope
  ) {
    blocks = dropPaths.enumerated().map { index, dropPath in
      TransformerBlock(width, epsilon: 1e-5, dropPath: dropPath, in: scope(index)) { scope in
        let attention = WindowAttention(
          width, heads: heads, window: grid.windows[level],
          shift: index % 2 == 0 ? 0 : grid.shift(level), in: scope)
        return { attention($0) }
      }
    }
  }

  func callAsFunction(_ x: Tensor, _ pass: Pass) -> Tensor { blocks.reduce(x) { $1($0, pass) } }
}

/// Four neighbours become one place of twice the features, `[B, H, W, D] → [B, H/2, W/2, 2 D]`.
struct PatchMerging {
  private let normalization: LayerNorm
  private let reduction: Linear

  /// Makes `norm` and `reduction` in `scope`.
  init(_ width: Int, in scope: Scope) {
    normalization = LayerNorm(4 * width, in: scope("norm"))
    reduction = Linear(
      4 * width, 2 * width, bias: false, weights: .truncatedNormal(std: 0.02),
      in: scope("reduction"))
  }

  func callAsFunction(_ x: Tensor) -> Tensor {
    let (batch, height, width) = (x.shape[0], x.shape[1] / 2, x.shape[2] / 2)
    // Column by column of the four, as in the authors' code.
    let four = x.reshape([batch, height, 2, width, 2, x.shape[3]]).permute([0, 1, 3, 4, 2, 5])
    return reduction(normalization(four.reshape([batch, height, width, 4 * x.shape[3]])))
  }
}

/// A place becomes `scale`² places, `[B, H, W, D] → [B, scale·H, scale·W, outputs]`.
struct PatchExpanding {
  private let expand: Linear
  private let normalization: LayerNorm
  private let scale: Int
  private let outputs: Int

  /// Makes `expand` and `norm` in `scope`.
  init(_ width: Int, _ outputs: Int, scale: Int = 2, in scope: Scope) {
    expand = Linear(
      width, scale * scale * outputs, bias: false, weights: .truncatedNormal(std: 0.02),
      in: scope("expand"))
    normalization = LayerNorm(outputs, in: scope("norm"))
    (self.scale, self.outputs) = (scale, outputs)
  }

  func callAsFunction(_ x: Tensor) -> Tensor {
    let (batch, height, width) = (x.shape[0], x.shape[1], x.shape[2])
    let places = expand(x).reshape([batch, height, width, scale, scale, outputs])
      .permute([0, 1, 3, 2, 4, 5])
    return normalization(places.reshape([batch, scale * height, scale * width, outputs]))
  }
}
