import Base
import Query
import Testing

@Suite struct TileGridTests {
  /// A map of numbers in 0 ..< 1.
  private func map(_ size: Int, seed: UInt64 = 1) -> [Float] {
    var generator = RandomKey(seed: seed).generator()
    return (0..<size * size).map { _ in Float(generator.uniform()) }
  }

  @Test(
    "means through the summed-area table equal those of each tile's pixels",
    arguments: [(16, 4), (16, 5), (17, 4), (9, 9), (9, 20), (8, 1), (33, 12)])
  func means(size: Int, side: Int) {
    let grid = TileGrid(size: size, side: side)
    let map = map(size)
    let means = grid.means(map)
    let tiles = grid.tiles(of: 3)
    #expect(means.count == grid.count && tiles.count == grid.count)
    for (tile, mean) in zip(tiles, means) {
      let pixels = grid.pixels(of: tile, in: map)
      #expect(pixels.count == tile.side * tile.side)
      let slow = pixels.reduce(0) { $0 + Double($1) } / Double(pixels.count)
      #expect(abs(mean - slow) < 1e-12)
    }
  }

  @Test("a constant map has that mean everywhere")
  func constant() {
    let means = TileGrid(size: 12, side: 4).means([Float](repeating: 0.5, count: 144))
    #expect(means.allSatisfy { $0 == 0.5 })
  }

  @Test("tiles begin every half side, end flush with the edge, and leave no pixel out")
  func places() {
    #expect(TileGrid(size: 16, side: 4).starts == [0, 2, 4, 6, 8, 10, 12])
    #expect(TileGrid(size: 17, side: 4).starts == [0, 2, 4, 6, 8, 10, 12, 13])
    #expect(TileGrid(size: 16, side: 5).starts == [0, 2, 4, 6, 8, 10, 11])
    #expect(TileGrid(size: 3, side: 1).starts == [0, 1, 2])
    for grid in [TileGrid(size: 17, side: 4), TileGrid(size: 9, side: 7)] {
      let covered = Set(
        grid.tiles(of: 0).flatMap { tile in
          tile.rows.flatMap { row in tile.columns.map { row * grid.size + $0 } }
        })
      #expect(covered.count == grid.size * grid.size)
    }
  }

  @Test("a side beyond the image's is the whole image")
  func whole() {
    let grid = TileGrid(size: 6, side: 64)
    #expect(grid.tiles(of: 2) == [Tile(item: 2, x: 0, y: 0, side: 6)])
    #expect(grid.disjoint == 1)
    #expect(TileGrid(size: 16, side: 5).disjoint == 9)
  }

  @Test("tiles of one image overlap where they share a pixel; every tile has its own number")
  func overlap() {
    let tile = Tile(item: 1, x: 4, y: 4, side: 4)
    #expect(tile.overlaps(Tile(item: 1, x: 7, y: 7, side: 4)))
    #expect(!tile.overlaps(Tile(item: 1, x: 8, y: 4, side: 4)))
    #expect(!tile.overlaps(Tile(item: 2, x: 4, y: 4, side: 4)))
    let grid = TileGrid(size: 9, side: 3)
    let numbers = (0..<4).flatMap(grid.tiles).map { $0.number(size: 9) }
    #expect(Set(numbers).count == 4 * grid.count)
  }
}
