package import Torch

/// A hinge that keeps features from becoming constant: the variance term of VICReg.
///
/// Bardes, Ponce, LeCun. *VICReg: Variance-Invariance-Covariance Regularization for Self-Supervised
/// Learning.* ICLR 2022. <https://arxiv.org/abs/2105.04906>, equation 1.
package enum FeatureSpread {
  /// meanⱼ max(0, 1 − √(Varⱼ + 10⁻⁴)), unbiased: 0 where every feature of `[B, D]` spreads by 1.
  package static func hinge(_ x: Tensor) -> Tensor {
    (1 - (x.variance(dim: [0]) + 1e-4).sqrt()).relu().mean()
  }
}
