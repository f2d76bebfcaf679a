import Torch

/// Adam with weight decay apart from the gradient.
///
/// Loshchilov, Hutter. *Decoupled Weight Decay Regularization.* ICLR 2019.
/// <https://arxiv.org/abs/1711.05101>
///
/// w ← w (1 − η λ);  m ← β₁ m + (1 − β₁) g;  v ← β₂ v + (1 − β₂) g²;
/// w ← w − η m̂ / (√v̂ + ε)  with m̂ = m / (1 − β₁ᵗ), v̂ = v / (1 − β₂ᵗ). As in PyTorch.
public final class AdamW: Optimizer {
  /// What it remembers: `adamw.{mean,square,steps}.NAME`.
  public let state: OptimizerState
  private let groups: [ParameterGroup]
  private let learningRate: Double
  private let betas: (Double, Double)
  private let epsilon: Double
  private let weightDecay: Double

  /// - Parameters:
  ///   - groups: what is learnt, e.g. `store.groups()`.
  ///   - learningRate: η of a group with factor 1.
  ///   - betas: β₁ and β₂.
  ///   - epsilon: ε.
  ///   - weightDecay: λ of a group with factor 1.
  public init(
    _ groups: [ParameterGroup], learningRate: Double, betas: (Double, Double) = (0.9, 0.999),
    epsilon: Double = 1e-8, weightDecay: Double = 0.01
  ) {
    self.groups = groups
    self.learningRate = learningRate
    self.betas = betas
    self.epsilon = epsilon
    self.weightDecay = weightDecay
    state = OptimizerState(
      rule: "adamw", kinds: [("mean", false), ("square", false), ("steps", true)], groups: groups)
  }

  /// Updates every parameter that has a gradient.
  public func step(learningRateScale: Double) {
    withoutGradients {
      for group in groups {
        let live = group.live
        guard !live.isEmpty else { continue }
        let steps = live.map { state("steps", $0.name) }
        foreachAdd_(steps, 1)
        fusedAdamW_(
          live.map(\.tensor), gradients: live.map(\.gradient),
          averages: live.map { state("mean", $0.name) },
          squareAverages: live.map { state("square", $0.name) }, steps: steps,
          lr: group.rate(learningRate, learningRateScale), beta1: betas.0,
          beta2: betas.1, weightDecay: weightDecay * group.weightDecayScale, eps: epsilon)
      }
    }
  }
}
