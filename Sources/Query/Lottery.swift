import Foundation

/// The probabilities of a draw without replacement, one place after the other.
///
/// A place that may be taken is drawn with a probability in proportion to its weight; what the
/// limits close drops out, and comes back where they give way. The order of log w + G, with G from a
/// standard Gumbel distribution for each place, is such a draw (Efraimidis, Spirakis. *Weighted
/// Random Sampling with a Reservoir.* 2006; Kool, van Hoof, Welling. ICML 2019).
///
/// - Complexity: O(N) to begin, O(log N) for a place.
final class Lottery {
  private let draft: Draft
  private let places: [Int]
  private let logWeight: (Int) -> Double
  private var chances = SumTree([])

  /// A draw among places, given the logarithms of their weights; where all weights are zero it is
  /// uniform.
  init(_ draft: Draft, among places: [Int], logWeight: @escaping (Int) -> Double) {
    (self.draft, self.places, self.logWeight) = (draft, places, logWeight)
    restart()
  }

  /// The probability of an open place in the next draw.
  func probability(of place: Int) -> Double {
    if chances.total <= 0 { restart() }
    return chances[place] / chances.total
  }

  /// Takes a place out, and what its group's share closes with it.
  func remove(_ place: Int) {
    chances[place] = 0
    for other in draft.group(of: place) where !draft.isOpen(other) { chances[other] = 0 }
  }

  /// Begins anew with what is open now.
  func restart() {
    let open = places.filter(draft.isOpen)
    let highest = open.reduce(-Double.infinity) { max($0, logWeight($1)) }
    var weights = [Double](repeating: 0, count: draft.count)
    for place in open {
      weights[place] = highest == -.infinity ? 1 : exp(logWeight(place) - highest)
    }
    chances = SumTree(weights)
  }
}

/// Numbers and their sum, of which single ones change; no rounding gathers.
struct SumTree {
  private var nodes: [Double]
  private let leaves: Int

  init(_ values: [Double]) {
    var leaves = 1
    while leaves < values.count { leaves *= 2 }
    self.leaves = leaves
    nodes = Array(repeating: 0, count: 2 * leaves)
    nodes.replaceSubrange(leaves..<leaves + values.count, with: values)
    for node in stride(from: leaves - 1, to: 0, by: -1) {
      nodes[node] = nodes[2 * node] + nodes[2 * node + 1]
    }
  }

  var total: Double { nodes[1] }

  subscript(index: Int) -> Double {
    get { nodes[leaves + index] }
    set {
      var node = leaves + index
      nodes[node] = newValue
      while node > 1 {
        node /= 2
        nodes[node] = nodes[2 * node] + nodes[2 * node + 1]
      }
    }
  }
}
