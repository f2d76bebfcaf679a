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
  let pixels: any PixelSource
  let normalization: Normalization
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
    configuration.freezesTrunk(model, pretrained: pretrained, device: device)
  }

  /// Trains one round.
  ///
  /// - Parameters:
  ///   - request: labels and where to start.
  ///   - features: the frozen trunk's features of the pool; needed where `freezesTrunk` says so and
  ///     the task is classification.
  ///   - checkpoints: where an interrupted training goes on from; nil: nowhere.
  ///   - metrics: where measurements go; of several trainings those of the first.
  ///   - key: draws initial values, batches and augmentations.
  /// - Returns: the network, and what the labels say of it.
  /// - Throws: `Stopped` after a signal, with a checkpoint; a diagnostic when the weights do not fit
  ///   or the loss is not finite.
  public func train(
    _ request: TrainingRequest, features: TrunkFeatures? = nil, checkpoints: URL? = nil,
    metrics: MetricsLog? = nil, key: RandomKey
  ) throws -> FineTuned {
    let items = try trainingItems(request, key: key)
    if let features, request.hasOneClassPerImage {
      return try headed(request, items: items, features: features, key: key)
    }
    var best: FineTuned?
    for (number, start) in configuration.strategy.starts(request).enumerated() {
      let tuned = try train(
        request, items: items, from: start,
        checkpoints: checkpoints?.appendingPathComponent(start.rawValue),
        metrics: number == 0 ? metrics : nil, key: key)
      if best.map({ tuned.isAtLeastAsGood(as: $0) }) ?? true { best = tuned }
    }
    guard var tuned = best else { preconditionFailure("a round makes at least one training") }
    if configuration.calibrated {
      tuned.temperature = try temperature(request, checkpoints: checkpoints, key: key)
    }
    return tuned
  }

  /// A logistic head on the frozen trunk's features.
  private func headed(
    _ request: TrainingRequest, items: [Int], features: TrunkFeatures, key: RandomKey
  ) throws -> FineTuned {
    let network = try network(request, from: .pretrained, key: key)
    let labels = request.classLabels
    FrozenHead(
      features.scaled(items), scaler: features.scaler, labels: items.map { labels[$0] ?? 0 },
      classes: request.classes.count, configuration: configuration
    ).load(into: network)
    let outOfFold = outOfFold(features.scaled(request.labelled), request, key: key)
    return FineTuned(
      network: network, items: items, trust: outOfFold?.score(key: key),
      temperature: configuration.calibrated ? outOfFold?.temperature ?? 1 : 1)
  }

  /// One training from one start.
  private func train(
    _ request: TrainingRequest, items: [Int], from start: TrainingStart, checkpoints: URL?,
    metrics: MetricsLog?, key: RandomKey
  ) throws -> FineTuned {
    let network = try network(request, from: start, key: key)
    let freezes = freezesTrunk(request.model, pretrained: request.pretrained != nil)
    if configuration.headFirst, start == .pretrained {
      try loadHead(into: network, request, items: items)
    }
    try descend(
      network, request, items: items, continues: start.continues,
      frozen: freezes ? request.model.architecture.trunkScope : nil, checkpoints: checkpoints,
      metrics: metrics, key: key)
    guard request.hasOneClassPerImage else {
      return FineTuned(network: network, items: items, trust: nil)
    }
    let rows = try embeddings(network, request.labelled)
    let scaled = FeatureScaler(fitting: rows, width: network.width)(rows)
    return FineTuned(
      network: network, items: items,
      trust: outOfFold(scaled, request, key: key)?.score(key: key))
  }

  /// L ∪ Q, or what else the strategy says.
  private func trainingItems(_ request: TrainingRequest, key: RandomKey) throws -> [Int] {
    try configuration.strategy.items(
      earlier: request.earlier, queried: request.queried,
      hard: {
        guard let previous = request.previous else { return request.earlier }
        return try HardItems(pixels: pixels, normalization: normalization, device: device)
          .find(previous, items: request.earlier, targets: request.targets)
      }, key: key)
  }

  /// M₀ under a new head, a copy of Mₜ₋₁, or something between the two.
  func network(
    _ request: TrainingRequest, from start: TrainingStart, key: RandomKey
  ) throws -> Network {
    let network = try Network(request.model, key: key.folding("init"), device: device)
    if start != .previous, let pretrained = request.pretrained { try network.loadTrunk(pretrained) }
    guard start.continues, let previous = request.previous else { return network }
    switch start {
    case .pretrained: break
    case .previous: try network.store.load(previous.store.state())
    case .shrunk: ShrinkPerturb().apply(to: network.store, from: previous.store, key: key)
    }
    return network
  }

  /// Fits the output layer before anything else learns.
  private func loadHead(
    into network: Network, _ request: TrainingRequest, items: [Int]
  ) throws {
    let rows = try embeddings(network, items)
    let scaler = FeatureScaler(fitting: rows, width: network.width)
    let labels = request.classLabels
    FrozenHead(
      scaler(rows), scaler: scaler, labels: items.map { labels[$0] ?? 0 },
      classes: request.classes.count, configuration: configuration
    ).load(into: network, rulingOut: false)
  }

  private func embeddings(_ network: Network, _ items: [Int]) throws -> [Float] {
    try PoolInference(pixels, normalization: normalization, device: device)
      .rows(items) { network.embedding($0, .evaluate) }.values
  }

  /// Cross-validation of a logistic head on features of everything labelled.
  private func outOfFold(
    _ rows: [Float], _ request: TrainingRequest, key: RandomKey
  ) -> OutOfFold? {
    OutOfFold(
      features: rows, labels: request.labelledClasses, groups: request.labelledGroups,
      classes: request.classes.count, configuration: configuration, key: key)
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
  /// What its logits are to be divided by; 1 where that was not asked for.
  public var temperature = 1.0

  /// Whether the labels speak for it rather than for `other`, or for neither.
  func isAtLeastAsGood(as other: FineTuned) -> Bool {
    guard let mine = trust?.score, let theirs = other.trust?.score else { return true }
    return mine >= theirs
  }
}
