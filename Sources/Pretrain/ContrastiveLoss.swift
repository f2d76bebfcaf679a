import NN
public import Torch

/// The normalised temperature-scaled cross-entropy over two views (NT-Xent).
///
/// Chen, Kornblith, Norouzi, Hinton. *A Simple Framework for Contrastive Learning of Visual
/// Representations.* ICML 2020. <https://arxiv.org/abs/2002.05709>, equation 1.
///
/// ℓᵢ = −ln( exp(ẑᵢ·ẑₚ₍ᵢ₎ / τ) / Σ_{j ≠ i} exp(ẑᵢ·ẑⱼ / τ) ), the mean over all 2B rows; p(i) is the
/// other view of the same image.
///
/// - Departures: other images of the same group (slices of one patient) are left out of the sum;
///   they are no negatives.
public struct ContrastiveLoss {
  private let temperature: Double

  /// - Parameter temperature: τ, above 0.
  public init(temperature: Double) {
    self.temperature = temperature
  }

  /// The loss of a batch.
  ///
  /// - Parameters:
  ///   - a: projections of one view `[B, D]`.
  ///   - b: projections of the other `[B, D]`.
  ///   - groups: group of each image, B numbers; nil: every image its own.
  /// - Returns: a scalar; ln(2B − 1) when all rows are equal.
  public func callAsFunction(_ a: Tensor, _ b: Tensor, groups: [Int]? = nil) -> Tensor {
    let count = a.shape[0]
    let z = Loss.normalized(cat([a, b], dim: 0))
    let similarity = z.matmul(z.t()) / temperature
    let masked = similarity.maskedFill(excluded(count, groups, on: z.device), -Double.infinity)
    let positives = Tensor((0..<2 * count).map { ($0 + count) % (2 * count) }, [2 * count])
    return Loss.crossEntropy(masked, positives.to(z.device))
  }

  /// Pairs that stand in no sum: a row with itself, and other images of its group.
  private func excluded(_ count: Int, _ groups: [Int]?, on device: Device) -> Tensor {
    var mask = [Int](repeating: 0, count: 4 * count * count)
    for i in 0..<2 * count {
      for j in 0..<2 * count {
        let (first, second) = (i % count, j % count)
        let sameGroup = groups.map { $0[first] == $0[second] } ?? false
        if i == j || (first != second && sameGroup) { mask[i * 2 * count + j] = 1 }
      }
    }
    return Tensor(mask, [2 * count, 2 * count]).to(.bool).to(device)
  }
}
