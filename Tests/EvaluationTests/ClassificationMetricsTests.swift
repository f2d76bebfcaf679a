import Evaluation
import Testing

@Suite struct ClassificationMetricsTests {
  @Test("scores equal scikit-learn's")
  func reference() throws {
    let known = try Reference.load().classification
    let scores = ClassificationMetrics(
      truth: known.truth,
      probabilities: softmax(ClassProbabilities(known.logits, classes: known.classes)))
    #expect(scores.confusion.counts == known.confusion)
    #expect(close(scores.confusion.accuracy, known.accuracy))
    #expect(close(scores.confusion.balancedAccuracy, known.balanced_accuracy))
    #expect(close(scores.confusion.macroF1, known.macro_f1))
    #expect(close(scores.confusion.kappa, known.kappa))
    #expect(close(scores.recall, known.recall))
    #expect(close(scores.auroc, known.auroc))
    #expect(close(scores.auprc, known.auprc))
    #expect(close(scores.aurocMacro, known.auroc_macro))
    #expect(close(scores.nll, known.nll, Tolerance.float32))
  }

  @Test("balanced accuracy takes the classes in the truth, macro-F1 also those predicted")
  func absentClasses() {
    // Class 2 is never true but called once, class 3 neither.
    let matrix = ConfusionMatrix(truth: [0, 0, 1, 1], predicted: [0, 0, 1, 2], classes: 4)
    #expect(close(matrix.balancedAccuracy, (1 + 0.5) / 2))
    #expect(close(matrix.macroF1, (1 + 2.0 / 3 + 0) / 3))
    #expect(matrix.recall(of: 2) == nil)
    #expect(matrix.f1(of: 2) == 0)
    #expect(matrix.f1(of: 3) == nil)
    #expect(matrix.precision(of: 2) == 0)
  }

  @Test("nothing to measure is nil, not zero")
  func empty() {
    let matrix = ConfusionMatrix(classes: 3)
    #expect(matrix.accuracy == nil && matrix.kappa == nil && matrix.macroF1 == nil)
    #expect(areaUnderROC(scores: [0.1, 0.9], positive: [true, true]) == nil)
    #expect(averagePrecision(scores: [0.1, 0.9], positive: [false, false]) == nil)
  }

  @Test("ties count half in the AUROC and share a threshold in the average precision")
  func ties() {
    let flat = areaUnderROC(scores: [1, 1, 1, 1], positive: [true, false, false, true])
    #expect(flat == 0.5)
    // Positives 3 and 2, negatives 2 and 1: of the four pairs three are right and one ties.
    #expect(areaUnderROC(scores: [3, 2, 2, 1], positive: [true, true, false, false]) == 0.875)
    // Thresholds 3 (1 of 1) and 2 (2 of 3): ½ · 1 + ½ · ⅔.
    let area = averagePrecision(scores: [3, 2, 2, 1], positive: [true, true, false, false])
    #expect(close(area, 5.0 / 6))
  }

  @Test("chance agreement gives kappa 0, and one class alone none")
  func kappa() {
    let chance = ConfusionMatrix(truth: [0, 0, 1, 1], predicted: [0, 1, 0, 1], classes: 2)
    #expect(chance.kappa == 0)
    #expect(ConfusionMatrix(truth: [0, 0], predicted: [0, 0], classes: 2).kappa == nil)
  }

  @Test("the first and the third example of a class are counted in labels")
  func labelsUntilSeen() {
    let order = [0, 0, 1, 0, 1, 1]
    #expect(labelsUntil(1, seen: 1, in: order) == 3)
    #expect(labelsUntil(1, seen: 3, in: order) == 6)
    #expect(labelsUntil(2, seen: 1, in: order) == nil)
  }

  @Test("metrics carry the names of results.csv, undefined ones are left out")
  func names() {
    let table = ClassProbabilities([0.9, 0.1, 0.2, 0.8], classes: 2)
    let scores = ClassificationMetrics(truth: [0, 1], probabilities: table)
    #expect(
      scores.named.map(\.metric) == [
        "balanced_accuracy", "macro_f1", "accuracy", "auroc_macro", "ece", "nll",
      ])
    let single = ClassificationMetrics(truth: [0, 0], probabilities: table)
    #expect(!single.named.map(\.metric).contains("auroc_macro"))
  }
}
