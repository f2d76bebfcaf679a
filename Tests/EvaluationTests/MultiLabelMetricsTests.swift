import Evaluation
import Foundation
import Testing

@Suite("Scores of several classes an image")
struct MultiLabelMetricsTests {
  /// Columns: 0 ranked perfectly, 1 the other way round, 2 without a positive image.
  private let table = ClassProbabilities(
    [0.9, 0.2, 0.1, 0.8, 0.6, 0.2, 0.3, 0.7, 0.3, 0.1, 0.8, 0.4], classes: 3)
  private let truth: [Set<Int>] = [[0, 1], [0], [], []]

  @Test("average precision and AUROC are of each class, means of the classes that have them")
  func means() throws {
    let metrics = MultiLabelMetrics(truth: truth, probabilities: table)
    #expect(close(metrics.averagePrecision[0], 1))
    // The one positive of four stands last: precision 1/4 at full recall.
    #expect(close(metrics.averagePrecision[1], 0.25))
    #expect(metrics.averagePrecision[2] == nil && metrics.auroc[2] == nil)
    #expect(close(metrics.meanAveragePrecision, 0.625))
    #expect(close(metrics.aurocMacro, 0.5))
  }

  @Test("accuracy and log loss are over pairs of image and class")
  func pairs() {
    let metrics = MultiLabelMetrics(truth: truth, probabilities: table)
    // Class 0 is right four times, class 1 never, class 2 always.
    #expect(close(metrics.accuracy, 8.0 / 12))
    var loss = 0.0
    for row in 0..<4 {
      for label in 0..<3 {
        let p = table[row, label]
        loss -= log(truth[row].contains(label) ? p : 1 - p)
      }
    }
    #expect(close(metrics.nll, loss / 12, Tolerance.float32))
  }

  @Test("what is not defined has no row, and nothing to measure has none at all")
  func absent() {
    let named = MultiLabelMetrics(truth: truth, probabilities: table)
      .named(classes: ["a", "b", "c"])
    #expect(
      named.map(\.metric) == [
        "mean_average_precision", "auroc_macro", "accuracy", "nll", "ap_a", "ap_b",
      ])
    let none = MultiLabelMetrics(truth: [], probabilities: ClassProbabilities([], classes: 3))
    #expect(none.named(classes: ["a", "b", "c"]).isEmpty)
    #expect(StudyMode.multiLabel.headline == named[0].metric)
  }
}
