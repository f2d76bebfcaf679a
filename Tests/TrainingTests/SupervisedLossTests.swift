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
}
