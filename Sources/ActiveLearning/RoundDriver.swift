public import Base
public import Foundation
public import Torch

/// Drives a run round after round: looks at the disk, does the next action, looks again.
///
/// Killing it anywhere and starting it again ends in the same ledger, the same picks and, on one
/// device with one number of threads, the same bits of the weights: each action is idempotent, and
/// all randomness derives from the run's key and the round.
public struct RoundDriver {
  let configuration: ActiveLearningConfiguration
  let data: RunData
  let annotator: any Annotator
  let run: URL
  let name: String
  let metrics: MetricsLog?
  let device: Device
  let key: RandomKey
  let shared: URL

  /// - Parameters:
  ///   - configuration: settings.
  ///   - data: the pool.
  ///   - annotator: who answers.
  ///   - run: the run's folder.
  ///   - name: the run's name in the pool's ledger of labels.
  ///   - metrics: where measurements go.
  ///   - device: where to compute.
  ///   - key: the run's key.
  ///   - shared: where the trunk's features lie, which runs on one pool with one start share; nil:
  ///     in the run's folder.
  public init(
    _ configuration: ActiveLearningConfiguration, data: RunData, annotator: any Annotator,
    run: URL, name: String, metrics: MetricsLog?, device: Device, key: RandomKey,
    shared: URL? = nil
  ) {
    self.configuration = configuration
    self.data = data
    self.annotator = annotator
    self.run = run
    self.name = name
    self.metrics = metrics
    self.device = device
    self.key = key
    self.shared = shared ?? run.appendingPathComponent("statistics")
  }

  /// Goes on until the rounds end or labels are awaited.
  ///
  /// - Parameter report: told of every round that was measured.
  /// - Returns: why it stopped.
  /// - Throws: `Stopped` after a signal; diagnostics.
  public func advance(report: (Int, RoundScores) -> Void = { _, _ in }) throws -> RoundOutcome {
    while true {
      if let signal = StopSignal.requested {
        throw Stopped(signal: signal, at: run.lastPathComponent)
      }
      switch try ledger().nextAction(configuration.rounds) {
      case .query(let round): try query(round)
      case .label(let round):
        let missing = try label(round)
        if missing > 0 { return .waiting(round: round, missing: missing) }
      case .train(let round): try train(round)
      case .evaluate(let round): report(round, try evaluate(round))
      case .finish(let reason): return .finished(reason)
      }
    }
  }
}

/// Why a driver stopped.
public enum RoundOutcome: Sendable, Equatable {
  /// The rounds are over.
  case finished(RoundAction.Ending)
  /// `missing` of the round's items have no label yet.
  case waiting(round: Int, missing: Int)
}
