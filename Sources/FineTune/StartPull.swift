package import Models
import NN
package import Torch

/// L2-SP: keeps the trunk near the weights it started from, which know more than a few labels do.
///
/// (α / 2) Σ ‖w − w⁰‖² over the trunk's parameters, in place of their weight decay. Li, Grandvalet,
/// Davoine. *Explicit Inductive Bias for Transfer Learning with Convolutional Networks.* ICML 2018.
/// <https://arxiv.org/abs/1802.01483>
///
/// w⁰ is the pretrained network in every round, also in one that continues.
///
/// - Cost: a copy of the trunk, and a pass over it each step.
/// - Departures: the paper trains by SGD; AdamW divides this gradient, as all others, by its size.
package struct StartPull {
  private let pairs: [(now: Tensor, start: Tensor)]
  private let strength: Double

  /// - Parameters:
  ///   - network: what is trained; frozen parameters take no part.
  ///   - origin: a network of the same kind with the weights w⁰.
  ///   - strength: α.
  package init(_ network: Network, to origin: Network, strength: Double) {
    pairs = network.store.trainable.filter { network.isTrunk($0.name) }.map { name, tensor in
      guard let start = origin.store[name] else { preconditionFailure("no tensor '\(name)'") }
      return (tensor, start.detach().clone())
    }
    self.strength = strength
  }

  /// The penalty, a scalar.
  package func callAsFunction() -> Tensor {
    let sums = pairs.map { ($0.now - $0.start).square().sum() }
    return (sums.isEmpty ? Tensor.zeros([]) : stack(sums, dim: 0).sum()) * (strength / 2)
  }
}
