import Base

/// A batch in the making.
///
/// Items are addressed by *place*: their position in the order of a hash of key and item. Places
/// are the same whatever the order of the pool's rows; a tie is therefore broken, and any prefix of
/// the places is a uniform random sample, by using the smaller place first.
final class Draft {
  let pool: PoolStatistics
  let budget: Int
  let key: RandomKey
  /// The pool's row at each place.
  let rows: [Int]
  /// Whether the item at a place is labelled.
  let isLabelled: [Bool]
  /// The places that may be asked for, ascending.
  let unlabelled: [Int]
  private(set) var picks: [Pick] = []
  private var gate: Gate

  init(_ pool: PoolStatistics, budget: Int, key: RandomKey, limited: Bool) throws {
    if Set(pool.ids).count != pool.count {
      throw Diagnostic(
        "two rows of the pool's statistics are the same item", fix: "give one row for each item")
    }
    let ranks = pool.ids.map(key.folding("place").tieRank)
    let rows = pool.ids.indices.sorted {
      (ranks[$0], pool.ids[$0]) < (ranks[$1], pool.ids[$1])
    }
    let isLabelled = rows.map { pool.labelled[pool.ids[$0]] != nil }
    (self.pool, self.key, self.rows, self.isLabelled) = (pool, key, rows, isLabelled)
    unlabelled = rows.indices.filter { !isLabelled[$0] }
    self.budget = max(0, min(budget, unlabelled.count))
    gate = Gate(isLabelled: isLabelled)
    if let tiles = pool.tiles { gate.keepApart(rows.map { tiles[$0] }) }
    if limited, self.budget > 0, self.budget < unlabelled.count {
      let groups = pool.groups.map { groups in rows.map { groups[$0] } }
      gate.limit(groups: groups, to: pool.limits.perGroup)
      gate.close(try NearCopies(self)?.isCopy ?? [])
    }
  }

  /// The number of places.
  var count: Int { rows.count }
  var remaining: Int { budget - picks.count }
  var isFull: Bool { remaining == 0 }
  /// Whether the budget reaches the number of unlabelled items, all of which may be taken: of tiles
  /// that overlap, only some.
  var isWholePool: Bool { budget == unlabelled.count && pool.tiles == nil }

  /// Whether an item may be taken now.
  func isOpen(_ place: Int) -> Bool { gate.isOpen(place) }

  /// Gives way in the limits until one of `places` is open; false when all of them are taken.
  func loosen(among places: [Int]) -> Bool { gate.loosen(among: places) }

  /// Whether an item is labelled or in the batch.
  func isSettled(_ place: Int) -> Bool { isLabelled[place] || gate.isTaken[place] }

  /// The item at a place.
  func item(_ place: Int) -> Int { pool.ids[rows[place]] }

  /// The class of a labelled place, −1 where it has none.
  func label(_ place: Int) -> Int { pool.labelled[item(place)] ?? -1 }

  /// The other places of a place's group whose number in a batch is limited, and the place itself.
  func group(of place: Int) -> [Int] { gate.group(of: place) }

  /// Adds a place to the batch; one that was drawn comes with the probability of that draw.
  func take(_ place: Int, _ utility: Double, _ reason: String, probability: Double? = nil) {
    precondition(gate.isOpen(place) && !isFull, "place \(place) may not be taken")
    gate.take(place)
    picks.append(
      Pick(item: item(place), utility: utility, reason: reason, probability: probability))
  }

  /// Takes places in the given order until the batch is full.
  ///
  /// Gives way in the limits only when none of them is open; the batch stays short when they run
  /// out. An order that is the outcome of a draw comes with its `lottery`.
  func take(
    inOrder order: [Int], upTo limit: Int = .max, lottery: Lottery? = nil,
    _ describe: (Int) -> (Double, String)
  ) {
    var left = min(limit, remaining)
    var rest = order.filter { !gate.isTaken[$0] && !isLabelled[$0] }
    while left > 0, !rest.isEmpty {
      var closed: [Int] = []
      for place in rest where left > 0 {
        guard isOpen(place) else {
          closed.append(place)
          continue
        }
        let (utility, reason) = describe(place)
        take(place, utility, reason, probability: lottery?.probability(of: place))
        lottery?.remove(place)
        left -= 1
      }
      rest = closed
      if left > 0, !loosen(among: rest) { return }
      if left > 0 { lottery?.restart() }
    }
  }

  /// Takes the places of highest score.
  func takeBest(
    _ scores: [Double], of places: [Int]? = nil, upTo limit: Int = .max,
    lottery: Lottery? = nil, _ reason: (Int) -> String
  ) {
    let order = Self.descending(places ?? unlabelled, by: scores)
    take(inOrder: order, upTo: limit, lottery: lottery) { (scores[$0], reason($0)) }
  }

  /// The places of highest score, best first, within the limits: `candidates` of them (twice the
  /// budget where nil), and never fewer than the budget.
  func shortlist(_ candidates: Int?, _ scores: [Double]) -> [Int] {
    let number = max(candidates ?? 2 * budget, budget)
    var trial = gate
    var chosen: [Int] = []
    var rest = Self.descending(unlabelled, by: scores)
    repeat {
      var closed: [Int] = []
      for place in rest where chosen.count < number {
        if trial.isOpen(place) {
          trial.take(place)
          chosen.append(place)
        } else {
          closed.append(place)
        }
      }
      rest = closed
    } while chosen.count < number && trial.loosen(among: rest)
    return Self.descending(chosen, by: scores)
  }

  /// Takes every unlabelled item.
  func takeAll() {
    gate = Gate(isLabelled: isLabelled)
    for place in unlabelled { take(place, 0, "all that is left") }
  }

  /// Fills the batch at random.
  func fillAtRandom(upTo limit: Int = .max, because reason: String = "drawn at random") {
    if limit <= 0 || isFull { return }
    let draw = key.folding("fill")
    let noise = rows.map { draw.folding(pool.ids[$0]).uniform() }
    takeBest(noise, upTo: limit, lottery: Lottery(self, among: unlabelled) { _ in 0 }) { _ in reason
    }
  }

  /// Places by descending score, ties by place.
  static func descending(_ places: [Int], by scores: [Double]) -> [Int] {
    places.sorted { scores[$0] != scores[$1] ? scores[$0] > scores[$1] : $0 < $1 }
  }
}
