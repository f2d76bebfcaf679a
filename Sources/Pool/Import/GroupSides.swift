/// The groups of an import and the side on which each must stand.
///
/// Groups that share an image stand together: they are joined (union-find), and a side known of one
/// is known of all. Where two known sides would meet, the join is refused and nothing changes.
package struct GroupSides {
  private struct Group {
    let pseudonym: Pseudonym
    var parent: Int32
    var side: Split?
    var rank: UInt64
    var stratum: Int32?
  }

  private var groups: [Group] = []
  private var places: [Pseudonym: Int32] = [:]

  package init() {}

  /// The number of a group, which is new unless it was asked for before.
  ///
  /// `known` tells a new group's side in the pool, and `rank` the hash by which it is drawn.
  package mutating func number(
    _ pseudonym: Pseudonym, rank: @autoclosure () -> UInt64, known: () throws -> Split?
  ) rethrows -> Int {
    if let place = places[pseudonym] { return Int(place) }
    let place = groups.count
    groups.append(
      Group(
        pseudonym: pseudonym, parent: Int32(place), side: try known(), rank: rank(), stratum: nil))
    places[pseudonym] = Int32(place)
    return place
  }

  /// The pseudonym of a group.
  package func pseudonym(_ group: Int) -> Pseudonym { groups[group].pseudonym }

  /// Puts a group on a side; false where it stands on another one.
  package mutating func place(_ group: Int, on side: Split) -> Bool {
    let root = root(group)
    if let known = groups[root].side { return known == side }
    groups[root].side = side
    return true
  }

  /// Joins groups that share an image, on `side` where that is known; false, and nothing done,
  /// where they stand on different sides.
  package mutating func join(_ members: [Int], on side: Split? = nil) -> Bool {
    let roots = Set(members.map { root($0) })
    let sides = Set(roots.compactMap { groups[$0].side } + (side.map { [$0] } ?? []))
    guard sides.count < 2, let first = roots.min() else { return sides.count < 2 }
    for other in roots where other != first {
      groups[other].parent = Int32(first)
      groups[first].rank = min(groups[first].rank, groups[other].rank)
      groups[first].stratum = groups[first].stratum ?? groups[other].stratum
    }
    groups[first].side = sides.first
    return true
  }

  /// Tells the class by which a group is spread over the sides; the first one counts.
  package mutating func spread(_ group: Int, by stratum: Int) {
    let root = root(group)
    groups[root].stratum = groups[root].stratum ?? Int32(stratum)
  }

  /// Draws a side for every one of `members` that has none.
  package mutating func draw(_ members: Set<Int>, testShare: Double) {
    let open = Set(members.map { root($0) }).filter { groups[$0].side == nil }
    let drawn = SplitAssignment(testShare: testShare).testGroups(
      open.map {
        .init(number: $0, stratum: Int(groups[$0].stratum ?? -1), rank: groups[$0].rank)
      })
    for group in open { groups[group].side = drawn.contains(group) ? .test : .train }
  }

  /// The side of a group, once drawn.
  package mutating func side(_ group: Int) -> Split { groups[root(group)].side ?? .train }

  private mutating func root(_ group: Int) -> Int {
    var root = group
    while groups[root].parent != root { root = Int(groups[root].parent) }
    var place = group
    while groups[place].parent != root {
      let next = Int(groups[place].parent)
      groups[place].parent = Int32(root)
      place = next
    }
    return root
  }
}
