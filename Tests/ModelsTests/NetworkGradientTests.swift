import Base
import Models
import NN
import Testing
import Torch

/// Gradients of whole networks in float64 against central differences.
@Suite struct NetworkGradientTests {
  private let key = RandomKey(seed: 6)

  /// The step, relative to the parameters.
  ///
  /// Even a small one crosses kinks of some of the many ReLUs, each of which costs its own small
  /// part of the slope; a layer with a wrong gradient costs all of its part.
  private static let step = 1e-9
  private static let tolerance = 1e-3

  @Test(
    "every network's gradient is its slope along random directions",
    // The base transformer is the small one at twice the width, and as slow as all others.
    arguments: Architecture.allCases.filter { $0 != .vitBase })
  func slopes(architecture: Architecture) throws {
    let network = try Network(
      ModelConfiguration(
        architecture: architecture, classes: 3, channels: 1, imageSize: 64,
        patch: architecture.isVisionTransformer ? 8 : nil, stem: .small,
        widthFactor: 0.125, dropout: 0.2, dropPath: 0.1),
      key: key, dtype: .float64)
    let x = normal([4, 1, 64, 64], "images")
    for pass in [Pass.train(key), .evaluate] {
      network.store.zeroGradients()
      let output = network.logits(x, pass)
      let weights = normal(output.shape, "weights") / Double(output.count)
      (output * weights).sum().backward()
      for part in 0..<2 {
        let directions = network.store.parameters.map { name, tensor in
          normal(tensor.shape, "\(part) \(name)")
            * max(tensor.detach().square().mean().sqrt().item(), 0.01)
        }
        let slope = zip(network.store.parameters, directions).reduce(0.0) { sum, pair in
          sum + (pair.0.tensor.gradient.map { ($0 * pair.1).sum().item() } ?? .nan)
        }
        let sides = [Self.step, -Self.step].map { step -> Double in
          withoutGradients {
            move(network, directions, by: step)
            defer { move(network, directions, by: -step) }
            return (network.logits(x, pass) * weights).sum().item()
          }
        }
        let difference = (sides[0] - sides[1]) / (2 * Self.step)
        #expect(abs(slope - difference) < Self.tolerance * max(1, abs(slope)), "\(pass), \(slope)")
      }
    }
  }

  private func move(_ network: Network, _ directions: [Tensor], by step: Double) {
    for (parameter, direction) in zip(network.store.parameters, directions) {
      parameter.tensor.copy_(from: parameter.tensor + direction * step)
    }
  }

  private func normal(_ shape: [Int], _ name: String) -> Tensor {
    Tensor.normal(shape, generator: Generator(key.folding(name))).to(.float64)
  }
}
