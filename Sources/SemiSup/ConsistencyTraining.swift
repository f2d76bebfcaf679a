import Base
import Evaluation
import Foundation
import Models
import NN
import Torch
import Training

/// Whole networks through the one loop, with a labelled and an unlabelled stream; see
/// ``ConsistencyLoss``.
///
/// What folds find out is recorded, so that a resumed run trains no fold twice.
struct ConsistencyTraining: SemiSupLearner {
  private let configuration: SemiSupConfiguration
  private let request: SemiSupRequest
  private let folds: Folds
  private let images: ImageAccess
  private let key: RandomKey
  private let records: FoldRecords
  private let metrics: MetricsLog?

  init(
    _ configuration: SemiSupConfiguration, _ request: SemiSupRequest, folds: Folds,
    images: ImageAccess, key: RandomKey, records: FoldRecords, metrics: MetricsLog?
  ) {
    self.configuration = configuration
    self.request = request
    self.folds = folds
    self.images = images
    self.key = key
    self.records = records
    self.metrics = metrics
  }

  func heldOut(_ fold: Int) throws -> HeldOut {
    try records.value("fold-\(fold)/held-out") {
      try examiner.measure(
        supervised(fold), items: testing(fold), key: key.folding("pixels").folding(fold))
    }
  }

  func gain(_ fold: Int, _ calibration: Calibration) throws -> FoldScore {
    func score(_ name: String, _ calibration: Calibration?) throws -> FoldScore {
      try records.value("fold-\(fold)/\(name)") {
        let arm = Arm(
          label: "fold \(fold + 1) of \(folds.count), \(name)", items: training(fold),
          watched: testing(fold), steps: short(configuration.steps),
          checkpoints: records.checkpoints("fold-\(fold)/\(name)"), isFold: true, metrics: nil,
          key: key.folding("arm").folding(fold))
        let trained = try train(try supervised(fold), arm, calibration)
        return try examiner.score(trained.network, items: testing(fold))
      }
    }
    let gain = try score("semi-supervised", calibration).gain(over: score("labels-only", nil))
    records.remove("fold-\(fold)/supervised.safetensors")
    return gain
  }

  func student(_ calibration: Calibration) throws -> Student {
    try train(
      request.start,
      Arm(
        label: "semi-supervised", items: request.labelled, watched: request.labelled,
        steps: configuration.steps, checkpoints: records.checkpoints("student"), isFold: false,
        metrics: metrics, key: key.folding("student")), calibration)
  }

  // MARK: - Folds

  private func training(_ fold: Int) -> [Int] {
    folds.training(fold).map { request.labelled[$0] }
  }

  private func testing(_ fold: Int) -> [Int] { folds.testing(fold).map { request.labelled[$0] } }

  /// What a fold starts from: a network that its held-out images have never touched.
  private func supervised(_ fold: Int) throws -> Network {
    let key = key.folding("supervised").folding(fold)
    let name = "fold-\(fold)/supervised"
    let network = try Network(
      request.start.configuration, key: key.folding("init"), device: images.device)
    let file = try records.file("\(name).safetensors")
    if let file, FileManager.default.fileExists(atPath: file.path) {
      try network.store.load(try Safetensors.load(file).tensors)
      return network
    }
    if let pretrained = request.pretrained { try network.loadTrunk(pretrained) }
    try trainSupervised(
      network,
      Arm(
        label: "fold \(fold + 1) of \(folds.count), supervised", items: training(fold),
        watched: [], steps: short(configuration.supervisedSteps),
        checkpoints: records.checkpoints(name), isFold: true, metrics: nil, key: key))
    if let file { try Safetensors.save(network.store.state(), to: file) }
    records.remove(name)
    return network
  }

  private func trainSupervised(_ network: Network, _ arm: Arm) throws {
    let isPretrained = request.pretrained != nil
    let optimizer = AdamW(
      network.store.groups {
        isPretrained && network.isTrunk($0) ? configuration.trunkRate / configuration.freshRate : 1
      }, learningRate: configuration.freshRate, weightDecay: configuration.weightDecay)
    let loop = loop(
      arm, state: TrainingState(store: network.store, optimizer: optimizer),
      streams: [labelledStream(arm)])
    let (loss, augmentation) = (
      supervisedLoss(arm), configuration.augmentation.weak(size: images.pixels.width)
    )
    _ = try loop.run { step in
      let pass = isPretrained ? Pass.stochastic(step.key.folding("pass")) : step.pass
      let batch = step.batch.augmented(augmentation)
      return StepLoss(loss(network.logits(batch.images, pass), batch))
    }
  }

  private func short(_ steps: Int) -> Int {
    max(Int((configuration.offSwitch.share * Double(steps)).rounded()), 1)
  }

  private var examiner: HeldOutScore {
    HeldOutScore(request: request, inference: images.inference)
  }

  // MARK: - Training

  /// The frame of one training.
  private struct Arm {
    let label: String
    /// Labelled items to learn from.
    let items: [Int]
    /// Labelled items that the watch measures on.
    let watched: [Int]
    let steps: Int
    let checkpoints: URL?
    /// Short, and one of many: it is worth few checkpoints.
    let isFold: Bool
    let metrics: MetricsLog?
    let key: RandomKey
  }

  /// Trains a copy of `start`; without a calibration, or where no unlabelled image is believed, on
  /// labels only.
  private func train(_ start: Network, _ arm: Arm, _ calibration: Calibration?) throws -> Student {
    let prior = request.prior(arm.items)
    let chooser = PseudoLabelChooser(
      configuration: configuration, request: request, images: images, prior: prior)
    let chosen = try calibration.map { try chooser.choose(start, $0) } ?? []
    guard let calibration, !chosen.isEmpty else {
      let student = try copy(start)
      _ = try run(student, arm, pseudo: nil, teacher: nil, chosen: [])
      return Student(network: student, kept: 0, alarm: nil)
    }
    let (student, teacher) = (try copy(start), try copy(start))
    teacher.store.freeze(under: "")
    let average = configuration.teacher == .average ? average(teacher, of: student) : nil
    let watch = PseudoLabelWatch(
      configuration.guardrail, prior: prior, precision: calibration.classPrecision,
      device: images.device)
    let pseudo = ConsistencyLoss.Pseudo(
      teacher: teacher, rule: chooser.rule(calibration), temperature: calibration.temperature,
      watch: watch)
    let before = try examiner.score(start, items: arm.watched).value
    let learner = average == nil ? student : teacher
    let check = watch.check(steps: arm.steps, start: before) {
      try examiner.score(learner, items: arm.watched).value
    }
    try run(student, arm, pseudo: pseudo, teacher: average, chosen: chosen, checks: [check])
    let share = Double(chosen.count) / Double(request.unlabelled.count)
    return Student(network: learner, kept: share * watch.kept, alarm: watch.raised)
  }

  private func run(
    _ student: Network, _ arm: Arm, pseudo: ConsistencyLoss.Pseudo?, teacher: Teacher?,
    chosen: [Int], checks: [Check] = []
  ) throws {
    let loop = loop(
      arm,
      state: TrainingState(
        store: student.store, optimizer: optimizer(student), teacher: teacher,
        extras: pseudo?.watch.extras ?? []),
      streams: [labelledStream(arm)] + (chosen.isEmpty ? [] : [unlabelledStream(chosen, arm)]))
    let loss = ConsistencyLoss(
      configuration: configuration, student: student, supervised: supervisedLoss(arm),
      size: images.pixels.width, pseudo: pseudo)
    _ = try loop.run(checks: checks) { loss($0) }
  }

  // MARK: - Parts

  private func average(_ teacher: Network, of student: Network) -> Teacher {
    Teacher(teacher.store, of: student.store, buffers: .averaged) {
      ExponentialMovingAverage.warmedUp(step: $0, limit: 0.99)
    }
  }

  private func copy(_ network: Network) throws -> Network {
    let copy = try Network(network.configuration, key: RandomKey(seed: 0), device: images.device)
    try copy.store.load(network.store.state())
    return copy
  }

  private func optimizer(_ network: Network) -> AdamW {
    AdamW(
      network.store.groups {
        network.isTrunk($0) ? configuration.trunkRate / configuration.rate : 1
      }, learningRate: configuration.rate, weightDecay: configuration.weightDecay)
  }

  private func supervisedLoss(_ arm: Arm) -> SupervisedLoss {
    SupervisedLoss(
      targets: request.targets, items: arm.items, classes: request.classes, balance: 0,
      device: images.device)
  }

  /// Every class equally often for classification, every image in turn for segmentation.
  private func labelledStream(_ arm: Arm) -> BatchStream {
    let rule: BatchSampler.Rule =
      request.start.isSegmentation
      ? .shuffled : .classBalanced(request.classLabels, exponent: 0)
    return BatchStream(
      BatchSampler(
        arm.items, batch: configuration.batch, rule: rule, key: arm.key.folding("labelled")),
      pixels: images.pixels, targets: request.targets, normalization: images.normalization)
  }

  private func unlabelledStream(_ items: [Int], _ arm: Arm) -> BatchStream {
    BatchStream(
      BatchSampler(
        items, batch: configuration.unlabelledBatch, key: arm.key.folding("unlabelled")),
      pixels: images.pixels, normalization: images.normalization)
  }

  /// A fold's training has a checkpoint in its middle and one at its end, the last one more often.
  private func loop(_ arm: Arm, state: TrainingState, streams: [BatchStream]) -> TrainingLoop {
    TrainingLoop(
      TrainingPlan(
        label: arm.label, steps: arm.steps, schedule: .cosine, clipNorm: 5,
        checkpointEvery: arm.isFold ? (arm.steps + 1) / 2 : min(max(arm.steps / 4, 1), 500)),
      state: state, loader: BatchLoader(streams, device: images.device), folder: arm.checkpoints,
      metrics: arm.metrics, key: arm.key.folding("loop"))
  }
}
