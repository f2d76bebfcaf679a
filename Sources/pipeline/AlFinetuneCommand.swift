import ActiveLearning
import ArgumentParser
import Base
import FineTune
import Foundation
import Models
import Pool
import Torch

/// `pipeline al-finetune`: rounds of query, labels and fine-tuning.
struct AlFinetuneCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "al-finetune",
    abstract: "Ask for the labels worth most, and fine-tune on them, round after round.",
    discussion: """
      Example: pipeline al-finetune --mode classification --pool pool --out runs/rounds \\
        --weights runs/pretrain --set query=hybrid --set rounds.labels=100
      With annotator: oracle the pool's own labels answer (simulation). With annotator: folder the \
      program writes rounds/NN/to-label.csv and a folder of images, and ends with code 3; bring \
      the labels with `pipeline labels add`, and go on with --resume.
      """)

  @Option(help: "classification or segmentation; must be the pool's.")
  var mode: PoolMode

  @OptionGroup var stage: StageOptions

  @Option(help: ArgumentHelp("Weights to start from: a file or a run.", valueName: "path"))
  var weights: String?

  @Flag(help: "Print the rounds as JSON.")
  var json = false

  func run() throws {
    var defaults = ActiveLearningConfiguration()
    if mode == .segmentation { defaults.model.architecture = .unetResNet18 }
    let settings = try stage.configuration(ActiveLearningConfiguration.self, over: defaults)
    if stage.dryRun { return print(try estimate(settings)) }
    let pretrained = try weights.map(GivenWeights.load)
    let run = try StageRun(stage, configuration: settings, stage: "al-finetune")
    guard try run.pool.mode == mode else {
      throw Diagnostic(
        "the pool is for \(try run.pool.mode.map { "\($0)" } ?? "no mode yet"), not for \(mode)",
        at: stage.pool, fix: "give the pool's mode, or another pool")
    }
    let name = stage.outURL.lastPathComponent
    try refuseForeignLabels(run, name)
    let data = try RunData(pool: run.pool, model: settings.model, pretrained: pretrained)
    let driver = RoundDriver(
      settings, data: data, annotator: annotator(settings, data, name), run: run.folder.url,
      name: name, metrics: run.metrics, device: run.device, key: run.key.folding("al-finetune"))
    try end(try driver.advance(report: tell), run: run)
  }

  /// A new run must not begin with the labels of a run of the same name that is gone.
  private func refuseForeignLabels(_ run: StageRun, _ name: String) throws {
    let begun = FileManager.default.fileExists(
      atPath: RoundFolder(run: run.folder.url, round: 0).picks.path)
    if !begun, try !run.pool.currentLabels(run: name).isEmpty {
      throw Diagnostic(
        "the pool holds labels of an earlier run called '\(name)'", at: stage.out,
        fix: "choose another name for the run's folder")
    }
  }

  private func annotator(
    _ settings: ActiveLearningConfiguration, _ data: RunData, _ name: String
  ) -> any Annotator {
    switch settings.annotator {
    case .oracle: OracleAnnotator(pool: data.pool, run: name)
    case .folder: FolderAnnotator(pool: data.pool, run: name, classes: data.classes)
    }
  }

  private func tell(_ round: Int, _ scores: RoundScores) {
    if json, let text = try? encoded(scores) { return print(text) }
    let headline = scores.test["balanced_accuracy"] ?? scores.test["dice"]
    let inside = scores.trust.map {
      String(format: "%.3f inside the labels (optimistic)", $0.score)
    }
    print(
      "round \(round): \(scores.labels) labels, "
        + [headline.map { String(format: "%.3f on the test split", $0) }, inside]
        .compactMap { $0 }.joined(separator: ", "))
  }

  private func end(_ outcome: RoundOutcome, run: StageRun) throws {
    switch outcome {
    case .finished(let reason):
      try run.folder.markFinished()
      print(
        "the rounds are over (\(reason.rawValue)); the model: \(try GivenWeights.model(run.folder.url).path)"
      )
    case .waiting(let round, let missing):
      let folder = RoundFolder(run: run.folder.url, round: round)
      print(
        """
        waiting for \(missing) labels: \(folder.toLabel.path)
          images and suggestions: \(folder.images.path)
          then: pipeline labels add \(folder.toLabel.path) --pool \(stage.pool) --run \(stage.outURL.lastPathComponent)
          and the same command with --resume
        """)
      throw ArgumentParser.ExitCode(Base.ExitCode.waitingForLabels.rawValue)
    }
  }

  private func estimate(_ settings: ActiveLearningConfiguration) throws -> String {
    let size = try Pool.open(stage.poolURL).ids(in: .train).count
    var totals: [Int] = []
    while let total = settings.rounds.total(round: totals.count, size: size) {
      totals.append(total)
    }
    return
      "\(totals.count) rounds with \(totals.map(String.init).joined(separator: ", ")) labels of "
      + "\(size) images; nothing was done"
  }
}
