package import Torch

/// Images cut into square patches, as a transformer sees them.
package enum Patches {
  /// Cuts images into patches, row by row.
  ///
  /// - Parameters:
  ///   - images: `[B, C, H, W]`.
  ///   - side: p, which divides H and W.
  /// - Returns: `[B, (H/p)·(W/p), p·p·C]`; within a patch row, column, channel.
  package static func cut(_ images: Tensor, side: Int) -> Tensor {
    let (count, channels) = (images.shape[0], images.shape[1])
    let (rows, columns) = (images.shape[2] / side, images.shape[3] / side)
    return images.reshape([count, channels, rows, side, columns, side])
      .permute([0, 2, 4, 3, 5, 1]).reshape([count, rows * columns, side * side * channels])
  }

  /// 1 for patches that show something, 0 for those of an even colour (black borders).
  ///
  /// - Parameters:
  ///   - pixels: `[B, C, H, W]`, from 0 to 1.
  ///   - side: p.
  /// - Returns: `[B, T]`; 0 where no channel varies by more than a deviation of 0.01.
  package static func informative(_ pixels: Tensor, side: Int) -> Tensor {
    let patches = cut(pixels, side: side)
    let places = Array(patches.shape.prefix(2)) + [side * side, pixels.shape[1]]
    return patches.reshape(places).variance(dim: [2]).amax(dim: [-1]).ge(leastVariance)
      .to(pixels.dtype)
  }

  private static let leastVariance = 1e-4

  /// The mean over chosen patches of the mean squared error of their pixels.
  ///
  /// - Parameters:
  ///   - predicted: `[B, T, P]`.
  ///   - patches: what they should be, `[B, T, P]`.
  ///   - weights: 1 for the patches that count, `[B, T]`.
  ///   - normalizing: whether each patch is first standardised by its own mean and (unbiased)
  ///     variance, (x − μ) / √(σ² + 10⁻⁶).
  /// - Returns: a scalar; 0 where no patch counts.
  package static func loss(
    _ predicted: Tensor, _ patches: Tensor, weights: Tensor, normalizing: Bool
  ) -> Tensor {
    var target = patches
    if normalizing {
      let (variance, mean) = patches.varianceMean(dim: [-1], keepdim: true)
      target = (patches - mean) / (variance + 1e-6).sqrt()
    }
    let difference = predicted - target
    let errors = (difference * difference).mean(dim: [-1])
    return (errors * weights).sum() / weights.sum().clamp(min: 1)
  }
}
