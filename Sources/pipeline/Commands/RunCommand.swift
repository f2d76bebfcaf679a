import ActiveLearning
import ArgumentParser
import Base
import Foundation
import Models
import NN
import Pool
import Query
import SemiSup
import Study

/// `pipeline run`: every stage in sequence.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "All stages in sequence: pretrain, ask and fine-tune, learn from the rest, predict.",
    discussion: """
      Example: pipeline run --pool pool --out runs/all --set alFinetune.rounds.labels=100
      Each stage has its own folder in RUN: pretrain, al-finetune, semisup, predictions, compare. \
      With alFinetune.annotator: folder it ends with code 3 while labels are awaited; bring them \
      with `pipeline labels add`, and go on with --resume. RUN/report.html shows what came of it.
      """)

  @OptionGroup var stage: StageOptions

  @Option(help: "classification, segmentation or multi-label; else the pool's.")
  var mode: PoolMode?

  @Option(help: ArgumentHelp("Weights to start from: a file or a run.", valueName: "path"))
  var weights: String?

  func run() throws {
    let pool = try Pool.open(stage.poolURL)
    guard let mode = try mode ?? pool.mode else {
      throw Diagnostic(
        "the pool does not know whether it is for classification or segmentation", at: stage.pool,
        fix: "import labels, or give --mode", exit: .usage)
    }
    let settings = try stage.configuration(RunConfiguration.self, over: .standard(mode)).unified
    if mode == .multiLabel, settings.stages.contains(.semisup) {
      throw Diagnostic(
        "semi-supervised learning is of one class an image or pixel", at: "stages",
        fix: "leave semisup out of stages", exit: .usage)
    }
    try settings.alFinetune.check(
      mode, hasWeights: weights != nil || settings.stages.contains(.pretrain),
      device: stage.machine.start())
    if stage.dryRun {
      return print(
        "\(settings.stages.map(\.rawValue).joined(separator: ", ")) on \(try pool.counts()[.train] ?? 0) "
          + "images; nothing was done")
    }
    if settings.stages.contains(.semisup) { try settings.semisup.check(settings.model) }
    let folder = try StageRun(stage, configuration: settings, stage: "run").folder
    let sequence = Sequence(settings, mode: mode, folder: folder, stage: stage, weights: weights)
    for step in RunConfiguration.Stage.allCases where settings.stages.contains(step) {
      try sequence.perform(step)
    }
    try folder.markFinished()
    let report = folder.url.appendingPathComponent("report.html")
    try RunReport(folder.url, pool: pool).write(to: report)
    print("report: \(report.path)")
  }
}

/// The stages of one `run`, each in a folder of its own.
private struct Sequence {
  private let settings: RunConfiguration
  private let mode: PoolMode
  private let folder: RunFolder
  private let stage: StageOptions
  private let weights: String?

  init(
    _ settings: RunConfiguration, mode: PoolMode, folder: RunFolder, stage: StageOptions,
    weights: String?
  ) {
    (self.settings, self.mode, self.folder) = (settings, mode, folder)
    (self.stage, self.weights) = (stage, weights)
  }

  /// Does one stage, or what is left of it.
  func perform(_ step: RunConfiguration.Stage) throws {
    let options = options(step.rawValue)
    if try isFinished(options.outURL) { return }
    printStage(step.rawValue)
    switch step {
    case .pretrain:
      try PretrainCommand.perform(settings.pretrain, stage: options, weights: weights)
    case .alFinetune:
      try Rounds(settings.alFinetune, mode: mode, stage: options, name: folder.record.name)
        .perform(weights: start)
    case .semisup:
      try Improvement(settings.semisup, stage: options, source: rounds, weights: start).perform()
    case .predict: try predict()
    case .compare:
      try Comparison(
        study, out: options.outURL, resume: options.resume, seed: stage.seed,
        machine: stage.machine
      ).perform()
    }
  }

  /// The options of a stage: those of the whole with a folder below.
  private func options(_ name: String) -> StageOptions {
    var options = stage
    options.out = folder.url.appendingPathComponent(name).path
    options.resume = RunFolder.isRun(options.outURL)
    return options
  }

  private func isFinished(_ url: URL) throws -> Bool {
    try RunFolder.isRun(url) && RunFolder.record(url).finished != nil
  }

  private var rounds: String { options(RunConfiguration.Stage.alFinetune.rawValue).out }

  /// What the rounds start from: the pretraining, else what the user gave.
  private var start: String? {
    settings.stages.contains(.pretrain)
      ? options(RunConfiguration.Stage.pretrain.rawValue).out : weights
  }

  /// The whole pool, by the last model.
  private func predict() throws {
    let target = folder.url.appendingPathComponent("predictions")
    try? FileManager.default.removeItem(at: target)
    let last =
      settings.stages.contains(.semisup)
      ? options(RunConfiguration.Stage.semisup.rawValue).out : rounds
    let (network, card) = try ModelFile.load(
      try GivenWeights.model(URL(fileURLWithPath: last)), device: try stage.machine.start())
    let summary = try Predictor(network: network, card: card, device: network.store.device)
      .predict(
        try PoolPictures(Pool.open(stage.poolURL), part: nil, model: card.model), into: target)
    print("\(summary.images) predictions: \(summary.table)")
  }

  /// The rounds against random selection.
  private var study: StudyConfiguration {
    var study = StudyConfiguration()
    study.datasets = [.init(name: folder.record.name, pool: stage.pool, weights: start ?? "")]
    let rule = settings.alFinetune.query
    study.arms = [.init(name: "random", query: .random)]
    if rule != .random { study.arms.append(.init(name: rule.chosen.name ?? "parts", query: rule)) }
    study.seeds = settings.compareSeeds
    study.classification = mode != .segmentation ? settings.alFinetune : study.classification
    study.segmentation = mode == .segmentation ? settings.alFinetune : study.segmentation
    return study
  }

  private func printStage(_ name: String) { print("== \(name)") }
}
