import Base
import NN
import Torch

/// What a network costs.
public struct Complexity: Codable, Sendable, Equatable {
  /// Learnt values.
  public let parameters: Int
  /// Values kept beside them: running statistics and counters.
  public let buffers: Int
  /// Multiply-add pairs of convolutions, linear layers and attention for one image.
  public let multiplyAdds: Int

  /// Floating-point operations for one image: two per multiply-add.
  public var operations: Int { 2 * multiplyAdds }

  /// Counts a network of that configuration by running it once on one empty image.
  public init(of configuration: ModelConfiguration) throws {
    let network = try Network(configuration, key: RandomKey(seed: 0))
    parameters = network.store.parameterCount
    buffers = network.store.buffers.reduce(0) { $0 + $1.tensor.count }
    let size = configuration.imageSize
    multiplyAdds = withoutGradients {
      let image = Tensor.zeros([1, configuration.channels, size, size])
      return OperationCounter.counting { _ = network.logits(image, .evaluate) }
    }
  }
}
