import Base
import Foundation
import Testing
import Torch
import Training

@Suite("The loss of images with several classes")
struct MultiLabelLossTests {
  private let sets: [Int: Set<Int>] = [0: [0, 1], 1: [0], 2: [], 3: [0]]
  private let logits = (0..<12).map { Double($0 * 7 % 11) / 4 - 1 }

  private func loss(_ weights: ClassWeights) -> Double {
    let stream = BatchStream(
      BatchSampler([0, 1, 2, 3], batch: 4, key: RandomKey(seed: 1)), pixels: TinySet.pixels,
      targets: .classSets(sets, classes: 3), normalization: .half(channels: 1))
    guard let batch = try? BatchLoader(stream).batches(step: 0)[0] else { return .nan }
    let rows = batch.items.flatMap { item in logits[item * 3..<item * 3 + 3].map { Float($0) } }
    return SupervisedLoss(
      targets: .classSets(sets, classes: 3), items: [0, 1, 2, 3], classes: 3, balance: 1,
      classWeights: weights)(Tensor(rows, [4, 3]), batch).item()
  }

  private func expected(_ weights: [Double]) -> Double {
    var sum = 0.0
    for item in 0..<4 {
      for label in 0..<3 {
        let p = 1 / (1 + exp(-logits[item * 3 + label]))
        sum -= sets[item]?.contains(label) == true ? weights[label] * log(p) : log(1 - p)
      }
    }
    return sum / 12
  }

  @Test("is binary cross-entropy, mean over images and classes, whatever the order of the batch")
  func plain() {
    #expect(abs(loss(.automatic) - expected([1, 1, 1])) < 1e-6)
  }

  @Test("positives weigh as all negatives do, in numbers or in effective numbers")
  func weighted() {
    // Of four images 3, 1 and none have the class; a class that none has weighs 1.
    #expect(abs(loss(.balanced) - expected([1.0 / 3, 3, 1])) < 1e-6)
    var settings = ClassWeights.EffectiveNumber()
    settings.beta = 0.5
    let ratio = (1 - pow(0.5, 3)) / (1 - 0.5)
    #expect(abs(loss(.effectiveNumber(settings)) - expected([1 / ratio, ratio, 1])) < 1e-6)
  }
}
