package import Models
import NN
package import Torch
package import Training

/// The labelled items that a network gets wrong (H).
package struct HardItems {
  let pixels: any PixelSource
  let normalization: Normalization
  let device: Device

  package init(pixels: any PixelSource, normalization: Normalization, device: Device) {
    (self.pixels, self.normalization, self.device) = (pixels, normalization, device)
  }

  /// Those that the network gets wrong, in the order of `items`.
  ///
  /// Classification: the predicted class is another; of several classes, the set is. Segmentation: the image's cross-entropy lies
  /// above the 75th percentile of `items`.
  package func find(_ network: Network, items: [Int], targets: Targets) throws -> [Int] {
    switch targets {
    case .none: []
    case .classes(let labels): try misclassified(network, items, labels)
    case .classSets(let sets, _): try misjudged(network, items, sets)
    case .masks(let masks): try aboveThirdQuartile(network, items, masks)
    }
  }

  private var inference: PoolInference {
    PoolInference(pixels, normalization: normalization, device: device)
  }

  private func misclassified(
    _ network: Network, _ items: [Int], _ labels: [Int: Int]
  ) throws -> [Int] {
    var wrong: [Int] = []
    try inference.forEach(items, forward: { network.logits($0, .evaluate).argmax(dim: 1) }) {
      rows, predicted in
      for (row, label) in zip(rows, predicted.ints()) where labels[items[row]] != label {
        wrong.append(items[row])
      }
    }
    return wrong
  }

  /// Those with a class too many or too few at a threshold of 1/2.
  private func misjudged(
    _ network: Network, _ items: [Int], _ sets: [Int: Set<Int>]
  ) throws -> [Int] {
    var wrong: [Int] = []
    try inference.forEach(items, forward: { network.logits($0, .evaluate) }) { rows, logits in
      let (values, classes) = (logits.floats(), logits.shape[1])
      for (offset, row) in rows.enumerated() {
        let found = (0..<classes).filter { values[offset * classes + $0] >= 0 }
        if Set(found) != sets[items[row]] ?? [] { wrong.append(items[row]) }
      }
    }
    return wrong
  }

  private func aboveThirdQuartile(
    _ network: Network, _ items: [Int], _ masks: any MaskSource
  ) throws -> [Int] {
    var losses: [Double] = []
    try inference.forEach(items, forward: { network.logits($0, .evaluate).logSoftmax(dim: 1) }) {
      rows, logs in
      for (offset, row) in rows.enumerated() {
        losses.append(
          Self.crossEntropy(logs.select(dim: 0, index: offset), masks, item: items[row]))
      }
    }
    let limit = losses.sorted()[max((losses.count * 3 + 3) / 4 - 1, 0)]
    return zip(items, losses).filter { $0.1 > limit }.map(\.0)
  }

  private static func crossEntropy(_ logs: Tensor, _ masks: any MaskSource, item: Int) -> Double {
    var bytes = [UInt8](repeating: 0, count: masks.height * masks.width)
    bytes.withUnsafeMutableBufferPointer { masks.copyMask(item: item, into: $0) }
    let values = logs.floats()
    var (sum, count) = (0.0, 0)
    for (position, label) in bytes.enumerated() where label != 255 {
      sum -= Double(values[Int(label) * bytes.count + position])
      count += 1
    }
    return sum / Double(max(count, 1))
  }
}
