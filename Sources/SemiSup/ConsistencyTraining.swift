import Base
import Evaluation
import Foundation
import Models
import NN
import Torch
import Training

/// Weak view → pseudo-labels, strong view → loss: the whole network through the one loop, with a
/// labelled and an unlabelled stream.
///
/// The loss of step t is L_x + λ(t) L_u. L_x is cross-entropy on weakly augmented labelled images,
/// for maps the mean of cross-entropy and soft Dice. L_u is the cross-entropy of strongly augmented
/// unlabelled images against the ``ConfidentRule`` on the teacher's prediction of their weak view;
/// the strong view is drawn on the weak one without another warp, so that its map fits. λ(t) is
/// `weight` times the Gaussian ramp over the first `ramp` of the steps.
struct ConsistencyTraining: SemiSupLearner {
  private let configuration: SemiSupConfiguration
  private let request: SemiSupRequest
  private let folds: Folds
  private let pixels: any PixelSource
  private let normalization: Normalization
  private let device: Device
  private let key: RandomKey
  private let checkpoints: URL?
  private let metrics: MetricsLog?

  init(
    _ configuration: SemiSupConfiguration, _ request: SemiSupRequest, folds: Folds,
    pixels: any PixelSource, normalization: Normalization, device: Device, key: RandomKey,
    checkpoints: URL?, metrics: MetricsLog?
  ) {
    self.configuration = configuration
    self.request = request
    self.folds = folds
    self.pixels = pixels
    self.normalization = normalization
    self.device = device
    self.key = key
    self.checkpoints = checkpoints
    self.metrics = metrics
  }

  func heldOut(_ fold: Int) throws -> ConfidenceTable {
    let network = try supervised(fold)
    return measure(network, fold).table
  }

  func gain(_ fold: Int, _ thresholds: [Double?]) throws -> Double {
    let start = try supervised(fold)
    let key = key.folding("arm").folding(fold)
    let items = folds.training(fold).map { request.labelled[$0] }
    func score(_ name: String, _ unlabelled: Unlabelled?) throws -> Double {
      let run = Run(
        label: "fold \(fold + 1) of \(folds.count), \(name)", steps: short(configuration.steps),
        folder: folder("fold-\(fold)-\(name)"), metrics: nil, key: key)
      return measure(try train(start, items: items, unlabelled, run).network, fold).score
    }
    return try score("semi-supervised", unlabelled(thresholds)) - score("labels only", nil)
  }

  func student(_ thresholds: [Double?]) throws -> (network: Network, kept: Double) {
    let run = Run(
      label: "semi-supervised", steps: configuration.steps, folder: folder("student"),
      metrics: metrics, key: key.folding("student"))
    return try train(
      request.start, items: request.labelled, unlabelled(thresholds), run)
  }

  // MARK: - Folds

  /// What a fold starts from: a network that its held-out images have never touched.
  private func supervised(_ fold: Int) throws -> Network {
    let key = key.folding("supervised").folding(fold)
    let network = try Network(
      request.start.configuration, key: key.folding("init"), device: device)
    if let pretrained = request.pretrained { try network.loadTrunk(pretrained) }
    let items = folds.training(fold).map { request.labelled[$0] }
    let isPretrained = request.pretrained != nil
    let rate = configuration.freshRate
    let optimizer = AdamW(
      network.store.groups {
        isPretrained && network.isTrunk($0) ? configuration.trunkRate / rate : 1
      }, learningRate: rate, weightDecay: configuration.weightDecay)
    let loop = loop(
      Run(
        label: "fold \(fold + 1) of \(folds.count), supervised",
        steps: short(configuration.supervisedSteps), folder: folder("fold-\(fold)-supervised"),
        metrics: nil, key: key),
      state: TrainingState(store: network.store, optimizer: optimizer),
      streams: [labelledStream(items, key: key)])
    _ = try loop.run { step in
      let pass = isPretrained ? Pass.stochastic(step.key.folding("pass")) : step.pass
      let batch = step.batch.augmented(weak)
      return StepLoss(SupervisedLoss.value(network.logits(batch.images, pass), batch))
    }
    return network
  }

  private func measure(_ network: Network, _ fold: Int) -> (score: Double, table: ConfidenceTable) {
    HeldOutScore(
      request: request,
      inference: PoolInference(pixels, normalization: normalization, device: device)
    ).measure(network, items: folds.testing(fold).map { request.labelled[$0] })
  }

  private func short(_ steps: Int) -> Int {
    max(Int((configuration.offSwitch.share * Double(steps)).rounded()), 1)
  }

  // MARK: - Training

  /// The unlabelled images of a training.
  private struct Unlabelled {
    let rule: ConfidentRule
  }

  /// The frame of one training.
  private struct Run {
    let label: String
    let steps: Int
    let folder: URL?
    let metrics: MetricsLog?
    let key: RandomKey
  }

  private func unlabelled(_ thresholds: [Double?]) -> Unlabelled {
    Unlabelled(rule: ConfidentRule(thresholds, device: device))
  }

  private func folder(_ name: String) -> URL? { checkpoints?.appendingPathComponent(name) }

  /// Trains a copy of `start`; without unlabelled images, on labels only.
  private func train(
    _ start: Network, items: [Int], _ unlabelled: Unlabelled?, _ run: Run
  ) throws -> (network: Network, kept: Double) {
    let (student, teacher) = (try copy(start), try copy(start))
    teacher.store.freeze(under: "")
    let averages = configuration.teacher == .average
    let average = averages ? self.average(teacher, of: student) : nil
    // The kept share is a running sum that a checkpoint holds: the labels given, the steps.
    let given = Tensor.zeros([2]).to(device)
    let streams =
      [labelledStream(items, key: run.key)]
      + (unlabelled == nil ? [] : [unlabelledStream(key: run.key)])
    let loop = loop(
      run,
      state: TrainingState(
        store: student.store, optimizer: optimizer(student), teacher: average,
        extras: [("given", given)]), streams: streams)
    _ = try loop.run { step in
      guard let unlabelled else { return labelledLoss(student, step) }
      return semiLoss(student, teacher, unlabelled.rule, step, given: given)
    }
    let sums = given.floats()
    return (averages ? teacher : student, Double(sums[0]) / Double(max(sums[1], 1)))
  }

  private func average(_ teacher: Network, of student: Network) -> Teacher {
    Teacher(teacher.store, of: student.store, buffers: .averaged) {
      ExponentialMovingAverage.warmedUp(step: $0, limit: 0.99)
    }
  }

  private func labelledLoss(_ student: Network, _ step: StepContext) -> StepLoss {
    let batch = step.batch.augmented(weak)
    let pass = Pass.stochastic(step.key.folding("pass"))
    return StepLoss(SupervisedLoss.value(student.logits(batch.images, pass), batch))
  }

  private func semiLoss(
    _ student: Network, _ teacher: Network, _ rule: ConfidentRule, _ step: StepContext,
    given: Tensor
  ) -> StepLoss {
    let batch = step.batch.augmented(weak)
    let seen = framed(step.batches[1]).augmented(weak)
    let labels = withoutGradients {
      rule.labels(teacher.logits(seen.images, .evaluate).softmax(dim: 1), valid: seen.masks)
    }
    let varied = seen.with(pixels: seen.pixels, masks: nil).augmented(strong, view: 1)
    let logits = student.logits(
      cat([batch.images, varied.images], dim: 0), .stochastic(step.key.folding("pass")))
    let count = batch.items.count
    let supervised = SupervisedLoss.value(logits.narrow(dim: 0, start: 0, length: count), batch)
    let absent = seen.masks == nil ? ConfidentRule.absentImage : ConfidentRule.absentPixel
    let unsupervised = Loss.crossEntropy(
      logits.narrow(dim: 0, start: count, length: varied.items.count), labels, ignoring: absent)
    let ramp = Schedule.ramp(
      step: step.step, length: Int((configuration.ramp * Double(step.total)).rounded()))
    let lambda = configuration.weight * ramp
    let kept = withoutGradients { () -> Tensor in
      let share = labels.ne(absent).to(.float32).mean()
      given.copy_(from: given + stack([share, Tensor.ones([]).to(device)], dim: 0))
      return share
    }
    return StepLoss(
      supervised + unsupervised * lambda,
      [
        ("supervised", supervised), ("unsupervised", unsupervised), ("kept", kept),
        ("lambda", Tensor.full([], lambda).to(device)),
      ])
  }

  /// Unlabelled images under an empty map, which tells after the warp what lies outside the image.
  private func framed(_ batch: ImageBatch) -> ImageBatch {
    guard request.start.isSegmentation else { return batch }
    let shape = batch.pixels.shape
    let frame = Tensor.zeros([shape[0], shape[2], shape[3]], dtype: .int64).to(device)
    return batch.with(pixels: batch.pixels, masks: frame)
  }

  // MARK: - Parts

  private var weak: Augmentation { configuration.augmentation.weak(size: pixels.width) }

  private var strong: Augmentation {
    configuration.augmentation.strong(
      size: pixels.width, segmentation: request.start.isSegmentation
    ).withoutGeometry
  }

  private func copy(_ network: Network) throws -> Network {
    let copy = try Network(network.configuration, key: RandomKey(seed: 0), device: device)
    try copy.store.load(network.store.state())
    return copy
  }

  private func optimizer(_ network: Network) -> AdamW {
    AdamW(
      network.store.groups {
        network.isTrunk($0) ? configuration.trunkRate / configuration.rate : 1
      }, learningRate: configuration.rate, weightDecay: configuration.weightDecay)
  }

  /// Every class equally often for classification, every image in turn for segmentation.
  private func labelledStream(_ items: [Int], key: RandomKey) -> BatchStream {
    let rule: BatchSampler.Rule =
      request.start.isSegmentation
      ? .shuffled : .classBalanced(request.classLabels, exponent: 0)
    return BatchStream(
      BatchSampler(items, batch: configuration.batch, rule: rule, key: key.folding("labelled")),
      pixels: pixels, targets: request.targets, normalization: normalization)
  }

  private func unlabelledStream(key: RandomKey) -> BatchStream {
    BatchStream(
      BatchSampler(
        request.unlabelled, batch: configuration.unlabelledBatch, key: key.folding("unlabelled")),
      pixels: pixels, normalization: normalization)
  }

  private func loop(_ run: Run, state: TrainingState, streams: [BatchStream]) -> TrainingLoop {
    TrainingLoop(
      TrainingPlan(
        label: run.label, steps: run.steps, schedule: .cosine, clipNorm: 5,
        checkpointEvery: min(100, max(run.steps / 4, 1))),
      state: state, loader: BatchLoader(streams, device: device), folder: run.folder,
      metrics: run.metrics, key: run.key.folding("loop"))
  }
}
