import Base
public import Torch

/// Zeroes a share of the values and scales up the rest, so that the mean stays.
///
/// Srivastava et al. *Dropout.* JMLR 2014.
///
/// The mask comes from the pass's key folded with the layer's own name: the same key drops the same
/// values, two layers never share a mask, and no global generator is touched.
public struct Dropout {
  /// What is dropped together.
  public enum Unit: Sendable {
    /// Each value by itself.
    case value
    /// A whole channel of `[B, F, H, W]`.
    case channel
    /// All of an example: stochastic depth, when used on a residual branch.
    case example
  }

  /// The share that is dropped, 0 ..< 1.
  public let probability: Double
  let unit: Unit
  let name: String

  /// A layer without tensors; `scope` gives it its name.
  public init(_ probability: Double, unit: Unit = .value, in scope: Scope) {
    precondition((0..<1).contains(probability), "dropout of \(probability) is not in 0 ..< 1")
    self.probability = probability
    self.unit = unit
    name = scope.path
  }

  /// Drops, when the pass has a key.
  public func callAsFunction(_ x: Tensor, _ pass: Pass) -> Tensor {
    guard probability > 0, let key = pass.key?.folding(name) else { return x }
    if unit == .value, x.device == .cpu, x.dtype == .float32 {
      return dropout(x, kept: 1 - probability, key: key)
    }
    return x * mask(for: x, key: key)
  }

  private func mask(for x: Tensor, key: RandomKey) -> Tensor {
    let kept = 1 - probability
    let ones = Array(repeating: 1, count: max(x.rank - 1, 0))
    let shape =
      switch unit {
      case .value: x.shape
      case .channel: Array(x.shape.prefix(2)) + ones.dropFirst()
      case .example: [x.shape[0]] + ones
      }
    return withoutGradients {
      let generator = Generator(key, device: x.device)
      let mask = Tensor.bernoulli(shape, p: kept, generator: generator, device: x.device)
      return mask.div_(kept).to(x.dtype)
    }
  }
}

/// Drops a residual branch for whole examples.
///
/// Huang et al. *Deep Networks with Stochastic Depth.* ECCV 2016. <https://arxiv.org/abs/1603.09382>
public struct DropPath {
  private let dropout: Dropout

  /// A layer without tensors; `scope` gives it its name.
  public init(_ probability: Double, in scope: Scope) {
    dropout = Dropout(probability, unit: .example, in: scope)
  }

  /// Drops, when the pass has a key.
  public func callAsFunction(_ x: Tensor, _ pass: Pass) -> Tensor { dropout(x, pass) }
}
