public import Torch

/// Limits on the size of gradients.
public enum GradientClipping {
  /// Scales the gradients of `parameters` so that their common Euclidean norm is at most `limit`.
  ///
  /// Nothing waits for the device.
  ///
  /// - Returns: the norm before clipping, a scalar tensor.
  @discardableResult
  public static func clip(
    _ parameters: [(name: String, tensor: Tensor)], toNorm limit: Double
  ) -> Tensor {
    withoutGradients {
      let gradients = parameters.compactMap(\.tensor.gradient)
      guard !gradients.isEmpty else { return Tensor.zeros([]) }
      let norm = stack(gradients.map { $0.vectorNorm() }, dim: 0).vectorNorm()
      let factor = (limit / (norm + 1e-6)).clamp(max: 1)
      for gradient in gradients { gradient.mul_(factor) }
      return norm
    }
  }
}
