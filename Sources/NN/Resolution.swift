public import Torch

/// Changes of resolution without learnt parts, on `[B, F, H, W]`.
public enum Resolution {
  /// The mean over all positions, `[B, F]`.
  public static func globalMean(_ x: Tensor) -> Tensor { x.mean(dim: [2, 3]) }

  /// The largest value of each window.
  public static func maximum(
    _ x: Tensor, kernel: Int = 2, stride: Int = 2, padding: Int = 0
  ) -> Tensor {
    maxPool2d(x, [kernel, kernel], stride: [stride, stride], padding: [padding, padding])
  }

  /// The mean of each window.
  public static func mean(_ x: Tensor, kernel: Int = 2, stride: Int = 2) -> Tensor {
    avgPool2d(x, [kernel, kernel], stride: [stride, stride])
  }

  /// Bilinear interpolation to that many rows and columns, corners not aligned.
  public static func bilinear(_ x: Tensor, to size: [Int]) -> Tensor {
    Array(x.shape.suffix(2)) == size
      ? x : interpolate(x, size: size, mode: .bilinear, alignCorners: false)
  }

  /// Twice as many rows and columns, bilinear.
  public static func doubled(_ x: Tensor) -> Tensor {
    bilinear(x, to: [2 * x.shape[2], 2 * x.shape[3]])
  }

  /// Padding at the bottom and on the right, by the edge values, to multiples of `step`.
  public static func padded(_ x: Tensor, toMultipleOf step: Int) -> Tensor {
    let down = (step - x.shape[2] % step) % step
    let across = (step - x.shape[3] % step) % step
    return down == 0 && across == 0 ? x : pad(x, [0, across, 0, down], .replicate)
  }

  /// The upper left `size` of an image.
  public static func cropped(_ x: Tensor, to size: [Int]) -> Tensor {
    Array(x.shape.suffix(2)) == size
      ? x : x.narrow(dim: 2, start: 0, length: size[0]).narrow(dim: 3, start: 0, length: size[1])
  }
}
