public import Base
import Foundation

/// The order in which a training run sees its items: a pure function of items, rule, key and step.
///
/// Nothing is advanced, so that batches may be asked for in any order and by any thread, and a run
/// resumes from the number of its step. Epoch e is ordered by `key.folding("epoch").folding(e)`.
///
/// - Complexity: O(N) for a step of an epoch not asked for last, else O(batch).
public struct BatchSampler: Sendable {
  /// How an epoch is put together.
  public enum Rule: Sendable {
    /// Every item once an epoch, in random order.
    case shuffled
    /// Every item at most once an epoch, and at most ⌈batch / groups⌉ items of one group in a
    /// batch; the value says each item's group. Groups are spread evenly over the batches. Where a
    /// full batch of that kind cannot be had the batch is smaller.
    case spreadGroups(ItemTable)
    /// Class c is drawn with probability ∝ n_c^exponent, where n_c counts its items: 1 as they
    /// come, 0 all classes equally often. The value says each item's class.
    case classBalanced([Int: Int], exponent: Double)
  }

  /// One place of a batch.
  public struct Slot: Sendable, Hashable {
    /// The item.
    public let item: Int
    /// The epoch that the batch belongs to.
    public let epoch: Int
    /// How often the epoch has seen the item before: 0 unless it repeats.
    public let occurrence: Int
  }

  /// Items of a batch: the asked number, or all items where they are fewer.
  public let batch: Int
  /// Full batches of an epoch; what is left over waits for another epoch.
  public let stepsPerEpoch: Int

  private let items: [Int]
  private let rule: Rule
  private let key: RandomKey
  private let spread: GroupSpread?
  private let isDistinct: Bool
  private let cache = EpochCache()

  /// The order of `items`, at least one, in batches of at most `batch`; an item that stands there
  /// several times, as in a bootstrap sample, is drawn as often.
  public init(_ items: [Int], batch: Int, rule: Rule = .shuffled, key: RandomKey) {
    precondition(!items.isEmpty, "a sampler needs at least one item")
    precondition(batch > 0, "a batch holds at least one item, not \(batch)")
    self.items = items
    self.rule = rule
    self.key = key
    let most = min(batch, items.count)
    if case .spreadGroups(let groups) = rule {
      let spread = GroupSpread(GroupedItems(items, groups: groups), batch: most)
      (self.batch, stepsPerEpoch, self.spread) = (spread.batch, spread.batches, spread)
    } else {
      (self.batch, stepsPerEpoch, spread) = (most, items.count / most, nil)
    }
    if case .classBalanced = rule { isDistinct = false } else { isDistinct = Self.differ(items) }
  }

  private static func differ(_ items: [Int]) -> Bool {
    let isAscending = zip(items, items.dropFirst()).allSatisfy { $0 < $1 }
    return isAscending || Set(items).count == items.count
  }

  /// The items of a step, counted from 0 over all epochs.
  public func slots(step: Int) -> [Slot] {
    let (epoch, index) = step.quotientAndRemainder(dividingBy: stepsPerEpoch)
    let order = cache.order(epoch: epoch) { makeEpoch(epoch) }
    return ((index * batch)..<((index + 1) * batch)).map { place in
      Slot(
        item: Int(order.items[place]), epoch: epoch,
        occurrence: order.occurrences.isEmpty ? 0 : Int(order.occurrences[place]))
    }
  }

  /// What a slot's augmentation is drawn from.
  func augmentationKey(_ slot: Slot) -> RandomKey {
    key.folding("augment").folding(slot.epoch).folding(slot.item).folding(slot.occurrence)
  }

  private func makeEpoch(_ epoch: Int) -> EpochOrder {
    let items = order(key.folding("epoch").folding(epoch))
    if isDistinct { return EpochOrder(items: items, occurrences: []) }
    var seen: [Int32: Int32] = [:]
    let occurrences = items.map { item in
      defer { seen[item, default: 0] += 1 }
      return seen[item, default: 0]
    }
    return EpochOrder(items: items, occurrences: occurrences)
  }

  private func order(_ key: RandomKey) -> [Int32] {
    if let spread { return spread.order(key: key) }
    guard case .classBalanced(let classes, let exponent) = rule else {
      return key.permutation(items.count).map { Int32(items[$0]) }
    }
    return balanced(members(classes), exponent: exponent, key: key)
  }

  /// The items of each class, classes ascending.
  private func members(_ classes: [Int: Int]) -> [[Int]] {
    let members = Dictionary(grouping: items) { item -> Int in
      guard let value = classes[item] else { preconditionFailure("item \(item) has no class") }
      return value
    }
    return members.sorted { $0.key < $1.key }.map(\.value)
  }

  /// Draws the epoch's share of each class (largest remainders), each class in rounds of its own
  /// random order, and mixes them.
  private func balanced(_ classes: [[Int]], exponent: Double, key: RandomKey) -> [Int32] {
    let shares = classes.map { pow(Double($0.count), exponent) }
    let quotas = apportion(stepsPerEpoch * batch, shares, key: key.folding("quota"))
    let drawn = zip(classes, quotas).enumerated().flatMap { index, pair in
      rounds(of: pair.0, count: pair.1, key: key.folding("class").folding(index))
    }
    return key.folding("mix").permutation(drawn.count).map { Int32(drawn[$0]) }
  }

  private func rounds(of members: [Int], count: Int, key: RandomKey) -> [Int] {
    (0..<(count + members.count - 1) / members.count).flatMap { round in
      key.folding(round).permutation(members.count).map { members[$0] }
    }.prefix(count).map { $0 }
  }
}
