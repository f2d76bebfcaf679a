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

  /// The largest batch up to `batch` that groups of these sizes allow.
  init(sizes: [Int], batch: Int) {
    var batch = batch
    while true {
      let limit = (batch + sizes.count - 1) / sizes.count
      let fitting = (1...max(1, sizes.reduce(0, +) / batch)).last { batches in
        sizes.reduce(0) { $0 + min($1, batches * limit) } >= batches * batch
      }
      if let fitting {
        (self.batch, batches, self.limit) = (batch, fitting, limit)
        return
      }
      batch -= 1
    }
  }

  /// One epoch, batch after batch.
  func order(_ groups: [[Int]], key: RandomKey) -> [Int] {
    let dealt = chosen(groups, key: key).enumerated().sorted { one, other in
      (one.offset % batches, one.offset) < (other.offset % batches, other.offset)
    }
    return dealt.map(\.element)
  }

  /// `batches · batch` items, group by group in random order, none above its group's share.
  private func chosen(_ groups: [[Int]], key: RandomKey) -> [Int] {
    let shuffled = groups.enumerated().map { index, members in
      key.folding("group").folding(index).permutation(members.count)
        .prefix(batches * limit).map { members[$0] }
    }
    let surplus = shuffled.reduce(0) { $0 + $1.count } - batches * batch
    let left = leftOut(surplus, of: shuffled, key: key.folding("left out"))
    return key.folding("groups").permutation(groups.count).flatMap { index in
      shuffled[index].dropLast(left[index])
    }
  }

  /// How many items each group leaves out, drawn among all items.
  private func leftOut(_ surplus: Int, of groups: [[Int]], key: RandomKey) -> [Int] {
    let owners = groups.enumerated().flatMap { index, members in members.map { _ in index } }
    var left = [Int](repeating: 0, count: groups.count)
    for place in key.sample(surplus, outOf: owners.count) { left[owners[place]] += 1 }
    return left
  }
}
