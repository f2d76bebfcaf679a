import Evaluation
import Pretrain
import Testing
import Torch

@Suite struct NearestNeighbourProbeTests {
  @Test("equals the reference")
  func reference() {
    let probe = NearestNeighbourProbe(
      bank: portable(13, [12, 8]), labels: (0..<12).map { $0 % 3 }, classes: 3, neighbours: 5)
    let votes = probe.probabilities(portable(14, [4, 8]))
    #expect(votes.predicted == Golden.called)
    #expect(votes.values.count == Golden.votes.count)
    for (vote, wanted) in zip(votes.values, Golden.votes) {
      #expect(abs(Double(vote) - wanted) < 1e-7)
    }
  }

  @Test("more neighbours than there are, one label, one class, equal and vanishing features")
  func edges() {
    func votes(_ bank: [Float], _ labels: [Int], classes: Int, neighbours: Int?) -> [Float] {
      NearestNeighbourProbe(
        bank: Tensor(bank, [labels.count, 2]), labels: labels, classes: classes,
        neighbours: neighbours
      ).probabilities(Tensor([1, 0, 0, 0] as [Float], [2, 2])).values
    }
    #expect(votes([1, 0], [1], classes: 2, neighbours: 20) == [0, 1, 0, 1])
    #expect(votes([1, 0, 0, 1], [0, 0], classes: 1, neighbours: nil) == [1, 1])
    // Equally near: the first in the bank of one neighbour, shares of both of two.
    #expect(votes([1, 0, 1, 0], [1, 0], classes: 2, neighbours: 1) == [0, 1, 0, 1])
    #expect(votes([1, 0, 1, 0], [1, 0], classes: 2, neighbours: 9) == [0.5, 0.5, 0.5, 0.5])
    #expect(votes([0, 0, 0, 0], [1, 0], classes: 2, neighbours: 2) == [0.5, 0.5, 0.5, 0.5])
  }

  @Test("takes fewer neighbours when labels are few")
  func neighbours() {
    let probe = NearestNeighbourProbe(
      bank: Tensor([1, 0, 0, 1, 0, 1] as [Float], [3, 2]), labels: [0, 1, 1], classes: 2)
    #expect(probe.probabilities(Tensor([1, 0.1] as [Float], [1, 2])).values == [1, 0])
  }
}
