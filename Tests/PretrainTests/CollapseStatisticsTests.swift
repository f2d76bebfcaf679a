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

  @Test("equal rows, and rows of zeros, have no spread and rank 1")
  func equal() {
    for value in [0.5, 0] {
      let statistics = CollapseStatistics(Tensor.full([6, 4], value, dtype: .float64))
      #expect(abs(statistics.spread) < 1e-9)
      #expect(abs(statistics.effectiveRank - 1) < 1e-4)
      #expect(abs(statistics.effectiveRankOfVariance - 1) < 1e-4)
      #expect(statistics.hasCollapsed && statistics.meanCosine.isFinite)
    }
  }

  @Test("numbers that are not finite are no collapse, and have no spread")
  func notFinite() {
    for value in [Double.nan, .infinity] {
      let rows = portable(15, [16, 8])
      rows.narrow(dim: 0, start: 3, length: 1).fill_(value)
      let statistics = CollapseStatistics(rows)
      #expect(statistics.spread.isNaN && statistics.effectiveRank.isNaN)
      #expect(!statistics.hasCollapsed)
    }
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
