public import Base
public import Foundation
public import Models
import NN
public import Torch
public import Training

/// Fine-tuning on few labels: chooses the items and the start by the strategy, trains the head or
/// the whole network, and says what the labels themselves tell of the result.
public struct FineTuner {
  /// Settings.
  public let configuration: FineTuneConfiguration
  private let pixels: any PixelSource
  private let normalization: Normalization
  let device: Device

  /// - Parameters:
  ///   - configuration: settings.
  ///   - pixels: the pool's pixels at the network's size.
  ///   - normalization: of those pixels.
  ///   - device: where to train.
  public init(
    _ configuration: FineTuneConfiguration, pixels: any PixelSource, normalization: Normalization,
    device: Device
  ) {
    self.configuration = configuration
    self.pixels = pixels
    self.normalization = normalization
    self.device = device
  }

  /// Whether the trunk stays as it is.
  public func freezesTrunk(_ model: ModelConfiguration, pretrained: Bool) -> Bool {
    switch configuration.trunk {
    case .frozen: true
    case .full: false
    case .auto: pretrained && !model.architecture.isSegmentation && device == .cpu
    }
  }

  /// Trains one round.
  ///
  /// - Parameters:
  ///   - request: labels and where to start.
  ///   - features: the frozen trunk's features of the pool; needed where `freezesTrunk` says so and
  ///     the task is classification.
  ///   - checkpoints: where an interrupted training goes on from; nil: nowhere.
  ///   - metrics: where measurements go.
  ///   - key: draws initial values, batches and augmentations.
  /// - Returns: the network, and what the labels say of it.
  /// - Throws: `Stopped` after a signal, with a checkpoint; a diagnostic when the weights do not fit
  ///   or the loss is not finite.
  public func train(
    _ request: TrainingRequest, features: TrunkFeatures? = nil, checkpoints: URL? = nil,
    metrics: MetricsLog? = nil, key: RandomKey
  ) throws -> FineTuned {
    let items = try trainingItems(request, key: key)
    let network = try start(request, key: key)
    if let features, !request.model.architecture.isSegmentation {
      try FrozenHead(request, items: items, features: features, configuration: configuration)
        .load(into: network)
      let rows = features.scaled(request.labelled)
      return FineTuned(network: network, items: items, trust: trust(rows, request, key: key))
    }
    let freezes = freezesTrunk(request.model, pretrained: request.pretrained != nil)
    try descend(
      network, request, items: items,
      frozen: freezes ? request.model.architecture.trunkScope : nil, checkpoints: checkpoints,
      metrics: metrics, key: key)
    guard !request.model.architecture.isSegmentation else {
      return FineTuned(network: network, items: items, trust: nil)
    }
    let inference = PoolInference(pixels, normalization: normalization, device: device)
    let rows = try inference.rows(request.labelled) { network.embedding($0, .evaluate) }.values
    let scaled = FeatureScaler(fitting: rows, width: network.width)(rows)
    return FineTuned(network: network, items: items, trust: trust(scaled, request, key: key))
  }

  /// L ∪ Q, or H ∪ Q, as the strategy says.
  private func trainingItems(_ request: TrainingRequest, key: RandomKey) throws -> [Int] {
    try configuration.strategy.items(
      earlier: request.earlier, queried: request.queried,
      hard: {
        guard let previous = request.previous else { return request.earlier }
        return try HardItems(pixels: pixels, normalization: normalization, device: device)
          .find(previous, items: request.earlier, targets: request.targets)
      }, key: key)
  }

  /// M₀ under a new head, or a copy of Mₜ₋₁.
  private func start(_ request: TrainingRequest, key: RandomKey) throws -> Network {
    let network = try Network(request.model, key: key.folding("init"), device: device)
    if configuration.strategy.continues, let previous = request.previous {
      try network.store.load(previous.store.state())
    } else if let pretrained = request.pretrained {
      try network.loadTrunk(pretrained)
    }
    return network
  }

  /// Gradient descent through the one loop, on `items` (with repeats, for a bootstrap sample).
  func descend(
    _ network: Network, _ request: TrainingRequest, items: [Int], label: String = "fine-tune",
    frozen: String? = nil, checkpoints: URL?, metrics: MetricsLog?, key: RandomKey
  ) throws {
    let continues = configuration.strategy.continues && request.previous != nil
    let plan = Descent(
      configuration, request, items: items, label: label, continues: continues, device: device)
    if let frozen { network.store.freeze(under: frozen) }
    let loader = BatchLoader(
      BatchStream(
        plan.sampler(key: key.folding("order")), pixels: pixels, targets: request.targets,
        normalization: normalization), device: device)
    let loop = TrainingLoop(
      plan.trainingPlan,
      state: TrainingState(store: network.store, optimizer: plan.optimizer(network)),
      loader: loader, folder: checkpoints, metrics: metrics, key: key.folding("loop"))
    let (loss, augmentation) = (plan.loss, configuration.augmentation.weak(size: pixels.width))
    _ = try loop.run { step in
      let batch = step.batch.augmented(augmentation)
      return StepLoss(loss(network.logits(batch.images, plan.pass(step)), batch))
    }
    network.store.unfreeze(under: "")
  }

  /// Cross-validation of a logistic head on features of everything labelled.
  private func trust(_ rows: [Float], _ request: TrainingRequest, key: RandomKey) -> OutOfFoldScore?
  {
    let items = request.labelled
    return OutOfFoldScore.balancedAccuracy(
      rows, labels: items.map { request.classLabels[$0] ?? 0 },
      groups: items.map { request.groups[$0] ?? -1 - $0 }, classes: request.classes.count,
      configuration: configuration, key: key)
  }
}

/// A trained network and what is known of it.
public struct FineTuned {
  /// The network.
  public let network: Network
  /// What it was trained on, ascending.
  public let items: [Int]
  /// What the labels say of it.
  public let trust: OutOfFoldScore?
}
