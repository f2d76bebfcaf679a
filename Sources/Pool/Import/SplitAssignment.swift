import Base

/// Draws the test side: whole groups, an even share of every class, the same for the same seed.
///
/// Groups are ordered by class, then by a hash of seed and name, and every k-th is taken, so that
/// the drawn side holds ⌊share · n + ½⌋ of n groups and a like part of each class. The order in
/// which files were found or decoded has no influence.
package struct SplitAssignment {
  /// A group that has no side yet.
  package struct Group {
    /// Where the group's side is asked for again.
    package let number: Int
    /// The class by which it is spread; any number.
    package let stratum: Int
    /// A hash of seed and name.
    package let rank: UInt64

    package init(number: Int, stratum: Int, rank: UInt64) {
      self.number = number
      self.stratum = stratum
      self.rank = rank
    }
  }

  package let testShare: Double

  package init(testShare: Double) { self.testShare = testShare }

  /// The numbers of the groups that are to be tested on.
  package func testGroups(_ groups: [Group]) -> Set<Int> {
    let order = groups.sorted { left, right in
      (left.stratum, left.rank, left.number) < (right.stratum, right.rank, right.number)
    }
    let drawn = order.enumerated().filter { place, _ in
      (Double(place + 1) * testShare + 0.5).rounded(.down)
        > (Double(place) * testShare + 0.5).rounded(.down)
    }
    return Set(drawn.map(\.element.number))
  }

  /// The hash by which a group of that name is ordered.
  package static func rank(_ name: String, seed: UInt64) -> UInt64 {
    RandomKey(seed: seed).folding("split").folding(name).seed
  }
}
