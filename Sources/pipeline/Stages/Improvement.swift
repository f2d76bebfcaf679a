import ArgumentParser
import Base
import Foundation
import Models
import NN
import Pool
import SemiSup
import Torch
import Training

/// The improvement of a run's newest model, as `semisup` and `run` perform it.
struct Improvement {
  private let settings: SemiSupConfiguration
  private let stage: StageOptions
  private let source: String
  private let weights: String?
  private let json: Bool

  /// - Parameters:
  ///   - settings: what runs.
  ///   - stage: pool, folder, seed and machine.
  ///   - source: the run of al-finetune whose newest model is improved.
  ///   - weights: the pretrained weights that the run began with.
  ///   - json: whether the verdict is printed as JSON.
  init(
    _ settings: SemiSupConfiguration, stage: StageOptions, source: String, weights: String?,
    json: Bool = false
  ) {
    (self.settings, self.stage) = (settings, stage)
    (self.source, self.weights, self.json) = (source, weights, json)
  }

  /// Trains to the end, or goes on.
  ///
  /// - Throws: `Stopped` after a signal; diagnostics.
  func perform() throws {
    let folder = try GivenWeights.model(URL(fileURLWithPath: source))
    guard try ModelFile.card(in: folder).model.outputs == .exclusive else {
      throw Diagnostic(
        "semi-supervised learning is of one class an image or pixel, this model tells several",
        at: source, fix: "leave this stage out: the model of the rounds is the last one")
    }
    try settings.check(try ModelFile.card(in: folder).model)
    let run = try StageRun(stage, configuration: settings, stage: "semisup")
    let verdict = try recorded(in: run.folder) ?? improve(run, folder)
    try run.folder.markFinished()
    Folder.names(in: run.folder.checkpoints).forEach {
      try? FileManager.default.removeItem(
        at: run.folder.checkpoints.appendingPathComponent($0))
    }
    try report(verdict, classes: try ModelFile.card(in: folder).classes)
  }

  private func file(_ folder: RunFolder) -> URL {
    folder.url.appendingPathComponent("verdict.json")
  }

  /// The verdict of a run that had come to its end.
  private func recorded(in folder: RunFolder) throws -> Verdict? {
    guard let data = try? Data(contentsOf: file(folder)) else { return nil }
    return try? JSONDecoder().decode(Verdict.self, from: data)
  }

  /// Decides and trains; the verdict is written last, so that it means a complete run.
  private func improve(_ run: StageRun, _ folder: URL) throws -> Verdict {
    let start: Network
    var card: ModelCard
    (start, card) = try ModelFile.load(folder, device: run.device)
    let pixels = try run.pool.cache(size: card.model.imageSize, channels: card.model.channels)
    let request = try request(run, start: start, card: card, folder: folder)
    let result = try SemiSupStage(
      settings, pixels: pixels,
      normalization: Normalization(mean: card.mean, std: card.deviation), device: run.device,
      key: run.key.folding("semisup")
    ).run(request, checkpoints: run.folder.checkpoints, metrics: run.metrics)
    if result.verdict.isOn { card.temperature = 1 }
    try ModelFile.save(result.network, card: card, in: run.folder.url)
    try ImprovementScores(
      before: start, after: result.network, isOn: result.verdict.isOn, card: card, pool: run.pool,
      device: run.device
    ).write(to: run.folder.url)
    try AtomicFile.write(try encoded(result.verdict), to: file(run.folder))
    return result.verdict
  }

  /// Labels of the run, everything else of the training split without them.
  private func request(
    _ run: StageRun, start: Network, card: ModelCard, folder: URL
  ) throws -> SemiSupRequest {
    let name = try RunFolder.record(URL(fileURLWithPath: source)).name
    let known = try run.pool.currentLabels(run: name)
    let items = try run.pool.ids(in: .train)
    let labelled = items.filter { known[$0] != nil }
    guard !labelled.isEmpty else {
      throw Diagnostic(
        "the pool holds no labels of a run called '\(name)'", at: source,
        fix: "give a run of al-finetune, and the pool that it used")
    }
    guard try run.pool.classes == card.classes else {
      throw Diagnostic(
        "the model's classes are not the pool's", at: source,
        fix: "give the pool that the model was trained on")
    }
    let pretrained = try weights.map(GivenWeights.load)
    return SemiSupRequest(
      start: start, labelled: labelled, unlabelled: items.filter { known[$0] == nil },
      targets: try targets(known, run.pool, card),
      groups: try run.pool.groups(),
      pretrained: pretrained,
      sharesTrunk: try sharesTrunk(start, pretrained: pretrained, folder: folder),
      round: Int(folder.lastPathComponent) ?? 0)
  }

  private func targets(
    _ labels: [Int: Label], _ pool: Pool, _ card: ModelCard
  ) throws -> Targets {
    guard card.model.architecture.isSegmentation else {
      return .classes(
        labels.compactMapValues { if case .class(let value) = $0 { value } else { nil } })
    }
    return .masks(try pool.maskCache(size: card.model.imageSize, labels: labels))
  }

  /// Whether no label has touched the trunk: it is that of the weights, or that of the run's first
  /// round, which learnt from other labels.
  private func sharesTrunk(
    _ start: Network, pretrained: [(name: String, tensor: Tensor)]?, folder: URL
  ) throws -> Bool {
    guard !start.isSegmentation else { return false }
    let other: Network
    let first = folder.deletingLastPathComponent().appendingPathComponent("00")
    if let pretrained {
      other = try Network(
        start.configuration, key: RandomKey(seed: 0), device: start.store.device)
      try other.loadTrunk(pretrained)
    } else if first.lastPathComponent != folder.lastPathComponent, ModelFile.exists(in: first) {
      other = try ModelFile.load(first, device: start.store.device).network
    } else {
      return false
    }
    return start.store.parameters.allSatisfy { name, tensor in
      guard start.isTrunk(name) else { return true }
      return other.store[name].map { $0.shape == tensor.shape && $0.floats() == tensor.floats() }
        ?? false
    }
  }

  private func report(_ verdict: Verdict, classes: [String]) throws {
    warn(verdict)
    if json { return print(try encoded(verdict)) }
    print(
      verdict.isOn
        ? "the unlabelled images were used: \(verdict.explanation)"
        : "the unlabelled images were left alone: \(verdict.explanation)")
    if !verdict.thresholds.isEmpty {
      print(
        "least confidence: "
          + zip(classes, verdict.thresholds).map { name, value in
            "\(name) " + (value.map { String(format: "%.3f", $0) } ?? "never")
          }.joined(separator: ", "))
    }
    if let kept = verdict.kept {
      print(String(format: "%.1f %% of what they show got a label", 100 * kept))
    }
    if let scores = ImprovementScores(of: stage.outURL)?.text {
      print("on the test split: \(scores)")
    }
    print("the model: \(stage.outURL.path)")
  }

  private func warn(_ verdict: Verdict) {
    if verdict.isShifted == true, let shift = verdict.shift {
      printWarning(
        String(
          format: "unlabelled images can be told from labelled ones (AUC %.3f; alike: 0.5): "
            + "chosen labels differ on purpose, another domain should not be learnt from", shift))
    }
    if let alarm = verdict.alarm {
      printWarning(
        "from step \(alarm.step) on the training went without pseudo-labels: "
          + alarm.reason.rawValue)
    }
  }
}
