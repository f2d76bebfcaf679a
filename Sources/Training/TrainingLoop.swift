public import Base
public import Foundation

/// The one loop: newest checkpoint → steps → measurements → checkpoints → end, or a clean stop.
///
/// A stage gives it a loss; files, clock, log, signals and resumption are here. Law: n steps are
/// bit for bit k steps, `kill -9`, the same call again, and the n − k others (same device, same
/// number of threads).
public struct TrainingLoop {
  let plan: TrainingPlan
  let state: TrainingState
  let loader: BatchLoader
  let folder: CheckpointFolder?
  let metrics: MetricsLog?
  let key: RandomKey
  let warn: (String) -> Void
  /// The signal that asks the run to stop, polled between steps.
  package var stopSignal: () -> Int32? = { StopSignal.requested }

  /// A run that is to be made, or to be gone on with.
  ///
  /// - Parameters:
  ///   - plan: its numbers.
  ///   - state: its tensors, as they are before the first step.
  ///   - loader: its batches.
  ///   - folder: where checkpoints go; nil: nothing is saved.
  ///   - metrics: where measurements go; rewound to the checkpoint when the run is resumed, so each
  ///     run has a log of its own.
  ///   - key: whatever steps draw is folded from it.
  ///   - warn: told of checkpoints that cannot be read; by default it prints.
  public init(
    _ plan: TrainingPlan, state: TrainingState, loader: BatchLoader, folder: URL? = nil,
    metrics: MetricsLog? = nil, key: RandomKey, warn: @escaping (String) -> Void = printWarning
  ) {
    self.plan = plan
    self.state = state
    self.loader = loader
    self.folder = folder.map { CheckpointFolder(url: $0) }
    self.metrics = metrics
    self.key = key
    self.warn = warn
  }

  /// Trains to the last step of the plan; at once where a checkpoint says that it is done.
  ///
  /// - Parameters:
  ///   - checks: measurements between steps; of the state they may change `extras`, in place.
  ///   - loss: what a step minimises. It may change `state.extras` in place, nothing else.
  /// - Returns: how the run went.
  /// - Throws: ``NonFiniteLoss``; `Stopped` after SIGINT or SIGTERM, with a checkpoint; what a
  ///   check or the loss throws; write errors.
  public func run(
    checks: [Check] = [], loss: (StepContext) throws -> StepLoss
  ) throws -> TrainingSummary {
    let run = TrainingRun(self)
    try run.resume()
    try run.finish(checks: checks, loss: loss)
    return run.summary
  }

  /// Copies the best state that a check has seen into the state.
  ///
  /// - Returns: the steps done when it was seen, or nil where no check gave a score.
  @discardableResult
  public func restoreBest() throws -> Int? {
    guard let folder, FileManager.default.fileExists(atPath: folder.best.path) else { return nil }
    let checkpoint = try Checkpoint(folder.best)
    try checkpoint.restore(state)
    return checkpoint.position.step
  }

  /// Says which run a checkpoint belongs to.
  var identity: String {
    "\(plan.label), \(plan.steps) steps, key \(String(key.seed, radix: 16))"
  }
}

/// Prints a warning on standard error.
public func printWarning(_ text: String) {
  FileHandle.standardError.write(Data("warning: \(text)\n".utf8))
}
