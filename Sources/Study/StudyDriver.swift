public import ActiveLearning
public import Base
public import Evaluation
import FineTune
public import Foundation
import Models
import Pool
public import Torch

/// Runs the cells of a study one after the other; a cell is a run of active learning whose
/// annotator is the pool's own truth.
///
/// Killed anywhere and started again, it goes on with the cell and the action that were under way.
public struct StudyDriver {
  private let configuration: StudyConfiguration
  private let folder: URL
  private let device: Device
  private let key: RandomKey
  private let weights: (String) throws -> [(name: String, tensor: Tensor)]

  /// - Parameters:
  ///   - configuration: settings.
  ///   - folder: the study's folder.
  ///   - device: where to compute.
  ///   - key: seeds are folded from it.
  ///   - weights: reads the weights that a data set names.
  public init(
    _ configuration: StudyConfiguration, folder: URL, device: Device, key: RandomKey,
    weights: @escaping (String) throws -> [(name: String, tensor: Tensor)]
  ) {
    self.configuration = configuration
    self.folder = folder
    self.device = device
    self.key = key
    self.weights = weights
  }

  /// Runs what is left and returns every measurement.
  ///
  /// - Parameter report: told of each round that is measured.
  /// - Returns: one row for each cell, round and metric.
  /// - Throws: `Stopped` after a signal; what a run throws, such as images without truth.
  public func run(report: (StudyCell, Int, RoundScores) -> Void) throws -> [ResultRow] {
    var rows: [ResultRow] = []
    for dataset in configuration.datasets {
      let source = try Source(dataset, configuration, device, weights)
      for cell in StudyCell.all(configuration) where cell.dataset == dataset {
        try run(cell, source, report: report)
        rows += try self.rows(cell, source)
      }
    }
    return rows
  }

  /// A data set, opened once.
  private struct Source {
    let pool: Pool
    let settings: ActiveLearningConfiguration
    let mode: StudyMode
    let pretrained: [(name: String, tensor: Tensor)]?

    init(
      _ dataset: StudyConfiguration.Dataset, _ configuration: StudyConfiguration,
      _ device: Device, _ weights: (String) throws -> [(name: String, tensor: Tensor)]
    ) throws {
      pool = try Pool.open(URL(fileURLWithPath: dataset.pool))
      mode = StudyMode(try pool.mode)
      settings = mode == .segmentation ? configuration.segmentation : configuration.classification
      for arm in configuration.arms {
        var own = settings
        own.query = arm.query
        try own.check(pool.mode, hasWeights: !dataset.weights.isEmpty, device: device)
      }
      pretrained = dataset.weights.isEmpty ? nil : try weights(dataset.weights)
    }
  }

  private func run(
    _ cell: StudyCell, _ source: Source, report: (StudyCell, Int, RoundScores) -> Void
  ) throws {
    let seedKey = key.folding("dataset").folding(cell.dataset.name).folding("seed").folding(
      cell.seed)
    let candidates = try candidates(source.pool, key: seedKey)
    let data = try RunData(
      pool: source.pool, model: source.settings.model, pretrained: source.pretrained,
      candidates: candidates)
    guard !data.test.isEmpty else {
      throw Diagnostic(
        "the pool has no labelled images in its test split", at: cell.dataset.pool,
        fix: "import labels with a test split, or with --test-share")
    }
    let run = cell.folder(in: folder)
    try Folder.create(run)
    let ledger = cell.ledger(of: folder)
    let driver = RoundDriver(
      settings(cell, source, count: candidates.count), data: data,
      annotator: OracleAnnotator(pool: source.pool, run: ledger), run: run, name: ledger,
      metrics: nil, device: device, key: seedKey.folding("run"),
      shared: folder.appendingPathComponent("shared/\(cell.dataset.name)"))
    _ = try driver.advance { report(cell, $0, $1) }
  }

  /// An arm's settings; the reference takes all labels at once and trains longer.
  private func settings(
    _ cell: StudyCell, _ source: Source, count: Int
  ) -> ActiveLearningConfiguration {
    var settings = source.settings
    settings.query = cell.arm.query
    settings.annotator = .oracle
    if cell.isFull {
      settings.unit = .image
      settings.rounds.budgets = [count]
      settings.fineTune.steps.minimum = Int(
        Double(settings.fineTune.steps.minimum) * configuration.fullSteps)
      settings.fineTune.steps.maximum = Int(
        Double(settings.fineTune.steps.maximum) * configuration.fullSteps)
      settings.fineTune.steps.perLabel *= configuration.fullSteps
    }
    return settings
  }

  /// The seed's share of the training groups, the same for every arm.
  private func candidates(_ pool: Pool, key: RandomKey) throws -> [Int] {
    let items = try pool.ids(in: .train)
    let groupOf = try pool.groups()
    let chosen = Set(key.groups(share: configuration.share, of: items.compactMap { groupOf[$0] }))
    return items.filter { groupOf[$0].map(chosen.contains) ?? false }
  }

  private func rows(_ cell: StudyCell, _ source: Source) throws -> [ResultRow] {
    try RoundScores.all(of: cell.folder(in: folder)).enumerated().flatMap { round, scores in
      scores.rows(
        round: round, dataset: cell.dataset.name, mode: source.mode, arm: cell.arm.name,
        seed: cell.seed)
    }
  }
}
