import Base
import Foundation
import Torch

/// How the first values of a parameter are drawn; the defaults are those of the reference libraries.
///
/// The fan of a weight `[out, in, kernel…]` is `in · kernel` (fan in) or `out · kernel` (fan out).
public enum Initializer: Sendable, Equatable {
  /// All zero.
  case zeros
  /// All one.
  case ones
  /// U(−1/√fan, 1/√fan) by the weight's own fan in: PyTorch's default for linear layers and
  /// convolutions, He's uniform rule with a = √5.
  case kaimingUniform
  /// U(−1/√fan, 1/√fan) with a given fan in: PyTorch's default for biases.
  case uniform(fanIn: Int)
  /// U(−bound, bound).
  case uniformWithin(Double)
  /// N(0, 2/fan out): torchvision's convolutions in residual networks.
  case kaimingNormalFanOut
  /// U(±√(6 / (fan in + fan out))), Glorot and Bengio 2010.
  case xavierUniform
  /// N(0, std²) cut off at ±2, as timm draws transformer weights.
  case truncatedNormal(std: Double)
  /// N(0, std²).
  case normal(std: Double)

  /// Draws float32 values of that shape on the CPU.
  func values(_ shape: [Int], key: RandomKey) -> Tensor {
    switch self {
    case .zeros: Tensor.zeros(shape)
    case .ones: Tensor.ones(shape)
    case .kaimingUniform: Self.uniform(shape, 1 / Double(Self.fanIn(shape)).squareRoot(), key)
    case .uniform(let fanIn): Self.uniform(shape, 1 / Double(fanIn).squareRoot(), key)
    case .uniformWithin(let bound): Self.uniform(shape, bound, key)
    case .kaimingNormalFanOut:
      Self.normal(shape, (2 / Double(Self.fanOut(shape))).squareRoot(), key)
    case .xavierUniform:
      Self.uniform(
        shape, (6 / Double(Self.fanIn(shape) + Self.fanOut(shape))).squareRoot(), key)
    case .truncatedNormal(let std): Self.truncatedNormal(shape, std, key)
    case .normal(let std): Self.normal(shape, std, key)
    }
  }

  static func fanIn(_ shape: [Int]) -> Int { shape.dropFirst().reduce(1, *) }

  static func fanOut(_ shape: [Int]) -> Int {
    shape.reduce(1, *) / max(shape.dropFirst().first ?? 1, 1)
  }

  private static func uniform(_ shape: [Int], _ bound: Double, _ key: RandomKey) -> Tensor {
    Tensor.uniform(shape, in: -bound..<bound, generator: Generator(key))
  }

  private static func normal(_ shape: [Int], _ std: Double, _ key: RandomKey) -> Tensor {
    Tensor.normal(shape, mean: 0, std: std, generator: Generator(key))
  }

  /// The inverse error function of a uniform draw, as timm and PyTorch do it; exact at any cut.
  private static func truncatedNormal(_ shape: [Int], _ std: Double, _ key: RandomKey) -> Tensor {
    let cut = erf(2 / std / 2.0.squareRoot())
    let bound = cut.nextDown
    let draws = Tensor.uniform(shape, in: -bound..<bound, generator: Generator(key))
    return (draws.erfinv() * (std * 2.0.squareRoot())).clamp(min: -2, max: 2)
  }
}
