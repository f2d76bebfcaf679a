import Evaluation
import Testing

@Suite struct RankCorrelationTests {
  @Test("is 1 and −1 for any rising and falling relation, nil where nothing varies")
  func monotone() {
    #expect(spearmanCorrelation([1, 2, 3, 9], [1, 4, 9, 1000]) == 1)
    #expect(spearmanCorrelation([1, 2, 3], [5, 2, -7]) == -1)
    #expect(spearmanCorrelation([1, 1, 1], [1, 2, 3]) == nil)
    #expect(spearmanCorrelation([], []) == nil)
    #expect(spearmanCorrelation([1], [2]) == nil)
  }

  @Test("ties have their mean rank")
  func ties() throws {
    // Ranks 1.5, 1.5, 3, 4 and 1, 2, 3, 4: products −1.5·… sum to 4.5 of √(4.5 · 5).
    let value = try #require(spearmanCorrelation([1, 1, 2, 3], [1, 2, 3, 4]))
    #expect(abs(value - 4.5 / (4.5 * 5).squareRoot()) < 1e-12)
  }
}
