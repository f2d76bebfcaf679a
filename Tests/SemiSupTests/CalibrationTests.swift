import Base
import Evaluation
import SemiSup
import Testing

@Suite("Held-out predictions")
struct CalibrationTests {
  /// Two classes, 400 images: logits of ±4 (confidence .982), of which every tenth is wrong.
  private func overconfident() -> HeldOut {
    let truth = (0..<400).map { $0 % 2 }
    let logits = truth.enumerated().flatMap { row, label -> [Float] in
      let says = row % 10 == 0 ? 1 - label : label
      return says == 0 ? [4, 0] : [0, 4]
    }
    return HeldOut(
      score: FoldScore(value: 0.9, classes: [0.9, 0.9]), images: 400, truth: truth, logits: logits)
  }

  @Test("thresholds speak of calibrated probabilities")
  func calibrated() {
    let calibration = Calibration([overconfident()], classes: 2, .init())
    // σ(4 / T) = .9 at T = 4 / ln 9 = 1.82; shrunk towards 1.3 with the weight of 50 labels.
    let expected = Temperature(
      truth: overconfident().truth,
      logits: ClassProbabilities(overconfident().logits, classes: 2)
    ).value
    #expect(calibration.temperature == expected)
    #expect((1.7..<1.82).contains(calibration.temperature))
    // Confidence is .907 at T = 1.754, right in nine of ten: the threshold is not .982.
    let threshold = calibration.thresholds[0] ?? 0
    #expect((0.9..<0.92).contains(threshold))
  }

  @Test("the score of all folds is that of all images")
  func pooled() {
    func fold(_ value: Double, _ images: Int, _ truth: [Int], _ logits: [Float]) -> HeldOut {
      HeldOut(
        score: FoldScore(value: value, classes: []), images: images, truth: truth, logits: logits)
    }
    // Class 0: one of three found; class 1: one of one.
    let folds = [fold(0.5, 3, [0, 0, 1], [1, 0, 0, 1, 0, 1]), fold(0, 1, [0], [0, 1])]
    let accuracy = HeldOut.score(folds, classes: 2, segmentation: false)
    #expect(abs(accuracy - (1.0 / 3 + 1) / 2) < 1e-12)
    #expect(HeldOut.score(folds, classes: 2, segmentation: true) == 0.375)
  }

  @Test("labelled images of another kind are told apart, of the same kind they are not")
  func shift() throws {
    let key = RandomKey(seed: 11)
    func features(moved: Float) -> [Float] {
      (0..<200).flatMap { row in
        (0..<4).map { column in
          Float(key.folding(row).folding(column).normal()) + (row < 50 && column == 0 ? moved : 0)
        }
      }
    }
    func area(_ moved: Float) throws -> Double {
      try #require(
        ShiftTest.areaUnderROC(
          features(moved: moved), labelled: 50, groups: (0..<200).map { $0 / 2 }, key: key))
    }
    #expect(try area(4) > 0.95)
    #expect(try (0.3..<0.7).contains(area(0)))
    #expect(
      ShiftTest.areaUnderROC(
        features(moved: 4), labelled: 50, groups: (0..<200).map { _ in 0 }, key: key) == nil)
  }
}
