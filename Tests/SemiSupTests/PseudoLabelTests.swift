import Evaluation
import SemiSup
import Testing

@Suite("Pseudo-labels of images")
struct PseudoLabelTests {
  @Test("the surer half of every class is taken, as far as it reaches the threshold")
  func select() {
    let ones: [Float] = [0.1, 0.2, 0.3, 0.35, 0.95, 0.9, 0.6]
    let shares = ClassProbabilities(ones.flatMap { [1 - $0, $0] }, classes: 2)
    // Predicted 0: rows 0 to 3, of which 0 and 1. Predicted 1: rows 4 to 6, of which 4 and 5.
    func select(_ thresholds: [Double?], prior: [Double] = [0.6, 0.4]) -> [PseudoLabel] {
      PseudoLabel.select(shares, thresholds: thresholds, quota: 0.5, prior: prior)
    }
    let half = select([0.6, 0.6])
    #expect(half.map(\.row) == [0, 1, 4, 5])
    #expect(half.map(\.label) == [0, 0, 1, 1])
    #expect(select([0.85, nil]) == [PseudoLabel(row: 0, label: 0)])
    // A class that the labels rarely show: half of a tenth of seven images, rounded up, is one.
    #expect(select([0.6, 0.6], prior: [0.1, 0.9]).map(\.row) == [0, 4, 5])
  }

  @Test("labels keep at least half of the loss in every class")
  func weights() {
    let pseudo = [0, 0, 0, 0, 1].enumerated().map { PseudoLabel(row: $0, label: $1) }
    #expect(
      PseudoLabel.weights(pseudo, beside: [0, 0, 1, 1]) == [0.5, 0.5, 0.5, 0.5, 1])
  }
}
