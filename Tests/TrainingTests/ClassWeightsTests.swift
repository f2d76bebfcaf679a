import Foundation
import Testing
import Torch
import Training

@Suite("What an image weighs by its class")
struct ClassWeightsTests {
  private func effective(_ beta: Double) -> ClassWeights {
    var settings = ClassWeights.EffectiveNumber()
    settings.beta = beta
    return .effectiveNumber(settings)
  }

  private func ratio(_ weights: [Double]?, _ a: Int, _ b: Int) -> Double {
    weights.map { $0[a] / $0[b] } ?? .nan
  }

  @Test("balanced: in inverse proportion to the count, 1 on average over the classes there are")
  func balanced() throws {
    let weights = try #require(ClassWeights.balanced.weights([1, 0, 4, 16]))
    #expect(abs(ratio(weights, 0, 2) - 4) < 1e-12 && abs(ratio(weights, 2, 3) - 4) < 1e-12)
    #expect(abs(weights[0] + weights[2] + weights[3] - 3) < 1e-12)
    #expect(weights[1] == 1)
  }

  @Test("effective number: (1 − β) / (1 − βⁿ), from all alike at 0 to balanced at 1")
  func effectiveNumber() throws {
    let counts = [2.0, 10, 300]
    let beta = 0.9
    let weights = effective(beta).weights(counts)
    let expected = (1 - pow(beta, 10)) / (1 - pow(beta, 2))
    #expect(abs(ratio(weights, 0, 1) - expected) < 1e-12)
    let alike = try #require(effective(0).weights(counts))
    #expect(alike.allSatisfy { abs($0 - 1) < 1e-12 })
    #expect(abs(ratio(effective(1 - 1e-7).weights(counts), 0, 2) - 150) < 0.01)
  }

  @Test("automatic and none: a network's loss weighs all images the same")
  func alike() {
    #expect(ClassWeights.automatic.weights([1, 9]) == nil)
    #expect(ClassWeights.none.weights([1, 9]) == nil)
  }

  @Test("the loss is the weighted mean, by the counts that the sampler draws")
  func loss() {
    let logits: [Double] = [1, 0, -1, 2, 0.5, 0]
    let batch = ImageBatch(
      items: [0, 1, 2], pixels: Tensor.zeros([3, 1, 2, 2]), labels: Tensor([0, 0, 1], [3]),
      normalization: .half(channels: 1), keys: [])
    func measured(_ balance: Double, _ adjustment: Double, _ weights: ClassWeights) -> Double {
      SupervisedLoss(
        targets: .classes([0: 0, 1: 0, 2: 1]), items: [0, 1, 2], classes: 2, balance: balance,
        adjustment: adjustment, classWeights: weights)(Tensor(logits, [3, 2]), batch).item()
    }
    func entropy(_ row: Int, _ label: Int, _ priors: [Double]) -> Double {
      let values = (0..<2).map { logits[2 * row + $0] + priors[$0] }
      return log(exp(values[0]) + exp(values[1])) - values[label]
    }
    let each = [entropy(0, 0, [0, 0]), entropy(1, 0, [0, 0]), entropy(2, 1, [0, 0])]
    // As they come, class 0 is drawn twice as often as class 1, and weighs half.
    #expect(abs(measured(1, 0, .none) - each.reduce(0, +) / 3) < 1e-6)
    #expect(abs(measured(1, 0, .balanced) - (each[0] + each[1] + 2 * each[2]) / 4) < 1e-6)
    // An even sampler leaves nothing to weigh.
    #expect(abs(measured(0, 0, .balanced) - each.reduce(0, +) / 3) < 1e-6)
    let priors = [0.5 * log(2.0 / 3), 0.5 * log(1.0 / 3)]
    let adjusted = entropy(0, 0, priors) + entropy(1, 0, priors) + entropy(2, 1, priors)
    #expect(abs(measured(1, 0.5, .none) - adjusted / 3) < 1e-6)
  }
}
