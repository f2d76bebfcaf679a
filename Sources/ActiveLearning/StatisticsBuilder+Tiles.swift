import Base
import Query
import Torch
import Training

extension StatisticsBuilder {
  /// What the rule reads of every tile that overlaps no labelled one: `uncertainty`, and as
  /// `probabilities` the share of each class in it, which `clasp` reads.
  ///
  /// Images take the place of groups, with the setting `perImage`.
  ///
  /// - Throws: a diagnostic where a score is not finite, naming the item.
  func tiles(
    _ grid: TileGrid, for query: QueryConfiguration, round: RoundKnowledge
  ) throws -> PoolStatistics {
    guard let score = query.score?.score, case .tile(let settings) = configuration.unit else {
      preconditionFailure("tiles are ranked by a score")
    }
    let forwards = try pixelForwards(query, score, round)
    let scores = PixelScores(score: score, aggregate: query.aggregate)
    var table = TileTable(
      grid: grid, scores: TileScores(grid: grid, aggregate: query.aggregate),
      labelled: round.tiles, hasShares: query.make().needsInSegmentation.contains(.probabilities))
    try inference.forEach(data.candidates, forward: { $0 }) { rows, images in
      let (maps, mean) = scores.maps(forwards.map { $0(images) })
      for (place, row) in rows.enumerated() {
        try table.add(
          data.candidates[row], maps.select(dim: 0, index: place),
          mean.select(dim: 0, index: place))
      }
    }
    var pool = table.statistics
    pool.limits = QueryLimits(perGroup: settings.perImage, nearCopy: nil)
    return pool
  }
}

/// The statistics of tiles in the making.
private struct TileTable {
  let grid: TileGrid
  let scores: TileScores
  let labelled: [Int: [Tile]]
  let hasShares: Bool
  private var tiles: [Tile] = []
  private var values: [Float] = []
  private var shares: [Float] = []

  init(grid: TileGrid, scores: TileScores, labelled: [Tile], hasShares: Bool) {
    (self.grid, self.scores, self.hasShares) = (grid, scores, hasShares)
    self.labelled = Dictionary(grouping: labelled, by: \.item)
  }

  /// Adds the tiles of an image: its map u `[H, W]` and p̄ `[C, H, W]`.
  mutating func add(_ item: Int, _ map: Tensor, _ mean: Tensor) throws {
    let map = map.floats()
    guard map.allSatisfy(\.isFinite) else {
      throw Diagnostic(
        "the score of a pixel is not finite", at: "item \(item)",
        fix: "train again with a lower rate; the network's weights may have overflowed")
    }
    let classes = (0..<(hasShares ? mean.shape[0] : 1)).map {
      mean.select(dim: 0, index: $0).floats()
    }
    let predicted = mean.argmax(dim: 0).to(.float32).floats()
    let values = scores.values(map, background: classes[0], classes: predicted)
    let shares = hasShares ? scores.shares(map, classes) : []
    for (place, tile) in grid.tiles(of: item).enumerated()
    where !(labelled[item]?.contains(where: tile.overlaps) ?? false) {
      tiles.append(tile)
      self.values.append(Float(values[place]))
      if hasShares { self.shares += shares[place] }
    }
  }

  /// A row for each tile; labelled ones have none.
  var statistics: PoolStatistics {
    let known = labelled.values.joined().map { $0.number(size: grid.size) }
    var pool = PoolStatistics(
      ids: tiles.map { $0.number(size: grid.size) },
      labelled: Dictionary(known.map { ($0, -1) }) { first, _ in first },
      groups: tiles.map(\.item))
    pool.tiles = tiles
    pool.uncertainty = Matrix(values, shape: [values.count, 1])
    if hasShares, !tiles.isEmpty {
      pool.probabilities = Matrix(shares, shape: [tiles.count, shares.count / tiles.count])
    }
    return pool
  }
}
