import ArgumentParser
import Base
import Foundation
import Models
import NN
import Pool
import Pretrain
import Torch
import Training

/// `pipeline pretrain`: learn from the pool's pixels, without labels.
struct PretrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pretrain",
    abstract: "Learn from the pool's pixels, without labels.",
    discussion: """
      Example: pipeline pretrain --pool pool --out runs/pretrain --set steps=3000
      The weights stand in RUN/weights.safetensors, under torchvision's or timm's names. Labels \
      that the pool holds change no weight; they measure the features, before and after, by their \
      nearest neighbours (RUN/probe.json). RUN/views.png shows pairs of views, for methods that \
      compare some.
      """)

  @OptionGroup var stage: StageOptions

  @Option(help: ArgumentHelp("Weights to start from: a file or a run.", valueName: "path"))
  var weights: String?

  func run() throws {
    let settings = try stage.configuration(
      PretrainConfiguration.self, over: .standard(Pool.open(stage.poolURL).mode))
    if stage.dryRun { return print(Self.estimate(settings)) }
    try Self.perform(settings, stage: stage, weights: weights)
  }

  /// The stage itself.
  static func perform(
    _ settings: PretrainConfiguration, stage: StageOptions, weights: String?
  ) throws {
    let start = try weights.map(GivenWeights.load)
    let companion = try settings.method.companionWeights.map(GivenWeights.load)
    let run = try StageRun(stage, configuration: settings, stage: "pretrain")
    let pixels = try run.pool.cache(
      size: settings.model.imageSize, channels: settings.model.channels)
    let normalization = Normalization(mean: pixels.mean, std: pixels.std)
    let items = try run.pool.ids(in: .train)
    let pretrained = try PretrainStage(
      settings, pixels: pixels, normalization: normalization, items: items,
      groups: try run.pool.groups(),
      labels: try settings.probe.classes(of: run.pool), companionStart: companion,
      device: run.device,
      key: run.key.folding("pretrain")
    ).run(
      start: start, folder: run.folder.checkpoints, metrics: run.metrics,
      sheet: run.folder.url.appendingPathComponent("views.png"))
    try save(pretrained, normalization: normalization, in: run.folder)
    try judge(pretrained.verdict, in: run.folder)
    try run.folder.markFinished()
    report(pretrained, in: run.folder)
  }

  /// Records what the labels say of the features, and warns where training was not worth it.
  private static func judge(_ verdict: PretrainVerdict?, in folder: RunFolder) throws {
    guard let verdict else {
      return folder.log.info("no labels to measure the features with")
    }
    try AtomicFile.write(
      try encoded(verdict), to: folder.url.appendingPathComponent("probe.json"))
    let text = verdict.sentence
    guard !verdict.isAccepted else { return folder.log.info(text) }
    let advice =
      verdict.start == .weights
      ? "go on from the given weights instead of these"
      : "try more steps, or begin from given weights with --weights"
    folder.log.warning("\(text); \(advice)")
  }

  /// What was learnt; of further networks under the names of their architectures.
  private static func save(
    _ pretrained: Pretrained, normalization: Normalization, in folder: RunFolder
  ) throws {
    try save(
      pretrained.weights, of: pretrained.network, normalization, to: folder, as: "weights")
    for network in pretrained.companions {
      try save(
        network.store.state().filter { network.isTrunk($0.name) }, of: network, normalization,
        to: folder, as: "weights-\(network.configuration.architecture.rawValue)")
    }
  }

  private static func save(
    _ weights: [(name: String, tensor: Tensor)], of network: Network,
    _ normalization: Normalization, to folder: RunFolder, as name: String
  ) throws {
    try Safetensors.save(
      weights,
      metadata: [
        "architecture": network.configuration.architecture.rawValue,
        "mean": normalization.mean.map { String($0) }.joined(separator: " "),
        "std": normalization.std.map { String($0) }.joined(separator: " "),
      ], to: folder.url.appendingPathComponent("\(name).safetensors"))
  }

  private static func report(_ pretrained: Pretrained, in folder: RunFolder) {
    let measured = pretrained.metrics.sorted { $0.key < $1.key }
      .map { "\($0.key) \(String(format: "%.3f", $0.value))" }.joined(separator: ", ")
    if let verdict = pretrained.verdict, verdict.isAccepted { print(verdict.sentence) }
    print(
      "pretrained for \(pretrained.summary.steps) steps, loss "
        + String(format: "%.4f", pretrained.summary.lastLoss)
        + (measured.isEmpty ? "" : ", " + measured))
    print("weights: \(folder.url.path)/weights.safetensors")
    for network in pretrained.companions {
      print(
        "weights: \(folder.url.path)/weights-"
          + "\(network.configuration.architecture.rawValue).safetensors")
    }
  }

  private static func estimate(_ settings: PretrainConfiguration) -> String {
    let views =
      settings.steps * settings.batch * (settings.model.architecture.isSegmentation ? 1 : 2)
    return "\(settings.steps) steps, \(views) views of \(settings.model.imageSize)×"
      + "\(settings.model.imageSize) pixels; nothing was done"
  }
}
