import Base
import NN
import Testing
import Torch

/// Compares the gradients of Σ w·f(x), w fixed and random, with central differences in float64.
struct GradientCheck {
  /// Central differences with step 1e-6 in float64 are good to about 1e-9 of the curvature.
  static let tolerance = 1e-6
  private static let step = 1e-6

  /// Values N(0, 1) in float64 from a key.
  static func normal(_ shape: [Int], _ name: String) -> Tensor {
    Tensor.normal(shape, generator: Generator(RandomKey(seed: 7).folding(name))).to(.float64)
  }

  /// The largest difference over `inputs` and the parameters of `store`, a few places of each.
  static func error(
    _ inputs: [Tensor], _ store: ParameterStore? = nil, _ f: ([Tensor]) -> Tensor
  ) -> Double {
    let leaves = inputs + (store?.trainable.map(\.tensor) ?? [])
    for leaf in leaves {
      leaf.requiresGradient = true
      leaf.zeroGradient()
    }
    let output = f(inputs)
    let weights = normal(output.shape, "weights")
    (output * weights).sum().backward()
    return leaves.map { leaf in
      guard let gradient = leaf.gradient?.doubles() else { return Double.infinity }
      return places(leaf.count).map { place in
        let up = shifted(leaf, place, step) { (f(inputs) * weights).sum().item() }
        let down = shifted(leaf, place, -step) { (f(inputs) * weights).sum().item() }
        let slope = (up - down) / (2 * step)
        return abs(slope - gradient[place]) / max(1, abs(slope))
      }.max() ?? 0
    }.max() ?? .infinity
  }

  private static func places(_ count: Int) -> [Int] {
    RandomKey(seed: 3).sample(min(5, count), outOf: count)
  }

  private static func shifted(
    _ leaf: Tensor, _ place: Int, _ step: Double, _ body: () -> Double
  ) -> Double {
    withoutGradients {
      let kept = leaf.clone()
      var values = leaf.doubles()
      values[place] += step
      leaf.copy_(from: Tensor(values, leaf.shape))
      defer { leaf.copy_(from: kept) }
      return body()
    }
  }
}
