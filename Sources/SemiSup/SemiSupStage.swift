public import Base
import Evaluation
public import Foundation
public import Models
public import Torch
public import Training

/// Learning from unlabelled images beside few labels, where that helps.
///
/// Lee. *Pseudo-Label.* ICML workshop 2013; Sohn et al. *FixMatch.* NeurIPS 2020
/// <https://arxiv.org/abs/2001.07685>. A prediction becomes a label where its confidence reaches the
/// threshold of its class; thresholds are read from held-out predictions inside the labels. A
/// classifier on a trunk that no label has touched trains its head alone, on embeddings; everything
/// else goes through the loop with a labelled and an unlabelled stream.
///
/// The switch compares, fold by fold, the same start trained on with and without the unlabelled
/// images, for equally many steps; where that does not help, the start is returned unchanged.
///
/// - Randomness: folds, batches, augmentations and dropout, all derived from the key.
public struct SemiSupStage {
  private let configuration: SemiSupConfiguration
  private let pixels: any PixelSource
  private let normalization: Normalization
  private let device: Device
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
    self.pixels = pixels
    self.normalization = normalization
    self.device = device
    self.key = key
  }

  /// Decides, and trains where it helps; an interrupted call goes on from its checkpoints.
  ///
  /// - Parameters:
  ///   - request: network, labels and unlabelled items.
  ///   - checkpoints: the folder of checkpoints; nil: nothing is saved.
  ///   - metrics: where the student's measurements go.
  /// - Returns: the network and the verdict.
  /// - Throws: `Stopped` after a signal, with a checkpoint; a diagnostic when weights do not fit or
  ///   a loss is not finite.
  public func run(
    _ request: SemiSupRequest, checkpoints: URL? = nil, metrics: MetricsLog? = nil
  ) throws -> SemiSupResult {
    let rule = configuration.offSwitch
    if rule.enabled, let refusal = request.beforehand(rule) {
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
    let learner = try learner(request, folds: folds, checkpoints: checkpoints, metrics: metrics)
    return try decide(learner, folds: folds, start: request.start)
  }

  private func decide(
    _ learner: any SemiSupLearner, folds: Folds, start: Network
  ) throws -> SemiSupResult {
    let tables = try (0..<folds.count).map(learner.heldOut)
    let thresholds = thresholds(tables)
    guard thresholds.contains(where: { $0 != nil }) else {
      var verdict = Verdict(
        .nothingConfident,
        "at no confidence are held-out predictions of any class right often enough")
      verdict.thresholds = thresholds
      return SemiSupResult(network: start, verdict: verdict)
    }
    var verdict = try self.verdict(learner, tables: tables)
    verdict.thresholds = thresholds
    guard verdict.isOn else { return SemiSupResult(network: start, verdict: verdict) }
    let (network, kept) = try learner.student(thresholds)
    verdict.kept = kept
    return SemiSupResult(network: network, verdict: verdict)
  }

  /// Each fold gets the thresholds that the other folds' held-out images say.
  private func verdict(
    _ learner: any SemiSupLearner, tables: [ConfidenceTable]
  ) throws -> Verdict {
    guard configuration.offSwitch.enabled else {
      return Verdict(.forced, "the switch is disabled")
    }
    let gains = try tables.indices.map { fold -> Double in
      let others = thresholds(tables.indices.filter { $0 != fold }.map { tables[$0] })
      guard others.contains(where: { $0 != nil }) else { return 0 }
      return try learner.gain(fold, others)
    }
    return Verdict.byFolds(gains, configuration.offSwitch)
  }

  private func thresholds(_ tables: [ConfidenceTable]) -> [Double?] {
    var sum = tables[0]
    for table in tables.dropFirst() { sum.add(table) }
    return sum.thresholds(configuration.thresholds)
  }

  private func learner(
    _ request: SemiSupRequest, folds: Folds, checkpoints: URL?, metrics: MetricsLog?
  ) throws -> any SemiSupLearner {
    let freezes =
      configuration.trunk == .frozen || (configuration.trunk == .auto && request.sharesTrunk)
    if freezes, !request.start.isSegmentation {
      let inference = PoolInference(pixels, normalization: normalization, device: device)
      return try SelfTraining(configuration, request, folds: folds, inference: inference)
    }
    return ConsistencyTraining(
      configuration, request, folds: folds, pixels: pixels, normalization: normalization,
      device: device, key: key, checkpoints: checkpoints, metrics: metrics)
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
  /// What supervised training on the other folds predicts of a fold's held-out images.
  func heldOut(_ fold: Int) throws -> ConfidenceTable
  /// What the unlabelled images add to the score on a fold's held-out images.
  func gain(_ fold: Int, _ thresholds: [Double?]) throws -> Double
  /// The network trained on all labels and the unlabelled images, and the share of those that got
  /// a label.
  func student(_ thresholds: [Double?]) throws -> (network: Network, kept: Double)
}
