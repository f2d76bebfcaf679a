import ActiveLearning
import Base
import Foundation
import Query
import Testing
import Training

@Suite struct TileScoresTests {
  private let grid = TileGrid(size: 12, side: 4)

  private func draw(_ name: String) -> [Float] {
    (0..<144).map { Float(RandomKey(seed: 2).folding(name).folding($0).uniform()) }
  }

  @Test("a class's share times the score is the mean of score times probability")
  func shares() {
    let (map, first) = (draw("map"), draw("first"))
    let probabilities = [first, first.map { 1 - $0 }]
    let scores = TileScores(grid: grid, aggregate: .mean)
    let (values, shares) = (
      scores.values(map, background: first), scores.shares(map, probabilities)
    )
    for (place, tile) in grid.tiles(of: 0).enumerated() {
      for (label, p) in probabilities.enumerated() {
        let products = zip(grid.pixels(of: tile, in: map), grid.pixels(of: tile, in: p))
          .map { Double($0 * $1) }
        let mean = products.reduce(0, +) / Double(products.count)
        // Shares are 32-bit numbers.
        #expect(abs(values[place] * Double(shares[place][label]) - mean) < 1e-6)
      }
      #expect(abs(shares[place].reduce(0, +) - 1) < 1e-5)
    }
  }

  @Test("where nothing is uncertain the shares are the mean probabilities")
  func certain() {
    let scores = TileScores(grid: grid, aggregate: .mean)
    let none = [Float](repeating: 0, count: 144)
    let shares = scores.shares(none, [none.map { _ in 0.25 }, none.map { _ in 0.75 }])
    #expect(shares.allSatisfy { $0 == [0.25, 0.75] })
    #expect(scores.values(none, background: none).allSatisfy { $0 == 0 })
  }

  @Test(
    "every aggregate of a tile is that of its pixels alone",
    arguments: [PixelAggregate.mean, .foreground, .top(.init(share: 0.25))])
  func aggregates(aggregate: PixelAggregate) {
    let (map, background) = (draw("map"), draw("background"))
    let values = TileScores(grid: grid, aggregate: aggregate).values(map, background: background)
    for (tile, value) in zip(grid.tiles(of: 0), values) {
      let alone = aggregate.value(
        grid.pixels(of: tile, in: map), background: grid.pixels(of: tile, in: background))
      #expect(abs(value - alone) < 1e-12)
    }
  }

  @Test("a mask counts only within the tiles that were asked for")
  func masks() {
    let whole = MaskArray([4: (0..<9).map { UInt8($0 % 3) }], height: 3, width: 3)
    func copied(_ tiles: [Tile], _ item: Int = 4) -> [UInt8] {
      var bytes = [UInt8](repeating: 7, count: 9)
      bytes.withUnsafeMutableBufferPointer {
        TileMasks(whole, within: tiles).copyMask(item: item, into: $0)
      }
      return bytes
    }
    let x = UInt8(255)
    #expect(copied([Tile(item: 4, x: 1, y: 0, side: 2)]) == [x, 1, 2, x, 1, 2, x, x, x])
    #expect(
      copied([Tile(item: 4, x: 0, y: 0, side: 1), Tile(item: 4, x: 2, y: 2, side: 1)])
        == [0, x, x, x, x, x, x, x, 2])
    #expect(copied([Tile(item: 3, x: 0, y: 0, side: 3)]).allSatisfy { $0 == x })
    #expect(copied([Tile(item: 3, x: 0, y: 0, side: 3)], 3).allSatisfy { $0 == x })
  }

  @Test("chosen tiles are read as they were written, and whole images as ever")
  func picks() throws {
    let run = FileManager.default.temporaryDirectory
      .appendingPathComponent("modicum-picks-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: run) }
    let folder = RoundFolder(run: run, round: 0)
    try folder.create()
    #expect(try folder.readPicks() == nil)
    let tiles = [
      Pick(
        item: 3, utility: 0.25, reason: "uncertain, by class 1",
        tile: Tile(item: 3, x: 8, y: 0, side: 16)),
      Pick(item: 3, utility: 0, reason: "x", tile: Tile(item: 3, x: 40, y: 8, side: 16)),
    ]
    try folder.write(picks: tiles)
    #expect(try folder.readPicks() == tiles)
    let text = try String(contentsOf: folder.picks, encoding: .utf8)
    #expect(
      text.hasPrefix("rank,item,x,y,side,utility,probability,reason\n0,3,8,0,16,0.25,,\"uncertain"))
    let images = [Pick(item: 7, utility: 1.5, reason: "far, and wide", probability: 0.125)]
    try folder.write(picks: images)
    #expect(try folder.readPicks() == images)
    #expect(
      try String(contentsOf: folder.picks, encoding: .utf8)
        == "rank,item,utility,probability,reason\n0,7,1.5,0.125,\"far, and wide\"\n")
    try Data("rank,item,x,y,side,utility,probability,reason\n0,3,8,0,0.25,,x\n".utf8).write(
      to: folder.picks)
    #expect(throws: Diagnostic.self) { try folder.readPicks() }
  }
}
