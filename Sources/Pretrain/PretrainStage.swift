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
  private let groups: ItemTable
  private let labels: ItemTable
  private let device: Device
  private let key: RandomKey
  private let companionStart: [(name: String, tensor: Tensor)]?

  /// - Parameters:
  ///   - configuration: settings.
  ///   - pixels: the pool's pixels at the network's size.
  ///   - normalization: of those pixels.
  ///   - items: what to learn from, ascending.
  ///   - groups: item → group.
  ///   - labels: item → class, where known: they measure the features, and change no weight.
  ///   - companionStart: weights that a second network starts from, for methods that train two.
  ///   - device: where to train.
  ///   - key: draws initial values, batches and views.
  public init(
    _ configuration: PretrainConfiguration, pixels: any PixelSource, normalization: Normalization,
    items: [Int], groups: ItemTable, labels: ItemTable = [:],
    companionStart: [(name: String, tensor: Tensor)]? = nil, device: Device, key: RandomKey
  ) {
    self.configuration = configuration
    self.pixels = pixels
    self.normalization = normalization
    self.items = items
    self.groups = groups
    self.labels = labels
    self.companionStart = companionStart
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
  ///   - sheet: where a picture of view pairs goes, for methods that compare views; nil: nowhere.
  /// - Returns: the network and what was measured of it.
  /// - Throws: ``CollapsedPretraining`` when it collapses twice; `Stopped` after a signal.
  public func run(
    start: [(name: String, tensor: Tensor)]? = nil, folder: URL?, metrics: MetricsLog? = nil,
    sheet: URL? = nil
  ) throws -> Pretrained {
    guard items.count >= 2 else {
      throw Diagnostic(
        "pretraining wants at least 2 images; the training split has \(items.count)",
        fix: "import more images")
    }
    let setback = Setback(folder)
    do {
      return try attempt(
        start: start, slowing: setback.slowing, folder: folder, metrics: metrics, sheet: sheet)
    } catch let collapse as CollapsedPretraining where setback.slowing == 1 {
      try setback.record()
      printWarning("\(collapse.what); going on from the last healthy checkpoint at half the rate")
      return try attempt(
        start: start, slowing: 2, folder: folder, metrics: metrics, sheet: nil)
    }
  }

  private func attempt(
    start: [(name: String, tensor: Tensor)]?, slowing: Double, folder: URL?, metrics: MetricsLog?,
    sheet: URL?
  ) throws -> Pretrained {
    var model = configuration.model
    if model.architecture.isSegmentation { (model.classes, model.dropout) = (model.channels, 0) }
    let network = try Network(model, key: key.folding("init"), device: device)
    if let start { try network.loadTrunk(start) }
    let settings = configuration.method.settings
    let (training, checked) = try division(holdsOut: type(of: settings).holdsOut)
    let sampler = BatchSampler(
      training, batch: configuration.batch, rule: .spreadGroups(groups), key: key.folding("order"))
    let method = try settings.method(
      PretrainContext(
        configuration: configuration, network: network, isUntrained: start == nil,
        companionStart: companionStart, normalization: normalization, groups: groups,
        images: training.count, batch: sampler.batch, key: key))
    let probe = probe
    let before = try probe.map { try score(network, $0) }
    let images = try images(of: checked)
    let loader = BatchLoader(
      BatchStream(sampler, pixels: pixels, normalization: normalization), device: device)
    if let sheet, let views = method.views {
      try ViewSheet.write(try loader.batches(step: 0)[0], views, to: sheet)
    }
    let loop = TrainingLoop(
      plan(method), state: state(method, network, slowing: slowing), loader: loader,
      folder: folder, metrics: metrics, key: key.folding("loop"))
    let summary = try loop.run(checks: [check(method, network, probe, images)], loss: method.loss)
    let health = withoutGradients { method.health(images, share: 1) }
    let verdict = try probe.flatMap { probe in
      try before.map {
        try PretrainVerdict(
          start: start == nil ? .untrained : .weights, labels: probe.items.count, before: $0,
          after: score(network, probe))
      }
    }
    return Pretrained(
      network: network, weights: learnt(network, method), companions: method.companions,
      metrics: health.metrics, verdict: verdict, summary: summary)
  }

  /// The trunk, and the decoder where the method learns it, but never the output layer.
  private func learnt(
    _ network: Network, _ method: any PretrainMethod
  ) -> [(name: String, tensor: Tensor)] {
    let head = network.configuration.architecture.headScope
    return network.store.state().filter { entry in
      method.learnsDecoder
        ? !ParameterStore.name(entry.name, isUnder: head) : network.isTrunk(entry.name)
    }
  }

  private func plan(_ method: any PretrainMethod) -> TrainingPlan {
    TrainingPlan(
      label: "pretrain", steps: configuration.steps, schedule: method.schedule,
      clipNorm: method.clipNorm, checkpointEvery: configuration.checkEvery)
  }

  private func state(
    _ method: any PretrainMethod, _ network: Network, slowing: Double
  ) -> TrainingState {
    TrainingState(
      store: network.store, optimizer: method.optimizer(slowing: slowing),
      teacher: method.teacher, others: method.heads, extras: method.extras)
  }

  /// The labels as a probe of the features, where there are enough.
  private var probe: LabelProbe? {
    LabelProbe(
      labels: labels, among: items, groups: groups, limit: configuration.checkImages,
      key: key.folding("probe"))
  }

  private func score(_ network: Network, _ probe: LabelProbe) throws -> ProbeScore {
    let rows = try PoolInference(pixels, normalization: normalization, device: device)
      .rows(probe.items) { network.embedding($0, .evaluate) }
    return probe.score(Tensor(rows.values, rows.shape))
  }

  /// Three unhealthy checks in a row end the attempt; the labels' vote is only written down.
  private func check(
    _ method: any PretrainMethod, _ network: Network, _ probe: LabelProbe?,
    _ images: Tensor
  ) -> Check {
    var failures = 0
    let total = Double(configuration.steps)
    return Check("health", every: configuration.checkEvery, atStart: true) { step in
      let health = withoutGradients { method.health(images, share: Double(step) / total) }
      if let stop = health.stop { throw stop }
      failures = health.isHealthy ? 0 : failures + 1
      if failures >= 3 {
        throw CollapsedPretraining(method.failure, steps: step, metrics: health.metrics)
      }
      let vote = try probe.map { try score(network, $0).metrics } ?? [:]
      return CheckResult(
        health.metrics.merging(vote) { own, _ in own }, healthy: health.isHealthy)
    }
  }

  /// What is learnt from, and a fixed sample that the checks look at.
  private func division(holdsOut: Bool) throws -> (training: [Int], checked: [Int]) {
    let key = key.folding("check")
    if holdsOut {
      let items = try HeldOutItems(
        items, groups: groups, limit: configuration.checkImages, key: key)
      return (items.learnt, items.measuring)
    }
    let count = min(configuration.checkImages, items.count)
    return (items, key.sample(count, outOf: items.count).sorted().map { items[$0] })
  }

  /// Images `[n, C, H, W]` as the network sees them.
  private func images(of items: [Int]) throws -> Tensor {
    let size = pixels.channels * pixels.height * pixels.width
    var bytes = [UInt8](repeating: 0, count: items.count * size)
    try bytes.withUnsafeMutableBufferPointer { buffer in
      for (row, item) in items.enumerated() {
        try pixels.copy(
          item: item,
          into: UnsafeMutableBufferPointer(rebasing: buffer[row * size..<(row + 1) * size]))
      }
    }
    let images = bytes.withUnsafeBytes {
      Tensor(bytes: $0, [items.count, pixels.channels, pixels.height, pixels.width], .uint8)
    }
    return normalization(images.to(device).to(.float32) / 255)
  }
}

/// A pretrained network and what was measured of it.
public struct Pretrained {
  /// The network as it was trained.
  public let network: Network
  /// What was learnt, by the reference's names: the trunk, and the decoder where it was.
  public let weights: [(name: String, tensor: Tensor)]
  /// Further networks that were trained with it, each under an architecture of its own.
  public let companions: [Network]
  /// The last health check.
  public let metrics: [String: Double]
  /// Whether the labels say that it was worth it; nil where there were too few of them.
  public let verdict: PretrainVerdict?
  /// Steps, time, loss.
  public let summary: TrainingSummary
}
