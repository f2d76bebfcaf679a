import Foundation
import Testing
import Torch
import Training

@Suite("The loss of labelled images")
struct SupervisedLossTests {
  private let batch = ImageBatch(
    items: [0, 1, 2], pixels: Tensor.zeros([3, 1, 2, 2]), labels: Tensor([0, 0, 1], [3]),
    normalization: .half(channels: 1), keys: [])

  @Test("is cross-entropy against the prior of the sampled batches")
  func prior() {
    func loss(balance: Double) -> Double {
      SupervisedLoss(
        targets: .classes([0: 0, 1: 0, 2: 1]), items: [0, 1, 2], classes: 2, balance: balance
      )(Tensor.zeros([3, 2]), batch).item()
    }
    // Batches as they come hold two of three of class 0; balanced ones hold half.
    #expect(abs(loss(balance: 1) + (2 * log(2.0 / 3) + log(1.0 / 3)) / 3) < 1e-6)
    #expect(abs(loss(balance: 0) - log(2)) < 1e-6)
  }

  /// Losses and gradients in float64, ln π in single precision.
  private let tolerance = 2e-7

  @Test("and its gradient equal the reference, also with a class that has no label")
  func adjusted() throws {
    let labels = [0, 0, 0, 0, 0, 1, 1, 1, 3, 3]
    let batch = batch(labels: Tensor([0, 1, 0, 3, 1, 0], [6]))
    for (number, balance) in [1, 0.5, 0].enumerated() {
      let loss = SupervisedLoss(
        targets: .classes(Dictionary(uniqueKeysWithValues: labels.enumerated().map { ($0, $1) })),
        items: Array(labels.indices), classes: 4, balance: balance)
      let logits = Tensor(Golden.logits, [6, 4])
      let gradient = Array(Golden.adjustedGradients[number * 24..<(number + 1) * 24])
      try check(loss, logits, batch, Golden.adjusted[number], gradient)
    }
  }

  @Test("of class maps is that of the labelled pixels, whatever the sampler")
  func segmentation() throws {
    let masks = Tensor(
      (0..<32).map { (i: Int) -> Int in i / 4 % 4 == 1 ? 255 : i * 7 % 3 }, [2, 4, 4])
    let loss = SupervisedLoss(
      targets: .masks(TinySet.masks), items: [0, 1], classes: 3, balance: 0)
    try check(
      loss, Tensor(Golden.maps, [2, 3, 4, 4]), batch(masks: masks), Golden.segmentation,
      Golden.segmentationGradient)
  }

  private func batch(labels: Tensor? = nil, masks: Tensor? = nil) -> ImageBatch {
    ImageBatch(
      items: [], pixels: Tensor.zeros([1, 1, 2, 2]), labels: labels, masks: masks,
      normalization: .half(channels: 1), keys: [])
  }

  private func check(
    _ loss: SupervisedLoss, _ input: Tensor, _ batch: ImageBatch, _ value: Double,
    _ gradient: [Double]
  ) throws {
    let logits = input.detach()
    logits.requiresGradient = true
    let result = loss(logits, batch)
    result.backward()
    #expect(abs(result.item() - value) < tolerance)
    let found = try #require(logits.gradient).doubles()
    #expect(found.count == gradient.count)
    #expect(zip(found, gradient).allSatisfy { abs($0 - $1) < tolerance })
  }
}
