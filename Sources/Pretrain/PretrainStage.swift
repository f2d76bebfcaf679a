public import Base
public import Foundation
public import Models
import NN
public import Torch
public import Training

/// Pretraining on a pool without labels: method and network through the one loop.
public struct PretrainStage {
  private let configuration: PretrainConfiguration
  private let pixels: any PixelSource
  private let normalization: Normalization
  private let items: [Int]
  private let groups: [Int: Int]
  private let device: Device
  private let key: RandomKey

  /// - Parameters:
  ///   - configuration: settings.
  ///   - pixels: the pool's pixels at the network's size.
  ///   - normalization: of those pixels.
  ///   - items: what to learn from, ascending.
  ///   - groups: item → group.
  ///   - device: where to train.
  ///   - key: draws initial values, batches and views.
  public init(
    _ configuration: PretrainConfiguration, pixels: any PixelSource, normalization: Normalization,
    items: [Int], groups: [Int: Int], device: Device, key: RandomKey
  ) {
    self.configuration = configuration
    self.pixels = pixels
    self.normalization = normalization
    self.items = items
    self.groups = groups
    self.device = device
    self.key = key
  }

  /// Trains to the end, or goes on from the newest checkpoint in `folder`.
  ///
  /// A collapsed run goes back to its last healthy checkpoint and on at half the rate, once.
  ///
  /// - Parameters:
  ///   - start: weights of the trunk to start from; nil: from nothing.
  ///   - folder: where checkpoints go; nil: nothing is saved.
  ///   - metrics: where measurements go.
  /// - Returns: the network and what was measured of it.
  /// - Throws: ``CollapsedPretraining`` when it collapses twice; `Stopped` after a signal.
  public func run(
    start: [(name: String, tensor: Tensor)]? = nil, folder: URL?, metrics: MetricsLog? = nil
  ) throws -> Pretrained {
    guard items.count >= 2 else {
      throw Diagnostic(
        "pretraining wants at least 2 images; the training split has \(items.count)",
        fix: "import more images")
    }
    let setback = Setback(folder)
    do {
      return try attempt(start: start, slowing: setback.slowing, folder: folder, metrics: metrics)
    } catch let collapse as CollapsedPretraining where setback.slowing == 1 {
      try setback.record()
      printWarning("\(collapse.what); going on from the last healthy checkpoint at half the rate")
      return try attempt(start: start, slowing: 2, folder: folder, metrics: metrics)
    }
  }

  private func attempt(
    start: [(name: String, tensor: Tensor)]?, slowing: Double, folder: URL?, metrics: MetricsLog?
  ) throws -> Pretrained {
    var model = configuration.model
    if model.architecture.isSegmentation { model.classes = model.channels }
    let network = try Network(model, key: key.folding("init"), device: device)
    if let start { try network.loadTrunk(start) }
    let method = method(network)
    let loop = TrainingLoop(
      TrainingPlan(
        label: "pretrain", steps: configuration.steps, schedule: .cosine(warmUp: 0.05, floor: 0),
        clipNorm: 10, checkpointEvery: configuration.checkEvery),
      state: TrainingState(
        store: network.store, optimizer: method.optimizer(slowing: slowing), others: method.heads),
      loader: loader, folder: folder, metrics: metrics, key: key.folding("loop"))
    let summary = try loop.run(checks: [check(method)], loss: method.loss)
    let health = withoutGradients { method.health(checkImages, share: 1) }
    return Pretrained(network: network, metrics: health.metrics, summary: summary)
  }

  private var loader: BatchLoader {
    let sampler = BatchSampler(
      items, batch: configuration.batch, rule: .spreadGroups(groups), key: key.folding("order"))
    return BatchLoader(
      BatchStream(sampler, pixels: pixels, normalization: normalization), device: device)
  }

  /// The one list of how a method is made.
  private func method(_ network: Network) -> any PretrainMethod {
    switch configuration.method {
    case .simCLR(let settings):
      SimCLR(settings, configuration, network: network, groups: groups, key: key)
    case .decoderRestore(let settings):
      DecoderRestore(
        settings, configuration, network: network, normalization: normalization, key: key)
    }
  }

  /// Three unhealthy checks in a row end the attempt.
  private func check(_ method: any PretrainMethod) -> Check {
    let images = checkImages
    var failures = 0
    let total = Double(configuration.steps)
    return Check("health", every: configuration.checkEvery) { step in
      let health = withoutGradients { method.health(images, share: Double(step + 1) / total) }
      failures = health.isHealthy ? 0 : failures + 1
      if failures >= 3 { throw CollapsedPretraining(step: step, metrics: health.metrics) }
      return CheckResult(health.metrics, healthy: health.isHealthy)
    }
  }

  /// A fixed sample of the pool, `[n, C, H, W]`, as the network sees it.
  private var checkImages: Tensor {
    let count = min(configuration.checkImages, items.count)
    let chosen = key.folding("check").sample(count, outOf: items.count).sorted().map { items[$0] }
    let size = pixels.channels * pixels.height * pixels.width
    var bytes = [UInt8](repeating: 0, count: count * size)
    bytes.withUnsafeMutableBufferPointer { buffer in
      for (row, item) in chosen.enumerated() {
        pixels.copy(
          item: item,
          into: UnsafeMutableBufferPointer(rebasing: buffer[row * size..<(row + 1) * size]))
      }
    }
    let images = bytes.withUnsafeBytes {
      Tensor(bytes: $0, [count, pixels.channels, pixels.height, pixels.width], .uint8)
    }
    return normalization(images.to(device).to(.float32) / 255)
  }
}

/// A pretrained network and what was measured of it.
public struct Pretrained {
  /// The network; its trunk (and decoder) is what was learnt.
  public let network: Network
  /// The last health check.
  public let metrics: [String: Double]
  /// Steps, time, loss.
  public let summary: TrainingSummary
}

/// The network maps all images to almost the same point, or restores nothing.
public struct CollapsedPretraining: Diagnosable {
  /// When.
  public let step: Int
  /// What the check measured.
  public let metrics: [String: Double]

  /// What happened.
  public var what: String {
    "pretraining tells images no longer apart at step \(step + 1) ("
      + metrics.sorted { $0.key < $1.key }.map { "\($0.key) \(String(format: "%.3g", $0.value))" }
      .joined(separator: ", ") + ")"
  }
  /// What to do.
  public var remedy: String? {
    "lower baseRate, raise batch or method.simclr.temperature, or check the modality of the "
      + "augmentation"
  }
}

/// Remembers on disk that a run has collapsed once, so that a resumed run goes on at the same rate.
private struct Setback {
  private let file: URL?

  init(_ folder: URL?) {
    file = folder?.appendingPathComponent("collapsed-once")
  }

  var slowing: Double {
    file.map { FileManager.default.fileExists(atPath: $0.path) } ?? false ? 2 : 1
  }

  func record() throws {
    if let file { try AtomicFile.write(Data(), to: file) }
  }
}
