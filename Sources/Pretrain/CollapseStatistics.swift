import NN
public import Torch

/// Whether projections still tell images apart.
///
/// An isotropic cloud on the sphere has `spread` near 1; a collapsed one near 0. The spread decides:
/// rank and neighbours are free of scale and read the residual of a collapsed network.
public struct CollapseStatistics: Codable, Sendable, Equatable {
  /// √D · mean over features of the (unbiased) standard deviation of ẑ: the test of SimSiam (Chen &
  /// He, CVPR 2021), 1 for isotropic rows.
  public let spread: Double
  /// The exponential of the entropy of the singular values σ / Σσ of the centred rows.
  ///
  /// RankMe, Garrido et al., ICML 2023; from 1, where all rows are equal, to min(n − 1, D).
  public let effectiveRank: Double
  /// The same of the squared singular values.
  public let effectiveRankOfVariance: Double
  /// Mean cosine of two different rows, from −1 to 1.
  public let meanCosine: Double

  /// Measures projections `[n, D]`, n > 1; all is NaN where one of them is not finite.
  public init(_ projections: Tensor) {
    let z = withoutGradients { Loss.normalized(projections.detach().to(.cpu).to(.float64)) }
    guard z.isFinite().all().item() == 1 else {
      (spread, effectiveRank, effectiveRankOfVariance, meanCosine) = (.nan, .nan, .nan, .nan)
      return
    }
    let (count, width) = (Double(z.shape[0]), Double(z.shape[1]))
    let centred = z - z.mean(dim: [0])
    let variance = (centred * centred).sum(dim: [0]) / (count - 1)
    spread = variance.sqrt().mean().item() * width.squareRoot()
    let values = centred.svdvals()
    effectiveRank = Self.rank(values / values.sum().clamp(min: 1e-300) + 1e-7)
    let squares = values * values
    effectiveRankOfVariance = Self.rank(squares / squares.sum().clamp(min: 1e-300) + 1e-12)
    meanCosine = (z.matmul(z.t()).sum().item() - count) / (count * (count - 1))
  }

  /// Below this spread a network has collapsed.
  public static let collapsedSpread = 0.1

  /// Whether the network has collapsed.
  public var hasCollapsed: Bool {
    spread < Self.collapsedSpread || meanCosine > 0.95 || effectiveRank < 2
  }

  private static func rank(_ shares: Tensor) -> Double {
    (-(shares * shares.log()).sum()).exp().item()
  }
}
