import Base
import Evaluation
import Models
import NN
import Torch
import Training

/// Self-training of a logistic head on the embeddings of a frozen trunk.
///
/// Each round labels the unlabelled images with the newest head, takes the surer part (`quota`) of
/// every predicted class that reaches the class's threshold, and fits a new head on labels and
/// pseudo-labels. In every class the labels keep at least half of the loss.
struct SelfTraining: SemiSupLearner {
  private let configuration: SemiSupConfiguration
  private let request: SemiSupRequest
  private let folds: Folds
  private let scaler: FeatureScaler
  private let labelled: [Float]
  private let unlabelled: [Float]
  private let labels: [Int]
  private let temperature: Double
  private let heldOutLogits: ClassProbabilities

  init(
    _ configuration: SemiSupConfiguration, _ request: SemiSupRequest, folds: Folds,
    inference: PoolInference
  ) throws {
    func embeddings(_ items: [Int]) -> [Float] {
      inference.rows(items) { request.start.embedding($0, .evaluate) }.values
    }
    let width = request.start.width
    let (mine, others) = (embeddings(request.labelled), embeddings(request.unlabelled))
    scaler = FeatureScaler(fitting: mine + others, width: width)
    (labelled, unlabelled) = (scaler(mine), scaler(others))
    labels = request.labelled.map { request.classLabels[$0] ?? 0 }
    let logits = LogisticHead.outOfFold(
      labelled, width: width, labels: labels, classes: request.classes, folds: folds.fold,
      settings: configuration.headSettings)
    heldOutLogits = ClassProbabilities(logits.map { max($0, -1e4) }, classes: request.classes)
    let tested = folds.fold.indices.filter { folds.fold[$0] != nil }
    temperature =
      Temperature(truth: tested.map { [labels] in labels[$0] }, logits: heldOutLogits.rows(tested))
      .value
    self.configuration = configuration
    self.request = request
    self.folds = folds
  }

  func heldOut(_ fold: Int) -> ConfidenceTable {
    var table = ConfidenceTable(classes: request.classes)
    let rows = folds.testing(fold)
    let shares = softmax(heldOutLogits.rows(rows), temperature: temperature)
    for (place, row) in rows.enumerated() {
      let best = shares.best(place)
      table.add(
        predicted: best, confidence: Float(shares[place, best]), isRight: best == labels[row])
    }
    return table
  }

  func gain(_ fold: Int, _ thresholds: [Double?]) -> Double {
    let training = folds.training(fold)
    let supervised = fit(training, pseudo: [])
    let (student, _) = trained(training, from: supervised, thresholds)
    return score(student, folds.testing(fold)) - score(supervised, folds.testing(fold))
  }

  func student(_ thresholds: [Double?]) throws -> (network: Network, kept: Double) {
    let all = Array(labels.indices)
    let (head, kept) = trained(all, from: fit(all, pseudo: []), thresholds)
    let start = request.start
    let network = try Network(
      start.configuration, key: RandomKey(seed: 0), device: start.store.device)
    try network.store.load(start.store.state())
    load(head, into: network)
    return (network, Double(kept) / Double(request.unlabelled.count))
  }

  /// The head of the last round, and how many images it was taught by.
  private func trained(
    _ rows: [Int], from supervised: LogisticHead, _ thresholds: [Double?]
  ) -> (head: LogisticHead, kept: Int) {
    var (head, kept) = (supervised, 0)
    for _ in 0..<configuration.rounds {
      let pseudo = PseudoLabel.select(
        softmax(logits(head, unlabelled), temperature: temperature), thresholds: thresholds,
        quota: configuration.quota)
      head = fit(rows, pseudo: pseudo)
      kept = pseudo.count
    }
    return (head, kept)
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

  private func score(_ head: LogisticHead, _ rows: [Int]) -> Double {
    let width = request.start.width
    let features = rows.flatMap { labelled[$0 * width..<($0 + 1) * width] }
    return ConfusionMatrix(
      truth: rows.map { labels[$0] }, predicted: logits(head, features).predicted,
      classes: request.classes
    ).balancedAccuracy ?? 0
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
