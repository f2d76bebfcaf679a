import Base
import Foundation

/// The batch whose classes, together, the members know least about.
///
/// Kirsch, van Amersfoort, Gal. *BatchBALD: Efficient and Diverse Batch Acquisition for Deep
/// Bayesian Active Learning.* NeurIPS 2019. <https://arxiv.org/abs/1906.08158>
///
/// Greedily maximises the mutual information of the members and the joint class of the batch,
/// H(y₁…y_b) − Σ mean H(yᵢ). The joint distribution is kept exactly up to `states` configurations,
/// beyond that it is represented by as many drawn from it. Considered are the `candidates` items of
/// highest mutual information each. Meant for small batches and few classes, and as the yardstick
/// of cheaper rules; `bald` with power noise is about as good.
///
/// - Reads: `member_probabilities [M, N, C]`, or `passes [T, N, C]` in their place.
/// - Utility: the gain in mutual information.
/// - Cost: O(budget·candidates·states·M·C).
/// - Randomness: the configurations drawn, from the key.
/// - Departures: the shortlist.
public struct BatchBALD: Rule {
  static let card = MethodCard(
    "a committee disagrees on the batch as a whole",
    cost: "O(b·256·states·M·C)", regime: "batches of about ten, few classes",
    paper: "Kirsch, van Amersfoort, Gal 2019")
  /// What the rule reads.
  public let needs: Set<PoolStatistic> = [.memberProbabilities]
  /// Classification alone: pixels have no joint class.
  public let tasks: Set<QueryTask> = [.classification]
  /// A batch whose joint class can be drawn from.
  public let largestBatch: Int? = 100
  /// The highest number of configurations.
  public let states: Int
  /// The size of the shortlist.
  public let candidates: Int
  let name = "batch-bald"

  /// The rule with its bounds.
  public init(states: Int = 1024, candidates: Int = 256) {
    (self.states, self.candidates) = (states, candidates)
  }

  func choose(_ draft: Draft) throws {
    guard let matrix = draft.pool.memberProbabilities ?? draft.pool.passes else {
      throw Diagnostic(
        "'\(name)' needs member_probabilities, for which a pixel aggregate cannot stand in",
        fix: "give each image's mean class probabilities as member_probabilities.npy")
    }
    guard let scores = try draft.scoresOrCoverage(.bald) else { return }
    let shortlist = draft.shortlist(candidates, scores)
    let members = try shortlist.map { place in
      try (0..<matrix.shape[0]).map {
        try draft.probabilities(matrix, $0 * draft.count + draft.rows[place], place)
      }
    }
    let noise = members.map { $0.reduce(0) { $0 + Informativeness.entropy($1) } / Double($0.count) }
    var joint = JointDistribution(members: matrix.shape[0])
    var (total, number) = (0.0, 0)
    while !draft.isFull {
      let open = shortlist.indices.filter { draft.isOpen(shortlist[$0]) }
      let gains = open.map { joint.entropy(with: members[$0]) - joint.entropy - noise[$0] }
      guard let slot = gains.indices.max(by: { gains[$0] < gains[$1] }) else {
        if draft.loosen(among: shortlist) { continue } else { break }
      }
      let chosen = open[slot]
      let gain = max(0, gains[slot])
      total += gain
      draft.take(
        shortlist[chosen], gain, "adds \(gain.short) to a mutual information of \(total.short)")
      let key = draft.key.folding("batch-bald").folding(number)
      joint.add(members[chosen], atMost: states, key: key)
      number += 1
    }
    draft.fillAtRandom()
  }
}

/// The joint distribution of the classes of the items chosen so far, under a committee.
struct JointDistribution {
  /// The members' probabilities of each configuration.
  private var rows: [[Double]]
  /// What each configuration stands for: 1, or more where configurations were drawn.
  private var weights: [Double] = [1]
  /// The entropy of the joint class.
  private(set) var entropy = 0.0

  init(members: Int) { rows = [Array(repeating: 1, count: members)] }

  /// The entropy after adding an item with the given members' probabilities.
  func entropy(with members: [[Float]]) -> Double {
    var sum = 0.0
    let classes = members.first?.count ?? 0
    for (row, weight) in zip(rows, weights) {
      for column in 0..<classes {
        var mean = 0.0
        for member in row.indices { mean += row[member] * Double(members[member][column]) }
        mean /= Double(row.count)
        if mean > 0 { sum -= weight * mean * log(mean) }
      }
    }
    return sum
  }

  /// Adds an item; draws `most` configurations where there are more.
  mutating func add(_ members: [[Float]], atMost most: Int, key: RandomKey) {
    entropy = entropy(with: members)
    let classes = members.first?.count ?? 0
    rows = rows.flatMap { row in
      (0..<classes).map { column in
        row.indices.map { row[$0] * Double(members[$0][column]) }
      }
    }
    weights = weights.flatMap { Array(repeating: $0, count: classes) }
    if rows.count > most { draw(most, key) }
  }

  /// Replaces the configurations by some drawn with their chances, each of which then stands for
  /// its part of the whole.
  private mutating func draw(_ number: Int, _ key: RandomKey) {
    let means = rows.map { $0.reduce(0, +) / Double($0.count) }
    let chances = zip(means, weights).map { $0 * $1 }
    var cumulative: [Double] = []
    var sum = 0.0
    for chance in chances {
      sum += chance
      cumulative.append(sum)
    }
    var generator = key.generator()
    let drawn = (0..<number).map { _ in
      let target = generator.uniform() * sum
      var (low, high) = (0, cumulative.count - 1)
      while low < high {
        let middle = (low + high) / 2
        if cumulative[middle] > target { high = middle } else { low = middle + 1 }
      }
      return low
    }
    weights = drawn.map { 1 / (Double(number) * max(means[$0], 1e-300)) }
    rows = drawn.map { rows[$0] }
  }
}
