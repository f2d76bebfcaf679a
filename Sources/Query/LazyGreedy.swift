/// Greedy choice by largest gain, computing as few gains as it can.
///
/// Gains of a submodular function only fall as the batch grows, so an old gain is an upper bound
/// (Minoux. *Accelerated Greedy Algorithms for Maximizing Submodular Set Functions.* 1978): the
/// candidates of highest bounds are computed anew, 64 at a time, until the best of them is fresh.
/// The outcome is that of the plain greedy choice.
struct LazyGreedy {
  /// What one step takes.
  struct Step {
    /// The index of the point.
    let point: Int
    let gain: Double
  }

  private let coverage: Coverage
  private var bounds: Heap
  /// The number of points chosen when a bound was computed.
  private var age: [Int]
  private var chosen = 0

  /// Starts with the gains of all candidates.
  init(_ coverage: Coverage, candidates: [Int]) {
    self.coverage = coverage
    age = Array(repeating: 0, count: coverage.points.count)
    bounds = Heap(zip(candidates, coverage.gains(of: candidates)).map { Entry($0, $1) })
  }

  /// The best of the candidates for which `isOpen` holds, nil when there is none; the others stay
  /// for later.
  mutating func next(_ isOpen: (Int) -> Bool) -> Step? {
    var closed: [Entry] = []
    defer { for entry in closed { bounds.insert(entry) } }
    while let top = bounds.first {
      if !isOpen(top.point) {
        closed.append(bounds.removeFirst())
      } else if age[top.point] == chosen {
        bounds.removeFirst()
        chosen += 1
        return Step(point: top.point, gain: top.bound)
      } else {
        refresh(isOpen, &closed)
      }
    }
    return nil
  }

  private mutating func refresh(_ isOpen: (Int) -> Bool, _ closed: inout [Entry]) {
    var stale: [Int] = []
    while stale.count < Coverage.width, let top = bounds.first, age[top.point] != chosen {
      bounds.removeFirst()
      if isOpen(top.point) { stale.append(top.point) } else { closed.append(top) }
    }
    for (point, gain) in zip(stale, coverage.gains(of: stale)) {
      age[point] = chosen
      bounds.insert(Entry(point, gain))
    }
  }
}

/// A candidate and what it may add at most.
struct Entry {
  let point: Int
  let bound: Double

  init(_ point: Int, _ bound: Double) { (self.point, self.bound) = (point, bound) }

  /// Higher bounds first, ties by index.
  func precedes(_ other: Entry) -> Bool {
    bound != other.bound ? bound > other.bound : point < other.point
  }
}

/// A binary heap of candidates, the first on top.
struct Heap {
  private var entries: [Entry]

  init(_ entries: [Entry]) {
    // A sorted array is a heap.
    self.entries = entries.sorted { $0.precedes($1) }
  }

  var first: Entry? { entries.first }

  mutating func insert(_ entry: Entry) {
    entries.append(entry)
    var child = entries.count - 1
    while child > 0, entries[child].precedes(entries[(child - 1) / 2]) {
      entries.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  @discardableResult
  mutating func removeFirst() -> Entry {
    entries.swapAt(0, entries.count - 1)
    let first = entries.removeLast()
    var parent = 0
    while 2 * parent + 1 < entries.count {
      var child = 2 * parent + 1
      if child + 1 < entries.count, entries[child + 1].precedes(entries[child]) { child += 1 }
      if !entries[child].precedes(entries[parent]) { break }
      entries.swapAt(parent, child)
      parent = child
    }
    return first
  }
}
