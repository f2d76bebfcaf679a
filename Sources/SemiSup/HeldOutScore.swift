import Evaluation
import Models
import NN
import Torch
import Training

/// Measures a network on labelled images that it was not trained on.
struct HeldOutScore {
  let request: SemiSupRequest
  let inference: PoolInference

  /// Balanced accuracy or mean foreground Dice, 0 to 1, and how confidence and truth go together.
  func measure(_ network: Network, items: [Int]) -> (score: Double, table: ConfidenceTable) {
    network.isSegmentation ? maps(network, items) : images(network, items)
  }

  private func images(
    _ network: Network, _ items: [Int]
  ) -> (score: Double, table: ConfidenceTable) {
    let rows = inference.rows(items) { network.probabilities($0) }.values
    let shares = ClassProbabilities(rows, classes: request.classes)
    let truth = items.map { request.classLabels[$0] ?? 0 }
    var table = ConfidenceTable(classes: request.classes)
    for (row, best) in shares.predicted.enumerated() {
      table.add(
        predicted: best, confidence: Float(shares[row, best]), isRight: best == truth[row])
    }
    let matrix = ConfusionMatrix(
      truth: truth, predicted: shares.predicted, classes: request.classes)
    return (matrix.balancedAccuracy ?? 0, table)
  }

  private func maps(_ network: Network, _ items: [Int]) -> (score: Double, table: ConfidenceTable) {
    var table = ConfidenceTable(classes: request.classes)
    var metrics = SegmentationMetrics(classes: request.classes, distances: false)
    inference.forEach(items, forward: { network.probabilities($0) }) { rows, shares in
      let (confidence, label) = shares.max(dim: 1)
      let (height, width) = (label.shape[1], label.shape[2])
      for (offset, row) in rows.enumerated() {
        let truth = request.mask(items[row])
        let predicted = label.select(dim: 0, index: offset).ints()
        let sureness = confidence.select(dim: 0, index: offset).floats()
        for pixel in truth.indices where truth[pixel] != 255 {
          table.add(
            predicted: predicted[pixel], confidence: sureness[pixel],
            isRight: predicted[pixel] == Int(truth[pixel]))
        }
        metrics.add(
          truth: truth, prediction: predicted.map { UInt8($0) }, height: height, width: width)
      }
    }
    return (metrics.meanDice ?? 0, table)
  }
}
