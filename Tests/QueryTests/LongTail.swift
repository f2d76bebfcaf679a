import Base
import Foundation
import Query

/// A planted pool with a long tail, and a linear head trained on what has been labelled: a small
/// form of the question whether a rule saves labels.
///
/// Six classes of two Gaussian parts each in 16 dimensions, the largest 30 times the smallest;
/// balanced test items; multinomial logistic regression with balanced classes.
struct LongTail {
  static let classes = 6
  static let width = 16
  let features: [[Float]]
  let truth: [Int]
  private let testFeatures: [[Float]]
  private let testTruth: [Int]

  init(seed: UInt64, count: Int = 900) {
    var generator = RandomKey(seed: seed).folding("long tail").generator()
    let centres = (0..<Self.classes * 2).map { _ in
      (0..<Self.width).map { _ in 1.5 * generator.normal() }
    }
    func item(_ number: Int) -> [Float] {
      let part = centres[number * 2 + generator.below(2)]
      return part.map { Float($0 + generator.normal()) }
    }
    let weights = (0..<Self.classes).map { pow(30, -Double($0) / Double(Self.classes - 1)) }
    let sum = weights.reduce(0, +)
    truth = weights.enumerated().flatMap { number, weight in
      Array(repeating: number, count: Int((weight / sum * Double(count)).rounded()))
    }
    features = truth.map { item($0) }
    testTruth = (0..<300).map { $0 % Self.classes }
    testFeatures = testTruth.map { item($0) }
  }

  /// The balanced accuracy on the test items after labelling `items`.
  func score(_ items: [Int]) -> Double {
    let head = LinearHead(items.map { features[$0] }, items.map { truth[$0] }, Self.classes)
    var hits = [Double](repeating: 0, count: Self.classes)
    for (row, label) in zip(testFeatures, testTruth) {
      let p = head.probabilities(row)
      if p.indices.max(by: { p[$0] < p[$1] }) == label { hits[label] += 1 }
    }
    return hits.reduce(0, +) / Double(testTruth.count)
  }

  /// The labels with which a rule first reaches a score, interpolated over log₂; the last budget
  /// where it does not.
  func labels(toReach target: Double, by rule: any QueryStrategy, key: RandomKey) throws -> Double {
    var items = try start(rule, key)
    var before: (labels: Double, score: Double)?
    for round in 0..<9 {
      let now = (labels: Double(items.count), score: score(items))
      if now.score >= target {
        guard let before else { return now.labels }
        let share = (target - before.score) / max(now.score - before.score, 1e-9)
        return before.labels * pow(now.labels / before.labels, min(max(share, 0), 1))
      }
      if (before?.score ?? 0) <= now.score { before = now }
      let budget = Int((0.4 * Double(items.count)).rounded())
      items += try rule.query(statistics(items), budget: budget, key: key.folding(round))
        .map(\.item)
    }
    return Double(items.count)
  }

  private func start(_ rule: any QueryStrategy, _ key: RandomKey) throws -> [Int] {
    let first: any QueryStrategy = rule is Auto ? rule : RandomSampling()
    return try first.query(statistics([]), budget: 12, key: key.folding("start")).map(\.item)
  }

  private func statistics(_ items: [Int]) -> PoolStatistics {
    var labelled: [Int: Int] = [:]
    for item in items { labelled[item] = truth[item] }
    var pool = PoolStatistics(count: features.count, labelled: labelled)
    pool.embeddings = Matrix(features)
    pool.currentEmbeddings = Matrix(features)
    if !items.isEmpty {
      let head = LinearHead(items.map { features[$0] }, items.map { truth[$0] }, Self.classes)
      pool.probabilities = Matrix(features.map(head.probabilities))
    }
    return pool
  }
}

/// Multinomial logistic regression by gradient descent with momentum, each class of equal weight;
/// classes without a label are not predicted.
struct LinearHead {
  private var weights: [[Float]]
  private let isKnown: [Bool]

  init(_ rows: [[Float]], _ labels: [Int], _ classes: Int) {
    let counts = (0..<classes).map { number in labels.count { $0 == number } }
    isKnown = counts.map { $0 > 0 }
    weights = Array(repeating: Array(repeating: 0, count: rows[0].count + 1), count: classes)
    var speed = weights
    let shares = labels.map { 1 / Float(counts[$0] * isKnown.count { $0 }) }
    for _ in 0..<80 {
      var gradient = weights.map { $0.map { 0.01 * $0 } }
      for ((row, label), share) in zip(zip(rows, labels), shares) {
        let p = probabilities(row)
        for number in 0..<classes where isKnown[number] {
          let error = share * (p[number] - (number == label ? 1 : 0))
          for column in row.indices { gradient[number][column] += error * row[column] }
          gradient[number][row.count] += error
        }
      }
      for number in 0..<classes {
        for column in weights[number].indices {
          speed[number][column] = 0.9 * speed[number][column] - 0.1 * gradient[number][column]
          weights[number][column] += speed[number][column]
        }
      }
    }
  }

  func probabilities(_ row: [Float]) -> [Float] {
    var logits = weights.map { weight in
      zip(weight, row).reduce(weight[row.count]) { $0 + $1.0 * $1.1 }
    }
    for number in logits.indices where !isKnown[number] { logits[number] = -.infinity }
    let highest = logits.max() ?? 0
    let powers = logits.map { exp($0 - highest) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }
}
