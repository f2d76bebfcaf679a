public import Base
import Evaluation
public import Foundation
public import Models
import NN
public import Torch
public import Training

/// Learning from unlabelled images beside few labels, where that helps.
///
/// How is the method's (``SemiSupConfiguration/Method``). Methods that choose images by their
/// predictions train the head alone, on embeddings, where no label has touched a classifier's trunk
/// (``SelfTraining``); everything else goes through the loop with a labelled and an unlabelled stream
/// (``NetworkTraining``).
///
/// The switch compares, fold by fold, the same start trained on with and without the unlabelled
/// images, for equally many steps; where that does not help, the start is returned unchanged. A
/// training whose pseudo-labels go astray goes on without them.
///
/// - Randomness: folds, batches, augmentations and dropout, all derived from the key.
public struct SemiSupStage {
  private let configuration: SemiSupConfiguration
  private let images: ImageAccess
  private let key: RandomKey

  /// - Parameters:
  ///   - configuration: settings.
  ///   - pixels: the pool's pixels at the network's size.
  ///   - normalization: of those pixels.
  ///   - device: where to train.
  ///   - key: whatever is drawn derives from it.
  public init(
    _ configuration: SemiSupConfiguration, pixels: any PixelSource, normalization: Normalization,
    device: Device = .cpu, key: RandomKey
  ) {
    self.configuration = configuration
    images = ImageAccess(pixels: pixels, normalization: normalization, device: device)
    self.key = key
  }

  /// Decides, and trains where it helps; an interrupted call goes on from what it has found out.
  ///
  /// - Parameters:
  ///   - request: network, labels and unlabelled items.
  ///   - checkpoints: the folder of checkpoints and of the folds' results; nil: nothing is saved.
  ///   - metrics: where the student's measurements go.
  /// - Returns: the network and the verdict.
  /// - Throws: `Stopped` after a signal, with a checkpoint; a diagnostic when weights do not fit, a
  ///   loss is not finite, the method does not go with the network, or an interrupted call had other
  ///   labels.
  public func run(
    _ request: SemiSupRequest, checkpoints: URL? = nil, metrics: MetricsLog? = nil
  ) throws -> SemiSupResult {
    try configuration.check(request.start.configuration)
    let rule = configuration.offSwitch
    if let refusal = configuration.method.settings.refusal(request) {
      return SemiSupResult(network: request.start, verdict: refusal)
    }
    if rule.enabled, let refusal = request.beforehand(rule.needs) {
      return SemiSupResult(network: request.start, verdict: refusal)
    }
    let folds = request.folds(rule.folds, key: key)
    guard folds.count > 1, !request.unlabelled.isEmpty else {
      let verdict = Verdict(
        folds.count > 1 ? .fewUnlabelled : .noFolds,
        folds.count > 1
          ? "there is no unlabelled image" : "the labels cannot be divided into whole groups")
      return SemiSupResult(network: request.start, verdict: verdict)
    }
    let records = FoldRecords(folder: checkpoints)
    guard try records.value("labelled", { request.labelled }) == request.labelled else {
      throw Diagnostic(
        "other images are labelled now than when this training began", at: "checkpoints",
        fix: "choose a new folder, so that nothing is decided on the labels of before")
    }
    let shift = try records.value("shift") { try self.shift(request) }
    let learner = try learner(request, folds: folds, records: records, metrics: metrics)
    return try decide(learner, request, folds: folds, shift: shift)
  }

  /// What held-out images say.
  private struct Evidence {
    /// By all of them.
    var calibration: Calibration
    /// By those of the other folds, which a fold is judged by.
    let others: [Calibration]
    /// Of held-out pseudo-labels.
    let precision: PseudoLabelPrecision
    /// Of training on labels alone.
    let score: Double
    /// How well labelled and unlabelled images can be told apart.
    let shift: Double?
  }

  private func evidence(
    _ heldOuts: [HeldOut], _ request: SemiSupRequest, shift: Double?
  ) -> Evidence {
    func calibration(_ heldOuts: [HeldOut]) -> Calibration {
      Calibration(heldOuts, classes: request.classes, configuration.thresholds)
    }
    let others = heldOuts.indices.map { fold in
      calibration(heldOuts.indices.filter { $0 != fold }.map { heldOuts[$0] })
    }
    var precision = PseudoLabelPrecision(classes: request.classes)
    for (other, heldOut) in zip(others, heldOuts) { precision.add(other.precision(on: heldOut)) }
    var all = calibration(heldOuts)
    all.classPrecision = precision.ofClass
    return Evidence(
      calibration: all, others: others, precision: precision,
      score: HeldOut.score(
        heldOuts, classes: request.classes, segmentation: request.start.isSegmentation),
      shift: shift)
  }

  private func decide(
    _ learner: any SemiSupLearner, _ request: SemiSupRequest, folds: Folds, shift: Double?
  ) throws -> SemiSupResult {
    let evidence = evidence(
      try (0..<folds.count).map(learner.heldOut), request, shift: shift)
    var verdict = try verdict(learner, request, evidence)
    verdict.score = evidence.score
    verdict.shift = shift
    verdict.isShifted = shift.map { $0 > configuration.offSwitch.needs.alike }
    verdict.temperature = evidence.calibration.temperature
    verdict.thresholds = evidence.calibration.thresholds
    verdict.precision = evidence.precision.precision
    verdict.classPrecision = evidence.precision.ofClass
    verdict.coverage = evidence.precision.coverage
    guard verdict.isOn else { return SemiSupResult(network: request.start, verdict: verdict) }
    let student = try learner.student(evidence.calibration)
    verdict.kept = student.kept
    verdict.alarm = student.alarm
    return SemiSupResult(network: student.network, verdict: verdict)
  }

  private func verdict(
    _ learner: any SemiSupLearner, _ request: SemiSupRequest, _ evidence: Evidence
  ) throws -> Verdict {
    let rule = configuration.offSwitch
    let segmentation = request.start.isSegmentation
    if rule.enabled,
      let refusal = Verdict.byLabels(
        score: evidence.score, shift: evidence.shift, classes: request.classes,
        segmentation: segmentation, rule.needs)
    {
      return refusal
    }
    if let refusal = configuration.method.settings.refusal(score: evidence.score) { return refusal }
    let needsClasses = configuration.method.settings.needsConfidentClasses
    guard !needsClasses || evidence.calibration.teaches(segmentation: segmentation) else {
      return Verdict(
        .nothingConfident,
        "at no confidence are held-out predictions of any \(segmentation ? "foreground " : "")class "
          + "right often enough")
    }
    guard rule.enabled else { return Verdict(.forced, "the switch is disabled") }
    let gains = try evidence.others.enumerated().map { fold, others -> FoldScore in
      guard !needsClasses || others.teaches(segmentation: segmentation) else {
        return FoldScore(value: 0, classes: Array(repeating: nil, count: request.classes))
      }
      return try learner.gain(fold, others)
    }
    return Verdict.byFolds(gains, evidence.precision, rule)
  }

  /// Labelled against a sample of the unlabelled images, on features that no label has touched.
  private func shift(_ request: SemiSupRequest) throws -> Double? {
    let key = key.folding("shift")
    let count = min(request.unlabelled.count, ShiftTest.most)
    let sample = key.folding("sample").sample(count, outOf: request.unlabelled.count).sorted()
    let items = request.labelled + sample.map { request.unlabelled[$0] }
    return ShiftTest.areaUnderROC(
      try untouched(request, key: key)(items), labelled: request.labelled.count,
      groups: items.map(request.group), key: key.folding("folds"))
  }

  private func untouched(
    _ request: SemiSupRequest, key: RandomKey
  ) throws -> ([Int]) throws -> [Float] {
    if request.sharesTrunk { return embeddings(request) }
    let network = try Network(
      request.start.configuration, key: key.folding("init"), device: images.device)
    if let pretrained = request.pretrained { try network.loadTrunk(pretrained) }
    return { try images.inference.rows($0) { network.embedding($0, .evaluate) }.values }
  }

  /// The embeddings of the start's trunk.
  private func embeddings(_ request: SemiSupRequest) -> ([Int]) throws -> [Float] {
    request.embeddings ?? { items in
      try images.inference.rows(items) { request.start.embedding($0, .evaluate) }.values
    }
  }

  private func learner(
    _ request: SemiSupRequest, folds: Folds, records: FoldRecords, metrics: MetricsLog?
  ) throws -> any SemiSupLearner {
    let freezes =
      configuration.trunk == .frozen || (configuration.trunk == .auto && request.sharesTrunk)
    if freezes, !request.start.isSegmentation,
      let rule = configuration.method.settings.headRule(configuration, request)
    {
      return try SelfTraining(
        configuration, rule: rule, request, folds: folds, embeddings: embeddings(request),
        metrics: metrics)
    }
    return NetworkTraining(
      configuration, request, folds: folds, images: images, key: key, records: records,
      metrics: metrics)
  }
}

/// A network and what was decided.
public struct SemiSupResult {
  /// The improved network, or the start unchanged.
  public let network: Network
  /// Whether the unlabelled images were used.
  public let verdict: Verdict
}

/// A way of learning from unlabelled images, as the switch asks it.
protocol SemiSupLearner {
  /// What supervised training on the other folds says of a fold's held-out images.
  func heldOut(_ fold: Int) throws -> HeldOut
  /// What the unlabelled images add to the score on a fold's held-out images.
  func gain(_ fold: Int, _ calibration: Calibration) throws -> FoldScore
  /// The network trained on all labels and the unlabelled images.
  func student(_ calibration: Calibration) throws -> Student
}

/// A network that has learnt from unlabelled images.
struct Student {
  let network: Network
  /// The share of the unlabelled images (or of their pixels) that got a label.
  let kept: Double
  /// Why it went on without them, if it did.
  let alarm: Alarm?
}
