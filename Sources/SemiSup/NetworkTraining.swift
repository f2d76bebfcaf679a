import Base
import Evaluation
import Foundation
import Models
import NN
import Torch
import Training

/// Whole networks through the one loop, with labelled and unlabelled streams: the driver of every
/// ``SemiSupMethod``.
///
/// L = L_x + λ(t) L_u, where λ(t) is the method's, and 0 once the watch has raised its alarm. What
/// folds find out is recorded, so that a resumed run trains no fold twice.
struct NetworkTraining: SemiSupLearner {
  let configuration: SemiSupConfiguration
  let settings: any MethodSettings
  let request: SemiSupRequest
  let folds: Folds
  let images: ImageAccess
  let key: RandomKey
  let records: FoldRecords
  let metrics: MetricsLog?

  init(
    _ configuration: SemiSupConfiguration, _ request: SemiSupRequest, folds: Folds,
    images: ImageAccess, key: RandomKey, records: FoldRecords, metrics: MetricsLog?
  ) {
    self.configuration = configuration
    settings = configuration.method.settings
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
        let arm = TrainingArm(
          label: "fold \(fold + 1) of \(folds.count), \(name)", name: "fold-\(fold)/\(name)",
          items: training(fold), watched: testing(fold), steps: short(configuration.steps),
          supervisedSteps: short(configuration.supervisedSteps), isFold: true, metrics: nil,
          key: key.folding("arm").folding(fold))
        let trained = try train(try supervised(fold), arm, calibration)
        return try examiner.score(trained.network, items: testing(fold))
      }
    }
    let gain = try score("semi-supervised", calibration).gain(over: score("labels-only", nil))
    records.remove("fold-\(fold)/supervised.safetensors")
    records.remove("fold-\(fold)/semi-supervised-peer.safetensors")
    return gain
  }

  func student(_ calibration: Calibration) throws -> Student {
    try train(
      request.start,
      TrainingArm(
        label: "semi-supervised", name: "student", items: request.labelled,
        watched: request.labelled, steps: configuration.steps,
        supervisedSteps: configuration.supervisedSteps, isFold: false, metrics: metrics,
        key: key.folding("student")), calibration)
  }

  // MARK: - Folds

  private func training(_ fold: Int) -> [Int] {
    folds.training(fold).map { request.labelled[$0] }
  }

  private func testing(_ fold: Int) -> [Int] { folds.testing(fold).map { request.labelled[$0] } }

  /// What a fold starts from: a network that its held-out images have never touched.
  private func supervised(_ fold: Int) throws -> Network {
    try supervised(
      request.start.configuration,
      TrainingArm(
        label: "fold \(fold + 1) of \(folds.count), supervised", name: "fold-\(fold)/supervised",
        items: training(fold), watched: [], steps: short(configuration.supervisedSteps),
        supervisedSteps: 0, isFold: true, metrics: nil,
        key: key.folding("supervised").folding(fold)))
  }

  /// A network trained on labels alone, from the pretrained trunk where it has that one.
  func supervised(_ model: ModelConfiguration, _ arm: TrainingArm) throws -> Network {
    let network = try Network(model, key: arm.key.folding("init"), device: images.device)
    let file = try records.file("\(arm.name).safetensors")
    if let file, FileManager.default.fileExists(atPath: file.path) {
      try network.store.load(try Safetensors.load(file).tensors)
      return network
    }
    let isPretrained =
      request.pretrained != nil && model.architecture == request.start.configuration.architecture
    if isPretrained, let pretrained = request.pretrained { try network.loadTrunk(pretrained) }
    try trainSupervised(network, arm, isPretrained: isPretrained)
    if let file { try Safetensors.save(network.store.state(), to: file) }
    records.remove(arm.name)
    return network
  }

  private func trainSupervised(_ network: Network, _ arm: TrainingArm, isPretrained: Bool) throws {
    let optimizer = AdamW(
      network.store.groups {
        isPretrained && network.isTrunk($0) ? configuration.trunkRate / configuration.freshRate : 1
      }, learningRate: configuration.freshRate, weightDecay: configuration.weightDecay)
    let loop = loop(
      arm, state: TrainingState(store: network.store, optimizer: optimizer), schedule: .cosine,
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

  var examiner: HeldOutScore {
    HeldOutScore(request: request, inference: images.inference)
  }
}
