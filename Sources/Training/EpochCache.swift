import Synchronization

/// The items of an epoch in their order: four bytes each.
struct EpochOrder: Sendable {
  let items: [Int32]
  /// How often the epoch has seen the item at a place before; empty where none repeats.
  let occurrences: [Int32]
}

/// The orders of the epochs asked for last, shared by a loader's threads.
///
/// It holds nothing that could not be computed again: dropping an entry changes no result.
final class EpochCache: Sendable {
  private static let capacity = 2
  private let recent = Mutex<[(epoch: Int, order: EpochOrder)]>([])

  /// The order of an epoch, made by `make` unless it is at hand.
  func order(epoch: Int, make: () -> EpochOrder) -> EpochOrder {
    recent.withLock { recent in
      if let entry = recent.first(where: { $0.epoch == epoch }) { return entry.order }
      let order = make()
      recent.append((epoch, order))
      if recent.count > Self.capacity { recent.removeFirst() }
      return order
    }
  }
}
