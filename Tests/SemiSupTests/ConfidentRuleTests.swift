import NN
import SemiSup
import Testing
import Torch

@Suite("Confident predictions")
struct ConfidentRuleTests {
  @Test("thresholds are the least confidence at which held-out predictions are precise")
  func thresholds() {
    var table = ConfidenceTable(classes: 4)
    // Class 0: right at .95, .90, .85, .80, wrong at .70: 4 of 4 from .80 on, 4 of 5 from .70 on.
    for confidence: Float in [0.95, 0.9, 0.85, 0.8] {
      table.add(predicted: 0, confidence: confidence, isRight: true)
    }
    table.add(predicted: 0, confidence: 0.7, isRight: false)
    // Class 1: always right, even when unsure: cut to .6. Class 2: never right. Class 3: right only
    // at full confidence: cut to .99.
    table.add(predicted: 1, confidence: 0.4, isRight: true)
    table.add(predicted: 2, confidence: 0.9, isRight: false)
    table.add(predicted: 3, confidence: 1, isRight: true)
    table.add(predicted: 3, confidence: 0.995, isRight: false)
    #expect(table.thresholds(.init()) == [0.8, 0.6, nil, 0.99])
    var lenient = SemiSupConfiguration.Thresholds()
    lenient.precision = 0.8
    #expect(table.thresholds(lenient)[0] == 0.7)
  }

  @Test("an unsure pixel is absent, not background")
  func absentIsNotBackground() {
    let probabilities = Tensor([0.4, 0.45, 0.15] as [Float], [1, 3, 1, 1])
    #expect(ConfidentRule([0.8, 0.8, 0.8]).labels(probabilities).ints() == [255])
    #expect(ConfidentRule([0.4, 0.4, 0.4]).labels(probabilities).ints() == [1])
    #expect(ConfidentRule([0.4, nil, 0.4]).labels(probabilities).ints() == [255])
  }

  @Test("every class has its own threshold")
  func ownThreshold() {
    let probabilities = Tensor([0.7, 0.3, 0.3, 0.7] as [Float], [2, 2])
    #expect(ConfidentRule([0.65, 0.75]).labels(probabilities).ints() == [0, -1])
  }

  @Test("a pixel on either side of a contour is absent, the border of the image is not")
  func contourBand() {
    let rows = [[0, 0, 0, 1, 1, 1], [0, 0, 0, 1, 1, 1]]
    let band = ConfidentRule.contours(Tensor(rows.flatMap { $0 }, [1, 2, 6]))
    #expect(
      band.bools() == [
        false, false, true, true, false, false, false, false, true, true, false, false,
      ])
    let share = rows.flatMap { $0 }.map { Float($0) * 0.98 + 0.01 }
    let probabilities = Tensor(share.map { 1 - $0 } + share, [1, 2, 2, 6])
    #expect(
      ConfidentRule([0.6, 0.6]).labels(probabilities).ints()
        == [0, 0, 255, 255, 1, 1, 0, 0, 255, 255, 1, 1])
  }

  @Test("what lies outside the image is absent")
  func outside() {
    let probabilities = Tensor([0.9, 0.9, 0.1, 0.1] as [Float], [1, 2, 1, 2])
    let frame = Tensor([0, 255], [1, 1, 2])
    #expect(ConfidentRule([0.6, 0.6]).labels(probabilities, valid: frame).ints() == [0, 255])
  }

  @Test("a map is dropped where too little is left, or too little or too much is foreground")
  func wholeMaps() {
    // Two rows of four pixels; the lower one is foreground in the first map, unsure in the second.
    func map(_ foreground: [Float]) -> [Float] { foreground.map { 1 - $0 } + foreground }
    let sure = map([0.05, 0.05, 0.05, 0.05, 0.05, 0.05, 0.05, 0.95])
    let unsure = map([0.05, 0.05, 0.05, 0.05, 0.45, 0.45, 0.45, 0.45])
    let probabilities = Tensor(sure + unsure, [2, 2, 2, 4])
    func kept(_ areas: ClosedRange<Double>, from threshold: Double = 0.5) -> [Int] {
      let labels = ConfidentRule([threshold, threshold], areas: areas).labels(probabilities)
      return labels.ne(ConfidentRule.absentPixel).to(.int64).sum(dim: [1, 2]).ints()
    }
    // An eighth of the first map is foreground, and the contour takes four of its pixels: half is
    // left. Of the second map nothing is foreground.
    #expect(kept(0...1) == [4, 8])
    #expect(kept(0.01...1) == [4, 0])
    #expect(kept(0.125...0.125) == [4, 0])
    #expect(kept(0.2...1) == [0, 0])
    #expect(kept(0...0.1) == [0, 8])
    // Below .56 a pixel of the second map is unsure: half of it is left, then less.
    #expect(kept(0...1, from: 0.56) == [4, 4])
    #expect(kept(0...1, from: 0.96) == [0, 0])
  }

  @Test("believed areas reach from half the smallest to twice the largest labelled ones")
  func areas() {
    let areas = LabelledPrior.areas([0.1, 0.2, 0.4])
    // First percentile .102, 99th .396.
    #expect(abs(areas.lowerBound - 0.051) < 1e-12 && abs(areas.upperBound - 0.792) < 1e-12)
    #expect(LabelledPrior.areas([0, 0]) == 0...0)
  }

  @Test("labels of images and pixels, and the losses on them, equal the reference")
  func reference() {
    let classes = ConfidentRule([0.8, 0.8, 0.8]).labels(
      Tensor(Golden.images, [6, 3]).softmax(dim: 1).to(.float32))
    #expect(classes.ints() == Golden.classes)
    let classLoss = Loss.crossEntropy(
      Tensor(Golden.views, [6, 3]), classes, ignoring: ConfidentRule.absentImage)
    #expect(abs(classLoss.item() - Golden.classLoss) < 1e-9)
    let pixels = ConfidentRule([0.6, 0.6, 0.6], areas: 0...1).labels(
      Tensor(Golden.weak, [2, 3, 12, 12]).softmax(dim: 1).to(.float32))
    #expect(pixels.ints() == Golden.pixels)
    let pixelLoss = Loss.crossEntropy(
      Tensor(Golden.strong, [2, 3, 12, 12]), pixels, ignoring: ConfidentRule.absentPixel)
    #expect(abs(pixelLoss.item() - Golden.pixelLoss) < 1e-9)
  }

  @Test("when nothing is confident the loss is nought and finite")
  func nothing() {
    let logits = Tensor([0.1, 0.2, 0.3, 0.4] as [Float], [1, 2, 1, 2])
    logits.requiresGradient = true
    let labels = ConfidentRule([nil, nil]).labels(logits.detach().softmax(dim: 1))
    let loss = Loss.crossEntropy(logits, labels, ignoring: ConfidentRule.absentPixel)
    loss.backward()
    #expect(loss.item() == 0)
    #expect(logits.gradient?.floats() == [0, 0, 0, 0])
  }
}
