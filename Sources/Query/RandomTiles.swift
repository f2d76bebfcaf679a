public import Base

/// Tiles drawn at random, anywhere or aimed at the foreground: the controls for queries of tiles.
///
/// Each tile is drawn anew: what it aims at, an image, and a pixel, on which it is centred as far as
/// the image's edges allow. Aimed at a class, the image is drawn among those that show foreground,
/// the class among the foreground classes it shows, and the pixel among those of the class or of the
/// class's border (its pixels with a neighbour above, below, left or right of another class or
/// beyond the edge). A draw that overlaps a tile taken before is drawn again.
///
/// After the foreground-aware controls of nnActive (Lüth et al. 2025), for slices. Aimed draws know
/// the truth: they are for simulations only.
///
/// - Cost: O(budget) draws of expected O(pixels) each.
/// - Randomness: from the key and the number of the draw.
/// - Departures: where a thousand draws in a row fail, the rest is taken from the places of the grid
///   that are free, in the order of a hash of key and tile, so that a pool can be used up.
public struct RandomTiles: Sendable, Equatable {
  /// What a tile is centred on.
  public enum Aim: Int, Sendable, CaseIterable {
    /// Any pixel.
    case anywhere
    /// A pixel of a foreground class.
    case foreground
    /// A pixel of the border of a foreground class.
    case border
  }

  /// In what proportions tiles aim at what, by `Aim`.
  public let weights: [Int]
  private static let attempts = 1000

  /// Anywhere.
  public static let uniform = RandomTiles(weights: [1, 0, 0])
  /// Two thirds aimed at the foreground: `random-fg66`.
  public static let foreground66 = RandomTiles(weights: [1, 1, 1])
  /// One third aimed at the foreground: `random-fg33`.
  public static let foreground33 = RandomTiles(weights: [4, 1, 1])

  /// Draws up to `budget` tiles that lie apart from one another and from `taken`.
  ///
  /// - Parameters:
  ///   - budget: how many.
  ///   - grid: the size of images and tiles.
  ///   - items: the images, in any order.
  ///   - taken: tiles that are labelled.
  ///   - key: what is drawn from.
  ///   - classes: the true classes of an image, `[size, size]`, 255 where unknown; asked only by
  ///     draws that aim.
  /// - Returns: the tiles in the order drawn, with what each aimed at; fewer than the budget where
  ///   no free place of the grid is left.
  public func draw(
    _ budget: Int, _ grid: TileGrid, items: [Int], taken: [Tile], key: RandomKey,
    classes: (Int) throws -> [UInt8]
  ) rethrows -> [(tile: Tile, aim: Aim)] {
    var draft = TileDraft(grid, items: items.sorted(), taken: taken)
    var (number, failures) = (0, 0)
    while draft.tiles.count < budget, failures < Self.attempts, !items.isEmpty {
      let key = key.folding("draw").folding(number)
      let aim = aim(key)
      if let tile = try draft.tile(aim, key, classes), draft.take(tile, aim) {
        failures = 0
      } else {
        failures += 1
      }
      number += 1
    }
    draft.takeFree(upTo: budget, key: key.folding("rest"))
    return draft.tiles
  }

  private func aim(_ key: RandomKey) -> Aim {
    var generator = key.folding("aim").generator()
    var place = generator.below(weights.reduce(0, +))
    for (aim, weight) in zip(Aim.allCases, weights) {
      if place < weight { return aim }
      place -= weight
    }
    return .anywhere
  }
}

/// Tiles in the drawing.
private struct TileDraft {
  let grid: TileGrid
  let items: [Int]
  private(set) var tiles: [(tile: Tile, aim: RandomTiles.Aim)] = []
  private var taken: [Int: [Tile]]

  init(_ grid: TileGrid, items: [Int], taken: [Tile]) {
    (self.grid, self.items) = (grid, items)
    self.taken = Dictionary(grouping: taken, by: \.item)
  }

  /// A tile around a drawn pixel; nil where the drawn image shows nothing to aim at.
  func tile(
    _ aim: RandomTiles.Aim, _ key: RandomKey, _ classes: (Int) throws -> [UInt8]
  ) rethrows -> Tile? {
    var generator = key.folding("place").generator()
    let item = items[generator.below(items.count)]
    guard aim != .anywhere else {
      let last = grid.size - grid.side + 1
      return Tile(item: item, x: generator.below(last), y: generator.below(last), side: grid.side)
    }
    let map = try classes(item)
    let shown = Set(map).subtracting([0, 255]).sorted()
    if shown.isEmpty { return nil }
    let label = shown[generator.below(shown.count)]
    let pixels = map.indices.filter {
      map[$0] == label && (aim == .foreground || isBorder($0, map))
    }
    let pixel = pixels[generator.below(pixels.count)]
    func start(_ centre: Int) -> Int { min(max(centre - grid.side / 2, 0), grid.size - grid.side) }
    return Tile(
      item: item, x: start(pixel % grid.size), y: start(pixel / grid.size), side: grid.side)
  }

  private func isBorder(_ pixel: Int, _ map: [UInt8]) -> Bool {
    let (row, column, last) = (pixel / grid.size, pixel % grid.size, grid.size - 1)
    if row == 0 || column == 0 || row == last || column == last { return true }
    return [pixel - grid.size, pixel + grid.size, pixel - 1, pixel + 1]
      .contains { map[$0] != map[pixel] }
  }

  /// Takes a tile that overlaps none; false where it overlaps.
  mutating func take(_ tile: Tile, _ aim: RandomTiles.Aim) -> Bool {
    if taken[tile.item]?.contains(where: tile.overlaps) ?? false { return false }
    taken[tile.item, default: []].append(tile)
    tiles.append((tile, aim))
    return true
  }

  mutating func takeFree(upTo budget: Int, key: RandomKey) {
    guard tiles.count < budget else { return }
    let places = items.flatMap(grid.tiles)
      .map { (rank: key.tieRank($0.number(size: grid.size)), tile: $0) }
    for place in places.sorted(by: { $0.rank < $1.rank }) where tiles.count < budget {
      _ = take(place.tile, .anywhere)
    }
  }
}
