import Base
import Pool
import Query

extension RoundDriver {
  /// Tiles by the round's rule: drawn, ranked by the score of each, or one of each image that the
  /// rule chooses.
  func tiles(_ round: Int, _ known: RoundKnowledge, _ budget: Int) throws -> [Pick] {
    let last = (1...).first { configuration.rounds.total(round: $0, size: .max) == nil } ?? 1
    let rule = rule(round, known).annealed(round: round - 1, of: last - 1)
    guard let grid, let choice = rule.tileChoice else {
      preconditionFailure("a rule that cannot choose tiles is refused beforehand")
    }
    switch choice {
    case .drawn(let tiles): return try draw(tiles, budget, grid, known, round)
    case .ranked: return try ranked(rule, budget, grid, known, round)
    case .ofCoveredImages: return try covering(rule, budget, grid, known, round)
    }
  }

  private func draw(
    _ tiles: RandomTiles, _ budget: Int, _ grid: TileGrid, _ known: RoundKnowledge, _ round: Int
  ) throws -> [Pick] {
    let truth = tiles == .uniform ? nil : try TrueMasks(data)
    let drawn = tiles.draw(
      budget, grid, items: data.candidates, taken: known.tiles, key: key(round).folding("query"),
      classes: { truth?.classes(of: $0) ?? [] })
    return drawn.map { tile, aim in
      Pick(item: tile.item, utility: 0, reason: aim.reason, tile: tile)
    }
  }

  private func ranked(
    _ rule: QueryConfiguration, _ budget: Int, _ grid: TileGrid, _ known: RoundKnowledge,
    _ round: Int
  ) throws -> [Pick] {
    let pool = try builder(round).tiles(grid, for: rule, round: known)
    let tileOf = Dictionary(uniqueKeysWithValues: zip(pool.ids, pool.tiles ?? []))
    let picks = try rule.make().query(pool, budget: budget, key: key(round).folding("query"))
    return picks.compactMap { pick in
      tileOf[pick.item].map {
        Pick(
          item: $0.item, utility: pick.utility, reason: pick.reason, tile: $0,
          probability: pick.probability)
      }
    }
  }

  /// A tile anywhere in each image that the rule chooses among those without one; anywhere at all
  /// once every image has one.
  private func covering(
    _ rule: QueryConfiguration, _ budget: Int, _ grid: TileGrid, _ known: RoundKnowledge,
    _ round: Int
  ) throws -> [Pick] {
    let strategy = rule.make()
    let key = key(round).folding("query")
    let pool = try builder(round).build(
      strategy.needsInSegmentation, for: rule, round: known, folder: folder(round).statistics)
    var picks: [Pick] = []
    for pick in try strategy.query(pool, budget: budget, key: key) {
      let tile = RandomTiles.uniform.draw(
        1, grid, items: [pick.item], taken: [], key: key.folding("tile").folding(pick.item),
        classes: { _ in [] })
      picks += tile.map {
        Pick(item: pick.item, utility: pick.utility, reason: pick.reason, tile: $0.tile)
      }
    }
    var rest = known
    rest.tiles += picks.compactMap(\.tile)
    return try picks + draw(.uniform, budget - picks.count, grid, rest, round)
  }
}

extension RandomTiles.Aim {
  /// A few words for people.
  fileprivate var reason: String {
    switch self {
    case .anywhere: "drawn at random"
    case .foreground: "drawn on true foreground"
    case .border: "drawn on a true border"
    }
  }
}
