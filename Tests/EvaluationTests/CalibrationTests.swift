import Evaluation
import Foundation
import Testing

@Suite struct CalibrationTests {
  @Test("of distinct confidences the error is that of NumPy's equal split")
  func equalMass() throws {
    let known = try Reference.load().calibration
    let table = ClassProbabilities(known.confidence.flatMap { [$0, 1 - $0] }, classes: 2)
    let truth = known.right.map { $0 ? 0 : 1 }
    #expect(close(expectedCalibrationError(truth: truth, probabilities: table), known.ece))
  }

  @Test("equal confidences stay in one bin, whatever the order of the cases")
  func tiesStayTogether() {
    // Seventy of a hundred right at confidence 0.7: calibrated, though any cut would not be.
    let table = ClassProbabilities((0..<100).flatMap { _ in [Float(0.7), 0.3] }, classes: 2)
    let truth = (0..<100).map { $0 < 70 ? 0 : 1 }
    let error = expectedCalibrationError(truth: truth, probabilities: table)
    #expect(close(error, 0, Tolerance.float32))
    #expect(reliability(truth: truth, probabilities: table).map(\.count) == [100])
  }

  @Test("a confident miss costs its logarithm, and never more than 1e-12 would")
  func likelihood() {
    let table = ClassProbabilities([0.75, 0.25, 1, 0], classes: 2)
    let loss = negativeLogLikelihood(truth: [1, 1], probabilities: table)
    #expect(close(loss, (log(4) + 12 * log(10)) / 2))
    #expect(negativeLogLikelihood(truth: [], probabilities: table) == nil)
  }

  @Test("the fitted temperature is SciPy's minimum")
  func fit() throws {
    let known = try Reference.load().classification
    let logits = ClassProbabilities(known.logits, classes: known.classes)
    let temperature = Temperature(truth: known.truth, logits: logits)
    #expect(close(temperature.fitted, known.temperature, Tolerance.search))
    let shrunk = (60 * log(known.temperature) + 50 * log(1.3)) / 110
    #expect(close(log(temperature.value), shrunk, Tolerance.search))
  }

  @Test("without a label the temperature is 1.3, and it stays in 0.5 … 10")
  func range() {
    let none = Temperature(truth: [], logits: ClassProbabilities([], classes: 2))
    #expect(close(none.value, 1.3))
    let sure = ClassProbabilities((0..<10).flatMap { _ in [Float(1), 0] }, classes: 2)
    #expect(close(Temperature(truth: Array(repeating: 0, count: 10), logits: sure).fitted, 0.5))
    #expect(close(Temperature(truth: Array(repeating: 1, count: 10), logits: sure).fitted, 10))
  }

  @Test("a temperature changes confidence, not the order of a case's classes")
  func order() {
    let logits = ClassProbabilities([2, 1, -1, 0, 0.5, 3], classes: 3)
    let warm = softmax(logits, temperature: 4)
    #expect(warm.predicted == logits.predicted)
    #expect(close(warm[0, 0] + warm[0, 1] + warm[0, 2], 1, Tolerance.float32))
    #expect(warm[0, 0] < softmax(logits)[0, 0])
  }
}
