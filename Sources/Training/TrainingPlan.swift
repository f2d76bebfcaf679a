public import Base
public import NN
public import Torch

/// The numbers of a training run.
public struct TrainingPlan: Sendable {
  /// What the progress line is called: "pretrain", "member 2 of 4".
  public var label: String
  /// Optimizer steps.
  public var steps: Int
  /// The course of the learning rate.
  public var schedule: Schedule
  /// Largest Euclidean norm of all gradients together; nil: not limited.
  public var clipNorm: Double?
  /// Steps from one checkpoint to the next; the last step always has one.
  public var checkpointEvery: Int
  /// Steps from one reading of the losses to the next; between readings nothing waits for the
  /// device.
  public var readEvery: Int
  /// Whether a progress line is shown; off for runs that are many and short.
  public var showsProgress = true

  /// A plan of at least one step.
  public init(
    label: String, steps: Int, schedule: Schedule = .constant, clipNorm: Double? = nil,
    checkpointEvery: Int = 100, readEvery: Int = 10
  ) {
    precondition(steps > 0 && checkpointEvery > 0 && readEvery > 0, "counts must be positive")
    self.label = label
    self.steps = steps
    self.schedule = schedule
    self.clipNorm = clipNorm
    self.checkpointEvery = checkpointEvery
    self.readEvery = readEvery
  }
}

/// What a loss is computed from.
public struct StepContext {
  /// The step, from 0.
  public let step: Int
  /// Steps of the whole run.
  public let total: Int
  /// The batches, one a stream.
  public let batches: [ImageBatch]
  /// Whatever the step draws: `folding("step").folding(step)` of the loop's key.
  public let key: RandomKey

  /// The batch of the first stream.
  public var batch: ImageBatch { batches[0] }
  /// Training mode with this step's key.
  public var pass: Pass { .train(key.folding("pass")) }
  /// How much of the run is done, 0 ..< 1.
  public var share: Double { Double(step) / Double(total) }
}

/// What a step minimises, and what it tells the log.
public struct StepLoss {
  let total: Tensor
  let parts: [(name: String, value: Tensor)]

  /// A scalar with its graph, and named scalars for the log.
  public init(_ total: Tensor, _ parts: [(String, Tensor)] = []) {
    precondition(total.count == 1, "a loss is one number, not \(total.shape)")
    self.total = total
    self.parts = parts.map { ($0.0, $0.1.detach()) }
  }
}

/// A measurement between steps: a validation, a probe, a guard.
public struct Check {
  let name: String
  let every: Int
  let atStart: Bool
  let atEnd: Bool
  let body: (Int) throws -> CheckResult

  /// Runs `body` when a multiple of `every` steps is done, before the first one if `atStart`, and
  /// after the last one if `atEnd`.
  ///
  /// `body` is given the number of steps done. An error ends the run without a checkpoint there.
  public init(
    _ name: String, every: Int, atStart: Bool = false, atEnd: Bool = true,
    _ body: @escaping (Int) throws -> CheckResult
  ) {
    precondition(every > 0, "a check is made every so many steps, not \(every)")
    self.name = name
    self.every = every
    self.atStart = atStart
    self.atEnd = atEnd
    self.body = body
  }

  func isDue(_ done: Int, of total: Int) -> Bool {
    done.isMultiple(of: every) || (atEnd && done == total)
  }
}

/// What a check found.
public struct CheckResult {
  let metrics: [String: Double]
  let score: Double?
  let healthy: Bool

  /// Numbers for the log.
  ///
  /// - Parameters:
  ///   - metrics: logged as `CHECK_METRIC`.
  ///   - score: larger is better; the best state is kept. One check of a run may give it.
  ///   - healthy: false keeps this state out of the checkpoints until a later result is healthy.
  public init(_ metrics: [String: Double] = [:], score: Double? = nil, healthy: Bool = true) {
    self.metrics = metrics
    self.score = score
    self.healthy = healthy
  }
}

/// How a run went.
public struct TrainingSummary: Sendable {
  /// Steps done, all told.
  public let steps: Int
  /// Where this process took up the run; 0 for a fresh one.
  public let resumedAt: Int
  /// Mean loss of the last reading.
  public let lastLoss: Double
  /// Best score of a check.
  public let bestScore: Double?
  /// Seconds spent in steps, over all processes.
  public let seconds: Double
  /// Share of this process's step time spent waiting for data.
  public let dataWaitShare: Double
  /// Images of all streams a second, in this process.
  public let imagesPerSecond: Double
}

/// A loss that is no number any more.
public struct NonFiniteLoss: Diagnosable {
  /// What was found.
  public let what: String
  /// The step and the key that reproduces it.
  public let place: String?
  /// What usually helps.
  public var remedy: String? {
    "lower the learning rate, lengthen the warm-up or limit the gradient's norm; the newest "
      + "checkpoint is from before this step"
  }

  init(_ what: String, step: Int, of total: Int, key: RandomKey) {
    self.what = what
    place = "step \(step) of \(total), key \(String(key.seed, radix: 16))"
  }
}
