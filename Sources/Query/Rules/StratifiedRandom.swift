import Base

/// A uniform draw within every stratum, in proportion to the strata's sizes.
///
/// Neyman. *On the Two Different Aspects of the Representative Method.* JRSS 1934. Strata are sites,
/// scanners, acquisitions, or what the groups are. Each gets the whole part of its share of the
/// batch, the rest goes to the largest remainders.
///
/// - Reads: nothing; strata come with the pool, in their absence its groups.
/// - Utility: the number drawn for the item.
/// - Cost: O(N log N).
/// - Randomness: one number per item, from the key and the item alone.
/// - Departures: near copies and groups are not limited; it is a control, as `RandomSampling`.
public struct StratifiedRandom: Rule {
  static let card = MethodCard(
    "a uniform draw within every stratum", cost: "O(N log N)",
    regime: "pools of several sites or scanners", paper: "Neyman 1934")
  /// What the rule reads.
  public let needs: Set<PoolStatistic> = []
  let name = "stratified-random"
  let heedsLimits = false

  /// The rule.
  public init() {}

  func choose(_ draft: Draft) {
    guard let strata = draft.pool.strata ?? draft.pool.groups else { return draft.fillAtRandom() }
    let members = Dictionary(grouping: draft.unlabelled) { strata[draft.rows[$0]] }
    // By first place, so that equal remainders do not depend on the numbers of the strata.
    let groups = members.values.sorted { $0[0] < $1[0] }
    let shares = ClassBalanced.shares(of: draft.budget, groups.map { Double($0.count) })
    let key = draft.key.folding("strata")
    for (places, share) in zip(groups, shares) where share > 0 {
      let noise = places.map { key.folding(draft.item($0)).uniform() }
      let order = places.indices.sorted { (-noise[$0], places[$0]) < (-noise[$1], places[$1]) }
      for (number, slot) in order.prefix(share).enumerated() {
        draft.take(
          places[slot], noise[slot], "drawn within a stratum of \(places.count)",
          probability: 1 / Double(places.count - number))
      }
    }
  }
}
