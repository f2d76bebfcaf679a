import Pretrain
import Testing
import Torch

@Suite struct CollapseStatisticsTests {
  @Test("equals the reference")
  func reference() {
    let statistics = CollapseStatistics(portable(15, [16, 8]))
    #expect(abs(statistics.spread - 0.979247382) < 1e-8)
    #expect(abs(statistics.effectiveRank - 7.419021662) < 1e-8)
    #expect(abs(statistics.effectiveRankOfVariance - 6.236600289) < 1e-8)
    #expect(abs(statistics.meanCosine - 0.017748121) < 1e-8)
    #expect(!statistics.hasCollapsed)
  }

  @Test("sees a network that maps everything to almost one point")
  func collapse() {
    let point = portable(3, [1, 8])
    let rows = point.expand([16, 8]) + portable(15, [16, 8]) * 0.001
    let statistics = CollapseStatistics(rows)
    #expect(statistics.hasCollapsed)
    #expect(statistics.spread < CollapseStatistics.collapsedSpread)
  }
}
