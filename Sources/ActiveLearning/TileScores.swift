package import Query

/// What the tiles of one image are worth, from a map of its pixels.
package struct TileScores {
  let grid: TileGrid
  let aggregate: PixelAggregate
  private static let least = 1e-9

  /// Scores of the tiles of `grid`, brought to one number by `aggregate`.
  package init(grid: TileGrid, aggregate: PixelAggregate) {
    (self.grid, self.aggregate) = (grid, aggregate)
  }

  /// One number a tile: for `mean` through a summed-area table, for other aggregates over the tile's
  /// own pixels.
  ///
  /// - Parameters:
  ///   - map: u `[size, size]`.
  ///   - background: P(background) `[size, size]`.
  ///   - classes: the predicted class of every pixel, for aggregates that read it.
  /// - Returns: numbers in the order of the grid.
  package func values(
    _ map: [Float], background: [Float], classes: [Float] = []
  ) -> [Double] {
    if case .mean = aggregate { return grid.means(map).map { max($0, 0) } }
    return grid.tiles(of: 0).map { tile in
      aggregate.value(
        grid.pixels(of: tile, in: map), background: grid.pixels(of: tile, in: background),
        classes: classes.isEmpty ? [] : grid.pixels(of: tile, in: classes).map { Int($0) },
        width: grid.side)
    }
  }

  /// Of each tile the share of each class in its score, Σ u·p_c / Σ u.
  ///
  /// Times the mean of u it is the mean of u·p_c, ClaSP's score of a class. Where u is as good as
  /// zero throughout, it is the mean of p_c.
  ///
  /// - Parameters:
  ///   - map: u `[size, size]`.
  ///   - probabilities: p_c `[size, size]` of each class.
  /// - Returns: `[tiles][C]`, each summing to one.
  package func shares(_ map: [Float], _ probabilities: [[Float]]) -> [[Float]] {
    let (scores, plain) = (grid.means(map), probabilities.map(grid.means))
    let weighted = probabilities.map { p in grid.means(zip(map, p).map { $0 * $1 }) }
    return scores.indices.map { tile in
      probabilities.indices.map { label in
        Float(scores[tile] > Self.least ? weighted[label][tile] / scores[tile] : plain[label][tile])
      }
    }
  }
}
