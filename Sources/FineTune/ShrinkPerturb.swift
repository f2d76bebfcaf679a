package import Base
package import NN
import Torch

/// Draws a network back towards where it came from, and disturbs it, so that it can learn again.
///
/// θ ← θ₀ + λ (θ − θ₀) + ε with ε from N(0, (σ s)²), s the deviation of θ's tensor; λ = 0.8,
/// σ = 0.01. Ash, Adams. *On Warm-Starting Neural Network Training.* NeurIPS 2020.
/// <https://arxiv.org/abs/1910.08475>
///
/// - Departures: they shrink towards 0; here θ₀ is the pretrained network under a new head. Running
///   statistics are the later network's.
/// - Randomness: the noise, from the key folded with each parameter's name.
package struct ShrinkPerturb {
  /// λ, how much of what was learnt stays, from 0 to 1.
  package var kept = 0.8
  /// σ, the noise over the tensor's own deviation.
  package var noise = 0.01

  package init() {}

  /// Changes `origin` (θ₀) into θ₀ + λ (θ − θ₀) + ε.
  ///
  /// - Precondition: both have the same tensors.
  package func apply(to origin: ParameterStore, from later: ParameterStore, key: RandomKey) {
    withoutGradients {
      for (name, tensor) in origin.parameters {
        guard let source = later[name] else { preconditionFailure("no tensor '\(name)'") }
        tensor.lerp_(source, weight: kept)
        guard tensor.count > 1, noise > 0 else { continue }
        let deviation = (source - source.mean()).square().mean().sqrt().item()
        let draw = Tensor.normal(
          tensor.shape, std: noise * deviation,
          generator: Generator(key.folding("perturb").folding(name)))
        _ = tensor.add_(draw.to(tensor.device))
      }
      for (name, tensor) in origin.buffers {
        if let source = later[name] { tensor.copy_(from: source) }
      }
    }
  }
}
