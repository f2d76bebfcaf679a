public import Base
public import Evaluation
public import Foundation
import Pool
public import Torch

/// Runs the cells of the laboratory, seeds side by side on the threads there are.
///
/// A cell's results are written when it is done; killed anywhere and started again, what is written
/// is not done again. Products within a cell run on one thread, so that no number depends on how
/// many cells run side by side.
public struct LaboratoryDriver: Sendable {
  private let configuration: LaboratoryConfiguration
  private let folder: URL
  private let key: RandomKey
  private let threads: Int

  /// - Parameters:
  ///   - configuration: settings.
  ///   - folder: the study's folder.
  ///   - key: seeds are folded from it.
  ///   - threads: seeds side by side.
  public init(
    _ configuration: LaboratoryConfiguration, folder: URL, key: RandomKey, threads: Int
  ) {
    self.configuration = configuration
    self.folder = folder
    self.key = key
    self.threads = threads
  }

  /// The cells in all.
  public static func count(_ configuration: LaboratoryConfiguration) -> Int {
    configuration.datasets.count * configuration.seeds * LaboratoryCell.all(configuration).count
  }

  /// Refuses pools that cannot serve, before anything is made.
  ///
  /// - Throws: a diagnostic for a pool that is no labelled classification pool.
  public static func check(_ configuration: LaboratoryConfiguration) throws {
    for dataset in configuration.datasets { _ = try FrozenData.open(dataset) }
  }

  /// Runs what is left and returns every measurement.
  ///
  /// - Parameters:
  ///   - device: where features are computed.
  ///   - weights: reads the weights that the settings name.
  ///   - report: told of each cell that is done, from any thread.
  /// - Returns: one row for each cell, round and metric.
  /// - Throws: `Stopped` after a signal; diagnostics.
  public func run(
    device: Device, weights: (String) throws -> [(name: String, tensor: Tensor)],
    report: @escaping @Sendable (String) -> Void
  ) throws -> [ResultRow] {
    let features = folder.appendingPathComponent("features")
    try Folder.create(features)
    return try configuration.datasets.flatMap { dataset in
      let data = try FrozenData(
        dataset, configuration.features, folder: features, device: device, weights: weights)
      return try run(dataset.name, data, report)
    }
  }

  private func run(
    _ dataset: String, _ data: FrozenData, _ report: @escaping @Sendable (String) -> Void
  ) throws -> [ResultRow] {
    let running = TorchRuntime.threads
    defer { TorchRuntime.threads = running }
    var rows: [ResultRow] = []
    try OrderedWorkers(threads: threads).stream(
      configuration.seeds, room: Int.max,
      tool: { TorchRuntime.threads = 1 },
      work: { [self] _, seed, hand in
        try hand(try self.rows(dataset, data, seed: seed, report), 0)
      }, take: { rows += $1 })
    return rows
  }

  /// The results of every arm at a seed.
  private func rows(
    _ dataset: String, _ data: FrozenData, seed: Int, _ report: (String) -> Void
  ) throws -> [ResultRow] {
    let key = key.folding("dataset").folding(dataset).folding("seed").folding(seed)
    lazy var pool = FrozenPool(
      data, share: configuration.share, components: configuration.head.components, key: key)
    return try LaboratoryCell.all(configuration).flatMap { cell in
      let file = cell.file(in: folder, dataset: dataset, seed: seed)
      if FileManager.default.fileExists(atPath: file.path) {
        report("\(dataset) \(cell.name) \(seed)")
        return try ResultsTable(reading: file).rows
      }
      if let signal = StopSignal.requested {
        throw Stopped(signal: signal, at: "\(dataset), seed \(seed), \(cell.name)")
      }
      let rounds = try cell.rounds(pool, configuration, key: key)
      let rows = rounds.enumerated().flatMap { number, round in
        round.scores.map {
          ResultRow(
            dataset: dataset, mode: .classification, arm: cell.name, seed: seed, round: number,
            labels: round.labels, metric: $0.metric, value: $0.value, seconds: round.seconds)
        }
      }
      try Folder.create(file.deletingLastPathComponent())
      try ResultsTable(rows).write(to: file)
      report("\(dataset) \(cell.name) \(seed)")
      return rows
    }
  }
}
