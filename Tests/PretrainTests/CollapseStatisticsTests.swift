import Pretrain
import Testing
import Torch

@Suite struct CollapseStatisticsTests {
  @Test("equals the reference")
  func reference() {
    let statistics = CollapseStatistics(portable(15, [16, 8]))
    let values = [
      statistics.spread, statistics.effectiveRank, statistics.effectiveRankOfVariance,
      statistics.meanCosine,
    ]
    for (value, wanted) in zip(values, Golden.collapse) { #expect(abs(value - wanted) < 1e-9) }
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
