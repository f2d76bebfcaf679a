internal import Base

/// Batches in which no group holds more than ⌈batch / groups⌉ places.
///
/// Such batches exist if and only if Σ_g min(n_g, batches · limit) ≥ batches · batch (McNaughton's
/// wrap-around rule): the chosen items are laid out group by group and dealt to the batches in
/// turn, so that a group's m items meet each batch ⌊m / batches⌋ or ⌈m / batches⌉ times.
struct GroupSpread {
  /// Items of a batch, at most what was asked for.
  let batch: Int
  /// Batches of an epoch.
  let batches: Int
  private let limit: Int
  private let groups: GroupedItems

  /// The largest batch up to `batch` that these groups allow.
  ///
  /// - Complexity: O(groups · log batches) for each batch size that is tried.
  init(_ groups: GroupedItems, batch: Int) {
    let sizes = groups.sizes
    let total = sizes.reduce(0) { $0 + Int($1) }
    var batch = batch
    while true {
      let limit = (batch + sizes.count - 1) / sizes.count
      let fitting = Self.last(upTo: max(1, total / batch)) { batches in
        sizes.reduce(0) { $0 + min(Int($1), batches * limit) } >= batches * batch
      }
      if fitting > 0 {
        (self.batch, batches, self.limit, self.groups) = (batch, fitting, limit, groups)
        return
      }
      batch -= 1
    }
  }

  /// The last number from 1 to `most` that fits, 0 where none does.
  ///
  /// Numbers fit up to a point and not beyond: a sum of minima is concave in the number of batches.
  private static func last(upTo most: Int, fits: (Int) -> Bool) -> Int {
    if fits(most) { return most }
    var (low, high) = (0, most)
    while high - low > 1 {
      let middle = (low + high) / 2
      if fits(middle) { low = middle } else { high = middle }
    }
    return low
  }

  /// One epoch, batch after batch.
  func order(key: RandomKey) -> [Int32] {
    let chosen = chosen(key: key)
    var dealt: [Int32] = []
    dealt.reserveCapacity(chosen.count)
    for first in 0..<batches {
      for place in stride(from: first, to: chosen.count, by: batches) {
        dealt.append(chosen[place])
      }
    }
    return dealt
  }

  /// `batches · batch` items, group by group in random order, none above its group's share.
  private func chosen(key: RandomKey) -> [Int32] {
    let most = batches * limit
    let shares = groups.sizes.map { min($0, Int32(clamping: most)) }
    let left = leftOut(of: shares, key: key.folding("left out"))
    var chosen: [Int32] = []
    chosen.reserveCapacity(batches * batch)
    for group in key.folding("groups").permutation(groups.count) {
      let members = groups[group]
      let order = key.folding("group").folding(group).permutation(members.count)
      for place in order.prefix(Int(shares[group] - left[group])) {
        chosen.append(members[members.startIndex + place])
      }
    }
    return chosen
  }

  /// How many items each group leaves out, drawn among all items.
  private func leftOut(of shares: [Int32], key: RandomKey) -> [Int32] {
    let owners = shares.enumerated().flatMap { group, share in
      repeatElement(Int32(group), count: Int(share))
    }
    var left = [Int32](repeating: 0, count: shares.count)
    for place in key.sample(owners.count - batches * batch, outOf: owners.count) {
      left[Int(owners[place])] += 1
    }
    return left
  }
}
