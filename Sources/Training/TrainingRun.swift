import Base
import Foundation
import NN
import Torch

/// One process's part of a training run: what `TrainingLoop` keeps while it goes.
final class TrainingRun {
  private let loop: TrainingLoop
  private let plan: TrainingPlan
  private let state: TrainingState
  private let progress: Base.Progress?
  private var meter = StepMeter()
  private var done = 0
  private var resumedAt = 0
  private var savedAt = 0
  private var earlierSeconds = 0.0
  private var lastLoss = Double.nan
  private var best: Double?
  private var isHealthy = true

  init(_ loop: TrainingLoop) {
    self.loop = loop
    plan = loop.plan
    state = loop.state
    progress =
      plan.showsProgress ? Base.Progress(plan.label, total: plan.steps, unit: "steps") : nil
  }

  var summary: TrainingSummary {
    let total = meter.total
    return TrainingSummary(
      steps: done, resumedAt: resumedAt, lastLoss: lastLoss, bestScore: best,
      seconds: earlierSeconds + total.seconds,
      dataWaitShare: total.seconds > 0 ? total.waited / total.seconds : 0,
      imagesPerSecond: total.seconds > 0 ? Double(total.images) / total.seconds : 0)
  }

  /// Takes up the run at its newest readable checkpoint, if there is one.
  func resume() throws {
    guard let folder = loop.folder else { return }
    let (checkpoint, faults) = folder.newest()
    for fault in faults { loop.warn("a checkpoint cannot be used: \(fault)") }
    if let checkpoint { try take(checkpoint) }
    try loop.metrics?.rewind(to: done)
  }

  private func take(_ checkpoint: Checkpoint) throws {
    let position = checkpoint.position
    guard position.run == loop.identity else {
      throw Diagnostic(
        "the checkpoint belongs to another run: it is of '\(position.run)', this is "
          + "'\(loop.identity)'", at: "checkpoints",
        fix: "resume with the configuration and seed it was made with, or use a new folder")
    }
    try checkpoint.restore(state)
    (done, resumedAt, savedAt) = (position.step, position.step, position.step)
    (best, lastLoss, earlierSeconds) = (position.best, position.loss, position.seconds)
  }

  /// The steps that are left.
  func finish(checks: [Check], loss: (StepContext) throws -> StepLoss) throws {
    defer { progress?.finish() }
    if done == 0 { for check in checks where check.atStart { try perform(check) } }
    meter.restart()
    while done < plan.steps {
      try step(loss)
      done += 1
      let due = checks.filter { $0.isDue(done, of: plan.steps) }
      let isSaving = done.isMultiple(of: plan.checkpointEvery) || done == plan.steps
      let stop = loop.stopSignal()
      if isSaving || !due.isEmpty || stop != nil || done.isMultiple(of: plan.readEvery) {
        try read()
        for check in due { try perform(check) }
        if isSaving || stop != nil { try save() }
        meter.restart()
      }
      progress?.advance(to: done, note: note)
      if let stop { throw Stopped(signal: stop, at: "step \(savedAt) of \(plan.steps)") }
    }
  }

  private var note: String { lastLoss.isNaN ? "" : String(format: "loss %.4f", lastLoss) }

  private func step(_ loss: (StepContext) throws -> StepLoss) throws {
    let before = loop.loader.waited
    let batches = try loop.loader.batches(step: done)
    let waited = loop.loader.waited - before
    let context = StepContext(
      step: done, total: plan.steps, batches: batches,
      key: loop.key.folding("step").folding(done))
    let result = try loss(context)
    state.zeroGradients()
    result.total.backward()
    let norm = plan.clipNorm.map { GradientClipping.clip(state.trainable, toNorm: $0) }
    state.optimizer.step(learningRateScale: plan.schedule.rate(step: done, total: plan.steps))
    state.teacher.map { $0.average.update(momentum: $0.momentum(done)) }
    meter.record(
      result, norm: norm, step: done, images: batches.reduce(0) { $0 + $1.items.count },
      waited: waited)
  }

  private func read() throws {
    let reading = try meter.read { step, value in
      NonFiniteLoss(
        "the loss is \(value)", step: step, of: plan.steps,
        key: loop.key.folding("step").folding(step))
    }
    guard var reading else { return }
    lastLoss = reading.loss
    reading.fields["lr_scale"] = plan.schedule.rate(step: done - 1, total: plan.steps)
    try loop.metrics?.write(reading.fields, step: done - 1, kind: "train")
  }

  private func perform(_ check: Check) throws {
    let result = try withoutGradients { try check.body(done) }
    isHealthy = result.healthy
    let fields = result.metrics.map { ("\(check.name)_\($0.key)", $0.value) }
    if !fields.isEmpty {
      try loop.metrics?.write(
        Dictionary(uniqueKeysWithValues: fields), step: max(done - 1, 0), kind: "check")
    }
    if let score = result.score, score > best ?? -.infinity {
      best = score
      try loop.folder?.saveBest(checkpoint)
    }
  }

  private var checkpoint: Checkpoint {
    Checkpoint(
      Checkpoint.Position(
        step: done, run: loop.identity, best: best, loss: lastLoss,
        seconds: earlierSeconds + meter.total.seconds), of: state)
  }

  private func save() throws {
    guard let folder = loop.folder, isHealthy, savedAt != done else { return }
    guard state.isFinite else {
      throw NonFiniteLoss(
        "a weight is not finite, though the loss was", step: done - 1, of: plan.steps,
        key: loop.key.folding("step").folding(done - 1))
    }
    try folder.save(checkpoint)
    savedAt = done
  }
}
