import Base
import Query
import Testing

@Suite struct RandomTilesTests {
  private let grid = TileGrid(size: 24, side: 5)

  /// A square of class 1 + item % 2 in the middle of each image but every fourth, which is empty.
  private func classes(_ item: Int) -> [UInt8] {
    (0..<24 * 24).map { pixel in
      let isInside = 6..<18 ~= pixel / 24 && 6..<18 ~= pixel % 24
      return isInside && item % 4 != 3 ? UInt8(1 + item % 2) : 0
    }
  }

  private func draw(
    _ tiles: RandomTiles, _ budget: Int, items: [Int] = Array(0..<40), taken: [Tile] = [],
    seed: UInt64 = 1
  ) -> [(tile: Tile, aim: RandomTiles.Aim)] {
    tiles.draw(
      budget, grid, items: items, taken: taken, key: RandomKey(seed: seed), classes: classes)
  }

  @Test("tiles lie inside, apart from one another and from those that are labelled")
  func apart() {
    let taken = [Tile(item: 0, x: 3, y: 3, side: 5), Tile(item: 2, x: 9, y: 9, side: 5)]
    for tiles in [RandomTiles.uniform, .foreground66, .foreground33] {
      let drawn = draw(tiles, 150, taken: taken).map(\.tile)
      #expect(drawn.count == 150)
      let all = drawn + taken
      for (place, tile) in all.enumerated() {
        #expect(tile.x >= 0 && tile.y >= 0 && tile.columns.upperBound <= 24)
        #expect(tile.rows.upperBound <= 24 && tile.side == 5)
        #expect(!all[..<place].contains(where: tile.overlaps))
      }
    }
  }

  @Test("aims fall in their proportions")
  func proportions() {
    // One tile a draw, so that no overlap bends the proportions; 5 standard deviations.
    func counts(_ tiles: RandomTiles) -> [Int] {
      let aims = (0..<1500).map { draw(tiles, 1, items: [0, 1, 2], seed: $0)[0].aim }
      return RandomTiles.Aim.allCases.map { aim in aims.count { $0 == aim } }
    }
    #expect(counts(.uniform) == [1500, 0, 0])
    #expect(counts(.foreground66).allSatisfy { abs($0 - 500) < 92 })
    let third = counts(.foreground33)
    #expect(abs(third[0] - 1000) < 92 && third[1...].allSatisfy { abs($0 - 250) < 73 })
  }

  @Test("aimed tiles are centred on the class, or on its border; empty images get none")
  func aim() {
    for (tile, aim) in draw(.foreground66, 60) where aim != .anywhere {
      let (row, column) = (tile.y + 2, tile.x + 2)
      #expect(classes(tile.item)[row * 24 + column] > 0)
      let isEdge = row == 6 || row == 17 || column == 6 || column == 17
      #expect(aim == .foreground || isEdge)
      #expect(tile.item % 4 != 3)
    }
  }

  @Test("every place of the uniform draw comes up alike")
  func uniform() {
    var columns = [Int](repeating: 0, count: 20)
    for seed in UInt64(0)..<4000 {
      columns[draw(.uniform, 1, items: [7], seed: seed)[0].tile.x] += 1
    }
    // 200 expected; 5 standard deviations.
    #expect(columns.allSatisfy { abs($0 - 200) < 69 })
  }

  @Test("draws are the same for the same key, whatever the order of the images")
  func order() {
    let shuffled = RandomKey(seed: 8).permutation(40)
    for tiles in [RandomTiles.uniform, .foreground66] {
      let (one, other) = (draw(tiles, 30), draw(tiles, 30, items: shuffled))
      #expect(one.map(\.tile) == other.map(\.tile))
      #expect(one.map(\.tile) != draw(tiles, 30, seed: 2).map(\.tile))
    }
  }

  @Test("a pool is used up: no free place of the grid is left, and the draw ends")
  func exhaustion() {
    let drawn = draw(.foreground33, 10_000, items: [3, 4]).map(\.tile)
    for tile in [3, 4].flatMap(grid.tiles) { #expect(drawn.contains(where: tile.overlaps)) }
    #expect(draw(.foreground66, 5, items: [3]).count == 5)
    #expect(draw(.uniform, 5, items: []).isEmpty)
    #expect(draw(.uniform, 0).isEmpty)
    let whole = TileGrid(size: 24, side: 24)
    let images = RandomTiles.uniform.draw(
      9, whole, items: [1, 2], taken: [], key: RandomKey(seed: 1), classes: classes)
    #expect(Set(images.map(\.tile.item)) == [1, 2])
  }
}
