import Base
import Models
import NN
import Torch
import Training

/// A logistic head on the features of a frozen trunk: convex, exact, milliseconds.
struct FrozenHead {
  private let head: LogisticHead
  private let scaler: FeatureScaler

  /// Fits the head on `items`.
  init(
    _ request: TrainingRequest, items: [Int], features: TrunkFeatures,
    configuration: FineTuneConfiguration
  ) {
    let labels = request.classLabels
    scaler = features.scaler
    head = LogisticHead.fit(
      features.scaled(items), width: features.width, labels: items.map { labels[$0] ?? 0 },
      classes: request.classes.count, settings: configuration.headSettings)
  }

  /// Puts the head into a network that reads unscaled features.
  ///
  /// With s(x) = c (x − μ) / σ the head W s(x) + b is (c W / σ) x + (b − c W μ / σ); the clipping of
  /// s at ±8 has no linear form and is left out. Classes never seen get a bias that rules them out.
  func load(into network: Network) throws {
    let (classes, width) = (head.classes, head.width)
    var weight = [Float](repeating: 0, count: classes * width)
    var bias = [Float](repeating: 0, count: classes)
    for label in 0..<classes {
      var offset = head.isSeen[label] ? head.bias[label] : -1000
      for column in 0..<width {
        let factor = Double(scaler.scale * scaler.inverseDeviation[column])
        let value = head.weight[label * width + column] * factor
        weight[label * width + column] = Float(value)
        offset -= value * Double(scaler.mean[column])
      }
      bias[label] = Float(offset)
    }
    let scope = network.configuration.architecture.headScope
    let device = network.store.device
    withoutGradients {
      network.store["\(scope).weight"]?.copy_(from: Tensor(weight, [classes, width]).to(device))
      network.store["\(scope).bias"]?.copy_(from: Tensor(bias, [classes]).to(device))
    }
  }
}
