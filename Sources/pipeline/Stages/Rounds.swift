import ActiveLearning
import ArgumentParser
import Base
import FineTune
import Foundation
import Models
import Pool
import Torch

/// The rounds of one run, as `al-finetune` and `run` perform them.
struct Rounds {
  private let settings: ActiveLearningConfiguration
  private let mode: PoolMode
  private let stage: StageOptions
  private let json: Bool
  private let name: String?

  /// - Parameters:
  ///   - settings: what runs.
  ///   - mode: must be the pool's.
  ///   - stage: pool, folder, seed and machine.
  ///   - name: of the run in the pool's ledger of labels; nil: the folder's.
  ///   - json: whether rounds are printed as JSON.
  init(
    _ settings: ActiveLearningConfiguration, mode: PoolMode, stage: StageOptions,
    name: String? = nil, json: Bool = false
  ) {
    (self.settings, self.mode, self.stage) = (settings, mode, stage)
    (self.name, self.json) = (name, json)
  }

  /// Goes on until the rounds are over or labels are awaited.
  ///
  /// - Throws: exit code 3 where labels are awaited; `Stopped` after a signal; diagnostics.
  func perform(weights: String?) throws {
    try settings.check(mode, hasWeights: weights != nil, device: stage.machine.start())
    let pretrained = try weights.map(GivenWeights.load)
    let run = try StageRun(stage, configuration: settings, stage: "al-finetune", name: name)
    guard try run.pool.mode == mode else {
      throw Diagnostic(
        "the pool is for \(try run.pool.mode.map { "\($0)" } ?? "no mode yet"), not for \(mode)",
        at: stage.pool, fix: "give the pool's mode, or another pool")
    }
    let name = run.folder.record.name
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
    print("round \(round): \(RunStatus.Round(round, scores).text)")
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
      let answers = settings.unit == .image ? folder.toLabel.path : "MASKS"
      let names =
        settings.unit == .image
        ? "" : "\n  MASKS: a folder with ITEM_X_Y.png of the framed part, or ITEM.png of the image"
      print(
        """
        waiting for \(missing) labels: \(folder.toLabel.path)
          images and suggestions: \(folder.images.path)\(names)
          then: pipeline labels add \(answers) --pool \(stage.pool) --run \(run.folder.record.name)
          and the same command with --resume
        """)
      throw ArgumentParser.ExitCode(Base.ExitCode.waitingForLabels.rawValue)
    }
  }
}
