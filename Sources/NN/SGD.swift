import Torch

/// Stochastic gradient descent with momentum.
///
/// With gradient g, decay λ, momentum μ and rate η:  g ← g + λ w,  v ← μ v + g,
/// w ← w − η v, or w ← w − η (g + μ v) with Nesterov's look-ahead. As in PyTorch.
///
/// Sutskever, Martens, Dahl, Hinton. *On the Importance of Initialization and Momentum in Deep
/// Learning.* ICML 2013.
public final class SGD: Optimizer {
  /// What it remembers: `sgd.momentum.NAME`.
  public let state: OptimizerState
  private let groups: [ParameterGroup]
  private let learningRate: Double
  private let momentum: Double
  private let nesterov: Bool
  private let weightDecay: Double

  /// - Parameters:
  ///   - groups: what is learnt, e.g. `store.groups()`.
  ///   - learningRate: η of a group with factor 1.
  ///   - momentum: μ.
  ///   - nesterov: whether to look ahead.
  ///   - weightDecay: λ of a group with factor 1.
  public init(
    _ groups: [ParameterGroup], learningRate: Double, momentum: Double = 0.9,
    nesterov: Bool = false, weightDecay: Double = 0
  ) {
    self.groups = groups
    self.learningRate = learningRate
    self.momentum = momentum
    self.nesterov = nesterov
    self.weightDecay = weightDecay
    state = OptimizerState(
      rule: "sgd", kinds: momentum == 0 ? [] : [("momentum", false)], groups: groups)
  }

  /// Updates every parameter that has a gradient.
  public func step(learningRateScale: Double) {
    withoutGradients {
      for group in groups {
        let live = group.live
        guard !live.isEmpty else { continue }
        fusedSGD_(
          live.map(\.tensor), gradients: live.map(\.gradient),
          momentumBuffers: momentum == 0 ? [] : live.map { state("momentum", $0.name) },
          lr: group.rate(learningRate, learningRateScale), momentum: momentum,
          weightDecay: weightDecay * group.weightDecayScale, nesterov: nesterov,
          isFirstStep: false)
      }
    }
  }
}

extension ParameterGroup {
  /// The members that have a gradient.
  var live: [(name: String, tensor: Tensor, gradient: Tensor)] {
    parameters.compactMap { member in
      member.tensor.gradient.map { (member.name, member.tensor, $0) }
    }
  }
}
