import Base
import NN
import Testing
import Torch

@Suite struct LossTests {
  private let x = portable(20, [2, 3, 4, 4]) * 3
  private let y = portable(21, [2, 3, 4, 4]) * 3
  private let labels = Tensor((0..<32).map { (i: Int) -> Int in i * 7 % 3 }, [2, 4, 4])
  private let holed = Tensor(
    (0..<32).map { (i: Int) -> Int in i / 4 % 4 == 1 ? 255 : i * 7 % 3 }, [2, 4, 4])
  private let weights = Tensor([0.5, 1.0, 2.0], [3])
  private let w = portable(60, [6, 3]) * 3
  private let s = portable(61, [6, 3]) * 3

  @Test("the inputs are those of the reference")
  func inputs() {
    #expect(agrees(portable(1, [4]), Golden.portable))
  }

  @Test("soft Dice is SSL4MIS's, over kept pixels only")
  func softDice() {
    let (px, py) = (x.softmax(dim: 1), y.softmax(dim: 1))
    #expect(agrees(Loss.softDice(px, labels), [Golden.softDice]))
    #expect(agrees(Loss.softDice(px, py.argmax(dim: 1)), [Golden.crossTeaching[0]]))
    #expect(agrees(Loss.softDice(py, px.argmax(dim: 1)), [Golden.crossTeaching[1]]))
    let (confidence, guess) = px.max(dim: 1)
    let kept = Loss.softDice(py, guess, keep: confidence.ge(0.6))
    #expect(agrees(kept, [Golden.confidentDice]))
  }

  @Test("cross-entropy is PyTorch's, weighted, smoothed, with holes")
  func crossEntropy() {
    #expect(agrees(Loss.crossEntropy(x, labels), [Golden.crossEntropy]))
    #expect(agrees(Loss.crossEntropies(x, labels).mean(), [Golden.crossEntropy]))
    #expect(
      agrees(Loss.crossEntropy(x, labels, weights: weights), [Golden.crossEntropyWeighted]))
    #expect(
      agrees(
        Loss.crossEntropy(x, holed, weights: weights, ignoring: 255),
        [Golden.crossEntropyWeightedIgnoring]))
    #expect(
      agrees(Loss.crossEntropy(x, labels, smoothing: 0.1), [Golden.crossEntropySmoothed]))
    #expect(
      agrees(
        Loss.crossEntropy(x, y.argmax(dim: 1)), [Golden.crossPseudoSupervision[0]]))
  }

  @Test("the segmentation loss is half of each, without the ignored pixels")
  func segmentation() {
    #expect(agrees(Loss.segmentation(x, labels), [Golden.segmentation]))
    #expect(agrees(Loss.segmentation(x, holed), [Golden.segmentationIgnoring]))
  }

  @Test("a batch without any label has a loss of zero and gradients of zero")
  func nothingLabelled() throws {
    let logits = x.detach()
    logits.requiresGradient = true
    let none = Tensor.full([2, 4, 4], 255, dtype: .int64)
    for classWeights in [nil, weights] {
      logits.zeroGradient()
      let loss = Loss.crossEntropy(logits, none, weights: classWeights, ignoring: 255)
      loss.backward()
      #expect(loss.item() == 0)
      #expect(try #require(logits.gradient).abs().max().item() == 0)
    }
    #expect(Loss.segmentation(logits, none).isFinite().item() == 1)
  }

  @Test("consistency losses are those of their formulas")
  func consistency() {
    #expect(agrees(Loss.meanSquared(x.softmax(dim: 1), y.softmax(dim: 1)), [Golden.meanSquared]))
    let p = w.softmax(dim: 1)
    #expect(agrees(Loss.crossEntropy(s, probabilities: p), [Golden.softCrossEntropy]))
    #expect(agrees(Loss.kullbackLeibler(p, s), [Golden.kullbackLeibler]))
    #expect(agrees(Loss.entropies(p), Golden.entropies))
    let (a, b) = (portable(1, [4, 8]), portable(2, [4, 8]))
    #expect(agrees(Loss.cosineDistance(a, b), [Golden.cosineDistance]))
    #expect(abs(Loss.cosineDistance(a, a * 3).item()) < goldenTolerance)
  }

  @Test("certain probabilities have an entropy and a divergence of zero")
  func certainty() {
    let certain = Tensor([1.0, 0, 0], [1, 3])
    #expect(Loss.entropies(certain).item() == 0)
    #expect(abs(Loss.kullbackLeibler(certain, Tensor([100.0, 0, 0], [1, 3])).item()) < 1e-12)
    #expect(Loss.normalized(Tensor([0.0, 0], [1, 2])).doubles() == [0, 0])
  }

  @Test("losses have the gradients of their formulas")
  func gradients() {
    let keep = labels.ne(1)
    let losses: [([Tensor]) -> Tensor] = [
      { Loss.softDice($0[0].softmax(dim: 1), labels, keep: keep) },
      { Loss.segmentation($0[0], holed, weights: weights) },
      { Loss.crossEntropy($0[0], labels, weights: weights, smoothing: 0.2) },
      { Loss.kullbackLeibler($0[1].softmax(dim: 1), $0[0]) },
      { Loss.meanSquared($0[0], $0[1]) },
    ]
    for loss in losses {
      let error = GradientCheck.error([x.detach().clone(), y.detach().clone()]) {
        loss($0) + $0[1].sum() * 0
      }
      #expect(error < GradientCheck.tolerance)
    }
    let rows = [portable(1, [4, 8]), portable(2, [4, 8])]
    #expect(
      GradientCheck.error(rows) { Loss.cosineDistance($0[0], $0[1]) } < GradientCheck.tolerance)
  }
}
