import ArgumentParser
import Base
import Foundation
import Models
import NN
import Pool
import SemiSup
import Torch
import Training

/// `pipeline semisup`: improve a trained model with the images that nobody labelled.
struct SemisupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "semisup",
    abstract: "Improve a trained model with the pool's unlabelled images, where that helps.",
    discussion: """
      Example: pipeline semisup --pool pool --from runs/rounds --out runs/semisup
      The labels are those of the run that --from names. Folds inside them decide whether the \
      unlabelled images help; where they do not, the model is passed on unchanged. The decision \
      stands in RUN/verdict.json, the model in RUN/model.safetensors and RUN/model.json.
      """)

  @OptionGroup var stage: StageOptions

  @Option(
    name: .customLong("from"),
    help: ArgumentHelp("The run of al-finetune whose newest model is improved.", valueName: "run"))
  var source: String

  @Option(
    help: ArgumentHelp(
      "The pretrained weights that the run began with: folds begin there too.", valueName: "path"))
  var weights: String?

  @Flag(help: "Print the verdict as JSON.")
  var json = false

  func run() throws {
    let settings = try stage.configuration(
      SemiSupConfiguration.self, over: SemiSupConfiguration())
    let folder = try GivenWeights.model(URL(fileURLWithPath: source))
    if stage.dryRun { return print(Self.estimate(settings)) }
    let run = try StageRun(stage, configuration: settings, stage: "semisup")
    let (start, card) = try ModelFile.load(folder, device: run.device)
    let pixels = try run.pool.cache(size: card.model.imageSize, channels: card.model.channels)
    let request = try request(run, start: start, card: card, folder: folder)
    let result = try SemiSupStage(
      settings, pixels: pixels,
      normalization: Normalization(mean: card.mean, std: card.deviation), device: run.device,
      key: run.key.folding("semisup")
    ).run(request, checkpoints: run.folder.checkpoints, metrics: run.metrics)
    try ModelFile.save(result.network, card: card, in: run.folder.url)
    try AtomicFile.write(
      try encoded(result.verdict), to: run.folder.url.appendingPathComponent("verdict.json"))
    try run.folder.markFinished()
    Folder.names(in: run.folder.checkpoints).forEach {
      try? FileManager.default.removeItem(
        at: run.folder.checkpoints.appendingPathComponent($0))
    }
    try report(result.verdict, classes: card.classes)
  }

  /// Labels of the run, everything else of the training split without them.
  private func request(
    _ run: StageRun, start: Network, card: ModelCard, folder: URL
  ) throws -> SemiSupRequest {
    let name = URL(fileURLWithPath: source).standardizedFileURL.lastPathComponent
    let known = try run.pool.currentLabels(run: name)
    let items = try run.pool.ids(in: .train)
    let labelled = items.filter { known[$0] != nil }
    guard !labelled.isEmpty else {
      throw Diagnostic(
        "the pool holds no labels of a run called '\(name)'", at: source,
        fix: "give the run's folder under the name that it had, and the pool that it used")
    }
    guard try run.pool.classes == card.classes else {
      throw Diagnostic(
        "the model's classes are not the pool's", at: source,
        fix: "give the pool that the model was trained on")
    }
    let groups = try run.pool.groups()
    let pretrained = try weights.map(GivenWeights.load)
    return SemiSupRequest(
      start: start, labelled: labelled, unlabelled: items.filter { known[$0] == nil },
      targets: try targets(known, run.pool, card),
      groups: Dictionary(uniqueKeysWithValues: groups.enumerated().map { ($0, $1) }),
      pretrained: pretrained,
      sharesTrunk: try sharesTrunk(start, pretrained: pretrained, folder: folder))
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
    print("the model: \(stage.outURL.path)")
  }

  private static func estimate(_ settings: SemiSupConfiguration) -> String {
    let rule = settings.offSwitch
    let short = rule.share * Double(settings.supervisedSteps + 2 * settings.steps)
    let total = settings.steps + (rule.enabled ? rule.folds * Int(short) : 0)
    return "at most \(total) steps (a classifier on a frozen trunk: none); nothing was done"
  }
}
