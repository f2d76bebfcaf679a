import Base
import Evaluation
import Models
import NN
import Torch
import Training

/// Measures a network on labelled images that it was not trained on.
struct HeldOutScore {
  let request: SemiSupRequest
  let inference: PoolInference

  /// Pixels of an image that speak for it where confidence is compared with the truth.
  private static let pixels = 2048

  /// Score and logits; of maps, `pixels` drawn from each image.
  func measure(_ network: Network, items: [Int], key: RandomKey) throws -> HeldOut {
    try network.isSegmentation ? maps(network, items, key) : images(network, items)
  }

  /// The score alone.
  func score(_ network: Network, items: [Int]) throws -> FoldScore {
    guard network.isSegmentation else { return try images(network, items).score }
    var metrics = SegmentationMetrics(classes: request.classes, distances: false)
    try forEachMap(network, items) { item, map in add(map, item, to: &metrics) }
    return score(metrics)
  }

  private func images(_ network: Network, _ items: [Int]) throws -> HeldOut {
    let rows = try inference.rows(items) { network.logits($0, .evaluate) }.values
    let truth = items.map { request.classLabels[$0] ?? 0 }
    let logits = ClassProbabilities(rows, classes: request.classes)
    return HeldOut(
      score: .classification(truth: truth, logits: logits), images: items.count, truth: truth,
      logits: rows)
  }

  private func maps(_ network: Network, _ items: [Int], _ key: RandomKey) throws -> HeldOut {
    var metrics = SegmentationMetrics(classes: request.classes, distances: false)
    var (truth, logits): ([Int], [Float]) = ([], [])
    try forEachMap(network, items) { item, map in
      add(map, item, to: &metrics)
      let mask = request.mask(item)
      let known = mask.indices.filter { mask[$0] != SegmentationMetrics.ignored }
      let drawn = key.folding(item).sample(min(Self.pixels, known.count), outOf: known.count)
        .sorted().map { known[$0] }
      truth += drawn.map { Int(mask[$0]) }
      logits += map.reshape([request.classes, -1]).t()
        .indexSelect(dim: 0, index: Tensor(drawn, [drawn.count]).to(map.device)).floats()
    }
    return HeldOut(score: score(metrics), images: items.count, truth: truth, logits: logits)
  }

  /// The logits `[C, H, W]` of each item.
  private func forEachMap(_ network: Network, _ items: [Int], _ body: (Int, Tensor) -> Void) throws
  {
    try inference.forEach(items, forward: { network.logits($0, .evaluate) }) { rows, logits in
      for (offset, row) in rows.enumerated() {
        body(items[row], logits.select(dim: 0, index: offset))
      }
    }
  }

  private func add(_ logits: Tensor, _ item: Int, to metrics: inout SegmentationMetrics) {
    metrics.add(
      truth: request.mask(item), prediction: logits.argmax(dim: 0).ints().map { UInt8($0) },
      height: logits.shape[1], width: logits.shape[2])
  }

  private func score(_ metrics: SegmentationMetrics) -> FoldScore {
    FoldScore(
      value: metrics.meanDice ?? 0,
      classes: [nil] + (1..<request.classes).map { metrics.dice(of: $0) })
  }
}

extension FoldScore {
  /// Balanced accuracy, and the recall of each class that is there.
  static func classification(truth: [Int], logits: ClassProbabilities) -> FoldScore {
    let matrix = ConfusionMatrix(
      truth: truth, predicted: logits.predicted, classes: logits.classes)
    return FoldScore(
      value: matrix.balancedAccuracy ?? 0, classes: (0..<logits.classes).map(matrix.recall))
  }
}
