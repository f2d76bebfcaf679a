import Pretrain
import Testing
import Torch

@Suite struct NearestNeighbourProbeTests {
  private func rows(_ seed: Int, _ count: Int) -> [[Float]] {
    let values = portable(seed, [count, 8]).doubles().map { Float($0) }
    return (0..<count).map { Array(values[$0 * 8..<$0 * 8 + 8]) }
  }

  @Test("equals the reference")
  func reference() {
    let probe = NearestNeighbourProbe(
      bank: rows(13, 12), labels: (0..<12).map { $0 % 3 }, classes: 3, neighbours: 5)
    let queries = rows(14, 4)
    #expect(queries.map(probe.predict) == [2, 1, 2, 2])
    let expected = [0.061396271, 0.018253027, 0.920350702]
    for (value, wanted) in zip(probe.probabilities(queries[0]), expected) {
      #expect(abs(value - wanted) < 2e-5)
    }
  }

  @Test("takes fewer neighbours when labels are few")
  func neighbours() {
    let probe = NearestNeighbourProbe(
      bank: [[1, 0], [0, 1], [0, 1]], labels: [0, 1, 1], classes: 2)
    #expect(probe.predict([1, 0.1]) == 0)
    #expect(probe.probabilities([1, 0.1]) == [1, 0])
  }
}
