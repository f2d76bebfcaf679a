import Base
import Query
import Testing

/// Rules that rank tiles by a score of their own.
@Suite struct TileQueryTests {
  static let ranked = QueryConfiguration.choices.filter { $0.value.tileChoice == .ranked }
    .compactMap(\.name)
  private static let grid = TileGrid(size: 16, side: 4)

  /// Every tile of some images, with drawn scores and class shares.
  private static func pool(
    _ images: [Int] = [3, 5, 8, 11], perImage: Int? = 4, classes: Int = 3
  ) -> PoolStatistics {
    let tiles = images.flatMap(grid.tiles)
    var pool = PoolStatistics(
      ids: tiles.map { $0.number(size: 16) }, labelled: [-1: -1], groups: tiles.map(\.item))
    pool.tiles = tiles
    func draw(_ tile: Tile, _ number: Int) -> Double {
      RandomKey(seed: 6).folding(tile.number(size: 16)).folding(number).uniform()
    }
    pool.uncertainty = Matrix(tiles.map { Float(draw($0, 0)) }, shape: [tiles.count, 1])
    pool.probabilities = Matrix(
      tiles.map { tile in
        let values = (1...classes).map { draw(tile, $0) + 0.01 }
        return values.map { Float($0 / values.reduce(0, +)) }
      })
    pool.limits = QueryLimits(perGroup: perImage, nearCopy: nil)
    return pool
  }

  private static func tiles(_ picks: [Pick], _ pool: PoolStatistics) -> [Tile] {
    let tileOf = Dictionary(uniqueKeysWithValues: zip(pool.ids, pool.tiles ?? []))
    return picks.compactMap { tileOf[$0.item] }
  }

  private static func lieApart(_ tiles: [Tile]) -> Bool {
    tiles.indices.allSatisfy { first in
      tiles.indices.allSatisfy { $0 == first || !tiles[$0].overlaps(tiles[first]) }
    }
  }

  /// The highest score that overlaps none taken before, again and again; an image's share is raised
  /// by one where nothing else is left.
  private static func greedy(_ pool: PoolStatistics, _ budget: Int, _ share: Int) -> [Tile] {
    let tiles = pool.tiles ?? []
    let scores = tiles.indices.map { pool.uncertainty?.row($0)[0] ?? 0 }
    let order = tiles.indices.sorted { scores[$0] > scores[$1] }
    var taken: [Tile] = []
    for share in share...100 {
      for place in order where taken.count < budget {
        let tile = tiles[place]
        let isOpen = taken.count { $0.item == tile.item } < share
        if isOpen, !taken.contains(where: tile.overlaps) { taken.append(tile) }
      }
    }
    return taken
  }

  @Test("the rules that rank tiles are those that go by a score of pixels alone")
  func catalogue() {
    let expected: Set = ["margin", "entropy", "least-confidence", "bald", "clasp"]
    #expect(Set(Self.ranked).isSuperset(of: expected))
    for name in ["auto", "hybrid", "badge", "batch-bald", "aift", "uherding", "random-balanced"] {
      let choice = QueryConfiguration.choices.first { $0.name == name }
      #expect(choice?.value.tileChoice == nil, "\(name)")
    }
    #expect(QueryConfiguration.random.tileChoice == .drawn(.uniform))
    #expect(QueryConfiguration.kCenter.tileChoice == .ofCoveredImages)
  }

  @Test("tiles are taken greedily from all images", arguments: [1, 2, 5, 30])
  func bruteForce(share: Int) throws {
    var pool = Self.pool(perImage: share)
    pool.probabilities = nil
    for budget in [1, 7, 20, 40] {
      let picks = try QueryConfiguration.entropy(.init()).make()
        .query(pool, budget: budget, key: RandomKey(seed: 4))
      #expect(Self.tiles(picks, pool) == Self.greedy(pool, budget, share), "\(budget)")
    }
  }

  @Test("a batch's tiles lie apart, also where none is left", arguments: ranked)
  func apart(name: String) throws {
    let pool = Self.pool()
    let rule = try #require(QueryConfiguration.choices.first { $0.name == name }).value.make()
    for budget in [1, 6, 20, pool.count, 10_000] {
      let tiles = Self.tiles(
        try rule.query(pool, budget: budget, key: RandomKey(seed: 2)), pool)
      #expect(tiles.count <= budget && !tiles.isEmpty)
      #expect(Self.lieApart(tiles))
      guard budget >= pool.count else { continue }
      // Nothing that is left out would have had room.
      #expect((pool.tiles ?? []).allSatisfy { tile in tiles.contains(where: tile.overlaps) })
    }
  }

  @Test("the batch does not depend on the order of the rows", arguments: ranked)
  func permutation(name: String) throws {
    let (pool, other) = (Self.pool(), Self.pool([11, 3, 8, 5]))
    let rule = try #require(QueryConfiguration.choices.first { $0.name == name }).value.make()
    let key = RandomKey(seed: 9)
    #expect(
      try rule.query(pool, budget: 12, key: key) == rule.query(other, budget: 12, key: key))
  }

  @Test("without noise each class of ClaSP takes its share by its own score")
  func clasp() throws {
    let pool = Self.pool([1, 2, 4, 6, 7, 9], perImage: 100)
    let rule = ClaSP(share: 0.66, beta: 1e9)
    let picks = try rule.query(pool, budget: 12, key: RandomKey(seed: 3))
    // 0.66 · 12 = 7 tiles for two foreground classes.
    let byClass = Dictionary(grouping: picks) { $0.reason.split(separator: ",")[0] }
    let first = byClass["uncertain by class 1"]?.count ?? 0
    let second = byClass["uncertain by class 2"]?.count ?? 0
    #expect(first + second == 7 && abs(first - second) == 1)
    #expect(byClass["uncertain by entropy"]?.count == 5)
    let tiles = pool.tiles ?? []
    let leading = try #require(picks.first)
    let label = leading.reason.contains("class 1") ? 1 : 2
    let best = tiles.indices.max {
      score(pool, $0, label) < score(pool, $1, label)
    }
    #expect(best.map { pool.ids[$0] } == leading.item)
  }

  private func score(_ pool: PoolStatistics, _ row: Int, _ label: Int) -> Double {
    Double(pool.uncertainty?.row(row)[0] ?? 0) * Double(pool.probabilities?.row(row)[label] ?? 0)
  }

  @Test("ClaSP's noise falls from round to round, to a hundredth; other rules stay")
  func annealing() {
    let betas = (0..<5).map { round -> Double in
      guard
        case .clasp(let settings) = QueryConfiguration.clasp(.init())
          .annealed(round: round, of: 5)
      else { return 0 }
      return settings.beta
    }
    for (beta, expected) in zip(betas, [1, 3.1623, 10, 31.623, 100]) {
      #expect(abs(beta - expected) < 1e-3 * expected)
    }
    #expect(QueryConfiguration.clasp(.init()).annealed(round: 0, of: 1) == .clasp(.init()))
    #expect(QueryConfiguration.random.annealed(round: 2, of: 5) == .random)
  }
}
