import Base
import FineTune
import Models
import NN
import Torch
import Training

/// Sixteen 16×16 grey images in two classes, bright above or below, and a small network on them.
struct TinyTask {
  static let items = Array(0..<16)
  let labels = Dictionary(uniqueKeysWithValues: items.map { ($0, $0 % 2) })
  let normalization = Normalization(mean: [0.5], std: [0.5])
  let model = ModelConfiguration(
    architecture: .resnet18, classes: 2, channels: 1, imageSize: 16, stem: .small,
    widthFactor: 0.125)
  let pixels = PixelArray(
    Dictionary(
      uniqueKeysWithValues: items.map { item in
        let key = RandomKey(seed: 3).folding(item)
        return (
          item,
          (0..<256).map { place in
            let isBright = (place < 128) == (item % 2 == 0)
            return UInt8((isBright ? 120 : 40) + 80 * key.folding(place).uniform())
          }
        )
      }), channels: 1, height: 16, width: 16)

  /// Few and short steps on the whole network.
  var settings: FineTuneConfiguration {
    var settings = FineTuneConfiguration()
    settings.trunk = .full
    (settings.batch, settings.steps.minimum, settings.steps.maximum) = (4, 3, 3)
    return settings
  }

  /// The weights of a network, as a pretraining leaves them.
  func weights(seed: UInt64 = 1) throws -> [(name: String, tensor: Tensor)] {
    try Network(model, key: RandomKey(seed: seed)).store.snapshot()
  }

  func request(earlier: [Int] = [], queried: [Int] = items) throws -> TrainingRequest {
    var request = TrainingRequest(
      model: model, classes: ["above", "below"], earlier: earlier, queried: queried,
      targets: .classes(labels), groups: [:], pretrained: try weights())
    request.images = Self.items
    return request
  }

  func train(
    _ settings: FineTuneConfiguration, _ request: TrainingRequest? = nil
  ) throws -> FineTuned {
    try FineTuner(settings, pixels: pixels, normalization: normalization, device: .cpu)
      .train(try request ?? self.request(), key: RandomKey(seed: 8))
  }
}

extension FineTuned {
  /// Every value of a tensor of the network.
  func values(_ name: String) -> [Float] { network.store[name]?.floats() ?? [] }
  /// Every value of the network.
  var bits: [Float] { network.store.state().flatMap { $0.tensor.floats() } }
}
