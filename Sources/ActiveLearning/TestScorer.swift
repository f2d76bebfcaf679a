import Base
import Evaluation
import FineTune
public import Models
import NN
import Pool
public import Torch
import Training

extension RunData {
  /// Metric → value of a network on the test split, named as in `results.csv`; empty where no image
  /// there has truth.
  public func testScores(
    _ network: Network, as card: ModelCard, device: Device
  ) throws -> [String: Double] {
    try TestScorer(data: self, device: device, trunk: nil).measure(network, card, items: test)
  }
}

/// Measures a network on items whose labels are given.
struct TestScorer {
  let data: RunData
  let device: Device
  /// The frozen trunk's features; nil where the trunk learns too.
  let trunk: TrunkStore?

  /// Metric → value on items with truth, named as in `results.csv`; it decides nothing.
  func measure(_ network: Network, _ card: ModelCard, items: [Int]) throws -> [String: Double] {
    guard !items.isEmpty else { return [:] }
    let truth = try data.pool.truth(of: items)
    if data.mode == .classification {
      return try classification(network, card, items, truth).byName
    }
    if data.mode == .multiLabel { return try multiLabel(network, card, items, truth).byName }
    let measured = try segmentation(network, card, items, data.masks(truth))
    return measured.metrics.named(classes: data.classes).byName
      .merging([MetricName.nll: measured.nll]) { own, _ in own }
  }

  /// The mean foreground Dice of these items, with a 95 % interval of its mean over images.
  func dice(
    _ network: Network, _ card: ModelCard, items: [Int], masks: any MaskSource
  ) throws -> OutOfFoldScore? {
    let each = try items.compactMap {
      try segmentation(network, card, [$0], masks).metrics.meanDice
    }
    guard let score = mean(each) else { return nil }
    let error = 1.96 * (standardDeviation(each) ?? 0.5) / Double(each.count).squareRoot()
    return OutOfFoldScore(
      score: score, low: max(score - error, 0), high: min(score + error, 1), count: each.count)
  }

  private var inference: PoolInference {
    PoolInference(data.pixels, normalization: data.normalization, device: device)
  }

  private func classification(
    _ network: Network, _ card: ModelCard, _ items: [Int], _ truth: [Int: Label]
  ) throws -> [(metric: String, value: Double)] {
    let probabilities = try probabilities(network, card, items)
    let classes = items.map { item in
      if case .class(let label)? = truth[item] { label } else { 0 }
    }
    return ClassificationMetrics(
      truth: classes, probabilities: ClassProbabilities(probabilities, classes: data.classes.count)
    ).named
  }

  private func multiLabel(
    _ network: Network, _ card: ModelCard, _ items: [Int], _ truth: [Int: Label]
  ) throws -> [(metric: String, value: Double)] {
    MultiLabelMetrics(
      truth: items.map { truth[$0]?.classes ?? [] },
      probabilities: ClassProbabilities(
        try probabilities(network, card, items), classes: data.classes.count)
    ).named(classes: data.classes)
  }

  private func probabilities(
    _ network: Network, _ card: ModelCard, _ items: [Int]
  ) throws -> [Float] {
    guard let trunk, items == data.test, (card.views ?? .single) == .single else {
      return try inference.rows(items) { network.probabilities($0, as: card) }.values
    }
    let table = try trunk.test()
    let rows = Tensor(table.floats(rows: 0..<items.count), [items.count, network.width])
    return withoutGradients {
      (network.head(rows.to(device), .evaluate) / card.temperature).softmax(dim: 1).floats()
    }
  }

  /// The metrics, and the mean over images of the log loss of a pixel.
  private func segmentation(
    _ network: Network, _ card: ModelCard, _ items: [Int], _ masks: any MaskSource
  ) throws -> (metrics: SegmentationMetrics, nll: Double) {
    var metrics = SegmentationMetrics(classes: data.classes.count)
    var nll = 0.0
    var bytes = [UInt8](repeating: 0, count: masks.height * masks.width)
    let logs = { network.probabilities($0, as: card).clamp(min: 1e-12).log() }
    try inference.forEach(items, forward: logs) { rows, logits in
      for (offset, row) in rows.enumerated() {
        bytes.withUnsafeMutableBufferPointer { masks.copyMask(item: items[row], into: $0) }
        let image = logits.narrow(dim: 0, start: offset, length: 1)
        let truth = Tensor(bytes.map { Int($0) }, [1, masks.height, masks.width]).to(device)
        nll += Loss.crossEntropy(image, truth, ignoring: Int(SegmentationMetrics.ignored)).item()
        metrics.add(
          truth: bytes, prediction: image.argmax(dim: 1).ints().map { UInt8($0) },
          height: masks.height, width: masks.width)
      }
    }
    return (metrics, nll / Double(items.count))
  }
}

extension [(metric: String, value: Double)] {
  fileprivate var byName: [String: Double] {
    Dictionary(uniqueKeysWithValues: map { ($0.metric, $0.value) })
  }
}
