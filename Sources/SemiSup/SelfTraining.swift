import Base
import Evaluation
import Models
import NN
import Torch
import Training

/// Self-training of a logistic head on the embeddings of a frozen trunk.
///
/// Each round labels the unlabelled images with the newest head, takes what its rule believes
/// (``PseudoLabelRule``), and fits a new head on labels and pseudo-labels. In every class the labels
/// keep at least half of the loss.
///
/// A head has few weights: of more than 20,000 unlabelled images as many, evenly spaced, are looked
/// at, so that memory does not grow with the pool.
struct SelfTraining: SemiSupLearner {
  /// The most unlabelled images that are looked at.
  static let most = 20_000
  private let configuration: SemiSupConfiguration
  private let rule: any PseudoLabelRule
  private let request: SemiSupRequest
  private let folds: Folds
  private let metrics: MetricsLog?
  private let scaler: FeatureScaler
  private let labelled: [Float]
  private let unlabelled: [Float]
  private let unlabelledCount: Int
  private let labels: [Int]
  private let heldOutLogits: ClassProbabilities

  /// `embeddings` are those of the frozen trunk.
  init(
    _ configuration: SemiSupConfiguration, rule: any PseudoLabelRule, _ request: SemiSupRequest,
    folds: Folds, embeddings: ([Int]) throws -> [Float], metrics: MetricsLog?
  ) throws {
    let width = request.start.width
    let seen = Self.spaced(request.unlabelled, most: Self.most)
    let (mine, others) = (try embeddings(request.labelled), try embeddings(seen))
    unlabelledCount = seen.count
    scaler = FeatureScaler(fitting: mine + others, width: width)
    (labelled, unlabelled) = (scaler(mine), scaler(others))
    labels = request.labelled.map { request.classLabels[$0] ?? 0 }
    let logits = LogisticHead.outOfFold(
      labelled, width: width, labels: labels, classes: request.classes, folds: folds.fold,
      settings: configuration.headSettings)
    heldOutLogits = ClassProbabilities(logits.map { max($0, -1e4) }, classes: request.classes)
    self.configuration = configuration
    self.rule = rule
    self.request = request
    self.folds = folds
    self.metrics = metrics
  }

  /// At most `most` of the items, evenly spaced.
  static func spaced(_ items: [Int], most: Int) -> [Int] {
    if items.count <= most { return items }
    return (0..<most).map { items[$0 * items.count / most] }
  }

  func heldOut(_ fold: Int) -> HeldOut {
    let rows = folds.testing(fold)
    let logits = heldOutLogits.rows(rows)
    let truth = rows.map { labels[$0] }
    return HeldOut(
      score: .classification(truth: truth, logits: logits), images: rows.count, truth: truth,
      logits: logits.values)
  }

  func gain(_ fold: Int, _ calibration: Calibration) throws -> FoldScore {
    let training = folds.training(fold)
    let supervised = fit(training, pseudo: [])
    let student = try trained(training, from: supervised, calibration, log: nil)
    return score(student.head, folds.testing(fold))
      .gain(over: score(supervised, folds.testing(fold)))
  }

  func student(_ calibration: Calibration) throws -> Student {
    let all = Array(labels.indices)
    try metrics?.rewind(to: 0)
    let trained = try trained(all, from: fit(all, pseudo: []), calibration, log: metrics)
    let start = request.start
    let network = try Network(
      start.configuration, key: RandomKey(seed: 0), device: start.store.device)
    try network.store.load(start.store.state())
    load(trained.head, into: network)
    return Student(
      network: network, kept: Double(trained.kept) / Double(unlabelledCount),
      alarm: trained.alarm)
  }

  /// A head, and what taught it.
  private struct Trained {
    var head: LogisticHead
    var kept = 0
    var alarm: Alarm?
  }

  /// The head of the last round; `supervised` where the pseudo-labels' classes go astray.
  private func trained(
    _ rows: [Int], from supervised: LogisticHead, _ calibration: Calibration, log: MetricsLog?
  ) throws -> Trained {
    let mine = rows.map { labels[$0] }
    let prior = LabelledPrior(classes: mine, count: request.classes)
    var known = KnownLabels(
      thresholds: calibration.thresholds, prior: prior,
      counts: (0..<request.classes).map { label in mine.count { $0 == label } })
    var trained = Trained(head: supervised)
    for round in 0..<rule.rounds {
      known.round = round
      let pseudo = rule.select(
        softmax(logits(trained.head, unlabelled), temperature: calibration.temperature), known)
      var histogram = [Double](repeating: 0, count: request.classes)
      for one in pseudo { histogram[one.label] += 1 }
      let divergence = prior.divergence(histogram)
      let reason = configuration.guardrail.alarm(
        shortfalls: 0, foregroundRatio: nil, divergence: divergence, images: pseudo.count)
      try log?.write(
        fields(pseudo.count, divergence, calibration, isTrusting: reason == nil), step: round,
        kind: "round")
      if let reason {
        return Trained(head: supervised, alarm: Alarm(reason: reason, step: round))
      }
      trained.head = fit(rows, pseudo: pseudo)
      trained.kept = pseudo.count
    }
    return trained
  }

  private func fields(
    _ kept: Int, _ divergence: Double?, _ calibration: Calibration, isTrusting: Bool
  ) -> [String: Double] {
    var fields = [
      "kept": Double(kept) / Double(unlabelledCount), "lambda": isTrusting ? 1 : 0,
    ]
    fields["pseudo_divergence"] = divergence
    for (label, value) in calibration.classPrecision.enumerated() {
      fields["pseudo_precision_\(label)"] = value
    }
    return fields
  }

  private func fit(_ rows: [Int], pseudo: [PseudoLabel]) -> LogisticHead {
    let width = request.start.width
    func gathered(_ values: [Float], _ rows: [Int]) -> [Float] {
      rows.flatMap { values[$0 * width..<($0 + 1) * width] }
    }
    let mine = rows.map { labels[$0] }
    return LogisticHead.fit(
      gathered(labelled, rows) + gathered(unlabelled, pseudo.map(\.row)), width: width,
      labels: mine + pseudo.map(\.label), classes: request.classes,
      weights: mine.map { _ in 1 } + PseudoLabel.weights(pseudo, beside: mine),
      settings: configuration.headSettings)
  }

  private func score(_ head: LogisticHead, _ rows: [Int]) -> FoldScore {
    let width = request.start.width
    let features = rows.flatMap { labelled[$0 * width..<($0 + 1) * width] }
    return .classification(truth: rows.map { labels[$0] }, logits: logits(head, features))
  }

  private func logits(_ head: LogisticHead, _ features: [Float]) -> ClassProbabilities {
    ClassProbabilities(head.logits(features).map { max($0, -1e4) }, classes: request.classes)
  }

  private func load(_ head: LogisticHead, into network: Network) {
    let (weight, bias) = head.folding(scaler)
    let scope = network.configuration.architecture.headScope
    let device = network.store.device
    withoutGradients {
      network.store["\(scope).weight"]?.copy_(
        from: Tensor(weight, [head.classes, head.width]).to(device))
      network.store["\(scope).bias"]?.copy_(from: Tensor(bias, [head.classes]).to(device))
    }
  }
}
