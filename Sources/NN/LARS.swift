import Torch

/// Momentum with a learning rate per layer, for very large batches.
///
/// You, Gitman, Ginsburg. *Large Batch Training of Convolutional Networks.* 2017.
/// <https://arxiv.org/abs/1708.03888>
///
/// For a weight w with gradient g, trust = η_t ‖w‖ / (‖g‖ + λ ‖w‖), and
/// v ← μ v + trust · (g + λ w),  w ← w − η v. Where ‖w‖ or ‖g‖ is zero, trust is 1.
///
/// - Departures: members of groups without weight decay (biases, normalisation) take plain momentum
///   steps; with `clipped`, trust is at most η, so that no layer exceeds the plain rate
///   (solo-learn's setting for small images).
public final class LARS: Optimizer {
  /// What it remembers: `lars.momentum.NAME`.
  public let state: OptimizerState
  private let groups: [ParameterGroup]
  private let learningRate: Double
  private let momentum: Double
  private let weightDecay: Double
  private let trustCoefficient: Double
  private let clipped: Bool

  /// - Parameters:
  ///   - groups: what is learnt, e.g. `store.groups()`.
  ///   - learningRate: η of a group with factor 1.
  ///   - momentum: μ.
  ///   - weightDecay: λ of a group with factor 1.
  ///   - trustCoefficient: η_t.
  ///   - clipped: whether trust / η is at most 1.
  public init(
    _ groups: [ParameterGroup], learningRate: Double, momentum: Double = 0.9,
    weightDecay: Double = 1e-4, trustCoefficient: Double = 0.02, clipped: Bool = true
  ) {
    self.groups = groups
    self.learningRate = learningRate
    self.momentum = momentum
    self.weightDecay = weightDecay
    self.trustCoefficient = trustCoefficient
    self.clipped = clipped
    state = OptimizerState(rule: "lars", kinds: [("momentum", false)], groups: groups)
  }

  /// Updates every parameter that has a gradient; nothing waits for the device.
  public func step(learningRateScale: Double) {
    withoutGradients {
      for group in groups {
        let rate = group.rate(learningRate, learningRateScale)
        for (name, weight, gradient) in group.live {
          let scaled =
            group.weightDecayScale == 0
            ? gradient
            : trusted(weight, gradient, weightDecay * group.weightDecayScale, rate)
          let velocity = state("momentum", name)
          velocity.mul_(momentum).add_(scaled)
          weight.add_(velocity, alpha: -rate)
        }
      }
    }
  }

  private func trusted(
    _ weight: Tensor, _ gradient: Tensor, _ decay: Double, _ rate: Double
  ) -> Tensor {
    let (size, slope) = (weight.norm(), gradient.norm())
    var trust = size * trustCoefficient / (slope + size * decay + 1e-8)
    if clipped { trust = (trust / rate).clamp(max: 1) }
    let known = size.gt(0).logicalAnd(slope.gt(0))
    return (gradient + weight * decay) * where_(known, trust, 1)
  }
}
