import Base
import Models
import NN
import Torch
import Training

extension NetworkTraining {
  /// Trains from `start`, round after round; without a calibration, or where no unlabelled image is
  /// believed, on labels only.
  func train(_ start: Network, _ arm: TrainingArm, _ calibration: Calibration?) throws -> Student {
    guard let calibration else { return try trainOnLabels(start, arm) }
    let prior = request.prior(arm.items)
    var student: Student?
    for round in 0..<settings.rounds {
      let method = try settings.make(
        MethodSetup(
          configuration: configuration, request: request, images: images, items: arm.items,
          prior: prior, calibration: calibration, start: start,
          labeller: student?.network ?? start, round: round, steps: arm.steps
        ) { try supervised($0, arm.peer) })
      if method.unlabelled.isEmpty { return try student ?? trainOnLabels(start, arm) }
      let trained = try train(method, start, arm.round(round), calibration, prior)
      if trained.alarm != nil { return trained }
      student = trained
    }
    return try student ?? trainOnLabels(start, arm)
  }

  /// One round.
  private func train(
    _ method: any SemiSupMethod, _ start: Network, _ arm: TrainingArm, _ calibration: Calibration,
    _ prior: LabelledPrior
  ) throws -> Student {
    let watch = PseudoLabelWatch(
      configuration.guardrail, prior: prior, precision: calibration.classPrecision,
      device: images.device)
    let before = try examiner.score(start, items: arm.watched).value
    let check = watch.check(steps: arm.steps, start: before) {
      (
        try examiner.score(method.result, items: arm.watched).value,
        try method.counterpart.map { try examiner.score($0, items: arm.watched).value }
      )
    }
    try run(method, arm, watch: watch, checks: [check])
    let share = Double(method.unlabelled.count) / Double(request.unlabelled.count)
    return Student(network: method.result, kept: share * watch.kept, alarm: watch.raised)
  }

  private func trainOnLabels(_ start: Network, _ arm: TrainingArm) throws -> Student {
    let student = try start.copy(on: images.device)
    let average = try settings.momentum(steps: arm.steps).map {
      try AveragedNetwork(following: student, limit: $0)
    }
    let method = LabelsOnly(student: student, average: average)
    try run(method, arm, watch: nil)
    return Student(network: method.result, kept: 0, alarm: nil)
  }

  private func run(
    _ method: any SemiSupMethod, _ arm: TrainingArm, watch: PseudoLabelWatch?, checks: [Check] = []
  ) throws {
    let unlabelled = (0..<(method.unlabelled.isEmpty ? 0 : method.streams)).map {
      unlabelledStream(method.unlabelled, arm, number: $0)
    }
    let loop = loop(
      arm,
      state: TrainingState(
        store: method.student.store, optimizer: optimizer(method),
        teacher: method.average?.teacher, others: method.peer.map { [("peer", $0.store)] } ?? [],
        extras: (watch?.extras ?? []) + method.extras),
      schedule: configuration.schedule, streams: [labelledStream(arm)] + unlabelled)
    let frame = SemiSupStep.Frame(
      augmentation: configuration.augmentation, supervised: supervisedLoss(arm),
      size: images.pixels.width, isSegmentation: method.student.isSegmentation)
    _ = try loop.run(checks: checks) { context in
      let step = SemiSupStep(context, frame)
      guard let watch else { return StepLoss(step.known(method.student)) }
      let terms = method.terms(step)
      let lambda = watch.isTrusting * method.weight(context)
      return StepLoss(
        terms.known + terms.unknown * lambda,
        [
          ("supervised", terms.known), ("unsupervised", terms.unknown),
          ("kept", watch.count(terms.labels, absent: step.absent)), ("lambda", lambda),
        ] + terms.logs)
    }
  }
}
