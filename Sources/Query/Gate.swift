/// Which places may be taken now: unlabelled, not taken, within the share of their group, no near
/// copy of another and, where they are tiles, apart from those that are taken.
struct Gate {
  private(set) var isTaken: [Bool]
  private let isLabelled: [Bool]
  private var isCopy: [Bool] = []
  private var groups: [Int]?
  private var members: [Int: [Int]] = [:]
  private var taken: [Int: Int] = [:]
  private var firstShare: Int?
  private var share: Int?
  private var tiles: [Tile] = []
  private var takenTiles: [Int: [Tile]] = [:]

  init(isLabelled: [Bool]) {
    self.isLabelled = isLabelled
    isTaken = Array(repeating: false, count: isLabelled.count)
  }

  /// Limits what may be taken of one group.
  mutating func limit(groups: [Int]?, to share: Int?) {
    guard let groups, let share else { return }
    (self.groups, self.share, firstShare) = (groups, max(1, share), max(1, share))
    if tiles.isEmpty { gather { groups[$0] } }
  }

  /// The places that may close when a place is taken: those of its group or, of tiles, of its image;
  /// itself where nothing is limited.
  func group(of place: Int) -> [Int] {
    let number = tiles.isEmpty ? groups?[place] : tiles[place].item
    return number.flatMap { members[$0] } ?? [place]
  }

  private mutating func gather(_ number: (Int) -> Int) {
    members = Dictionary(grouping: isLabelled.indices.filter { !isLabelled[$0] }, by: number)
  }

  /// Closes near copies of other places; empty for none.
  mutating func close(_ copies: [Bool]) { isCopy = copies }

  /// Closes what overlaps a place that is taken, given the tile of each place; here nothing gives
  /// way.
  mutating func keepApart(_ tiles: [Tile]) {
    self.tiles = tiles
    gather { tiles[$0].item }
  }

  func isOpen(_ place: Int) -> Bool {
    isEligible(place) && (share.map { takenOfGroup(place) < $0 } ?? true)
  }

  mutating func take(_ place: Int) {
    isTaken[place] = true
    if let groups { taken[groups[place], default: 0] += 1 }
    if !tiles.isEmpty { takenTiles[tiles[place].item, default: []].append(tiles[place]) }
  }

  /// Gives way until one of `places` is open: raises the share of a group, or else admits near
  /// copies.
  ///
  /// - Returns: false when all of them are taken.
  mutating func loosen(among places: [Int]) -> Bool {
    if !raiseShare(places.filter(isEligible)), !isCopy.isEmpty {
      isCopy = []
      share = firstShare
      _ = raiseShare(places.filter(isEligible))
    }
    return places.contains(where: isOpen)
  }

  /// Raises the share of a group so far that one of `places` opens; false when there is none.
  private mutating func raiseShare(_ places: [Int]) -> Bool {
    guard let least = places.map(takenOfGroup).min() else { return false }
    share = share.map { max($0, least + 1) }
    return true
  }

  private func isEligible(_ place: Int) -> Bool {
    !isTaken[place] && !isLabelled[place] && (isCopy.isEmpty || !isCopy[place])
      && !overlapsTaken(place)
  }

  private func overlapsTaken(_ place: Int) -> Bool {
    guard !takenTiles.isEmpty else { return false }
    return takenTiles[tiles[place].item]?.contains(where: tiles[place].overlaps) ?? false
  }

  private func takenOfGroup(_ place: Int) -> Int {
    groups.flatMap { taken[$0[place]] } ?? 0
  }
}
