import Evaluation

/// How often held-out predictions were right, by predicted class and confidence, in thousandths.
public struct ConfidenceTable: Sendable, Equatable {
  private static let bins = 1000
  private var right: [[Int]]
  private var all: [[Int]]

  /// An empty table of `classes` classes.
  public init(classes: Int) {
    let row = [Int](repeating: 0, count: Self.bins + 1)
    right = [[Int]](repeating: row, count: classes)
    all = right
  }

  /// Held-out predictions; their logits are divided by `temperature`.
  init(_ heldOuts: [HeldOut], classes: Int, temperature: Double) {
    self.init(classes: classes)
    for heldOut in heldOuts {
      let shares = softmax(
        ClassProbabilities(heldOut.logits, classes: classes), temperature: temperature)
      for (row, best) in shares.predicted.enumerated() {
        add(
          predicted: best, confidence: Float(shares[row, best]),
          isRight: best == heldOut.truth[row])
      }
    }
  }

  /// Counts one held-out prediction.
  public mutating func add(predicted: Int, confidence: Float, isRight: Bool) {
    all[predicted][Self.bin(confidence)] += 1
    if isRight { right[predicted][Self.bin(confidence)] += 1 }
  }

  /// For each class the least confidence from which on its predictions are right often enough, cut
  /// to the settings' range; nil for a class that never is.
  ///
  /// τ_c = min {t : precision of class c among confidences ≥ t is at least π}.
  public func thresholds(_ settings: SemiSupConfiguration.Thresholds) -> [Double?] {
    all.indices.map { label in
      var (count, hits) = (0, 0)
      var best: Int?
      for bin in all[label].indices.reversed() where all[label][bin] > 0 {
        count += all[label][bin]
        hits += right[label][bin]
        if Double(hits) >= settings.precision * Double(count) { best = bin }
      }
      return best.map {
        min(max(Double($0) / Double(Self.bins), settings.lowest), settings.highest)
      }
    }
  }

  /// How precise the predictions are that reach the threshold of their class.
  public func precision(_ thresholds: [Double?]) -> PseudoLabelPrecision {
    var result = PseudoLabelPrecision(classes: all.count)
    for label in all.indices {
      result.all += all[label].reduce(0, +)
      guard let threshold = thresholds[label] else { continue }
      let bins = Self.bin(Float(threshold))...
      result.kept[label] = all[label][bins].reduce(0, +)
      result.right[label] = right[label][bins].reduce(0, +)
    }
    return result
  }

  private static func bin(_ confidence: Float) -> Int {
    min(max(Int(confidence * Float(bins) + 1e-3), 0), bins)
  }
}

/// How precise pseudo-labels are, counted where the truth is known.
public struct PseudoLabelPrecision: Sendable, Equatable {
  /// Held-out predictions.
  public internal(set) var all = 0
  /// Those of each class that reach its threshold.
  public internal(set) var kept: [Int]
  /// Those of `kept` that are right.
  public internal(set) var right: [Int]

  /// Nothing counted yet.
  init(classes: Int) {
    kept = [Int](repeating: 0, count: classes)
    right = kept
  }

  /// The right among the kept; nil where none is kept.
  public var precision: Double? {
    let count = kept.reduce(0, +)
    return count == 0 ? nil : Double(right.reduce(0, +)) / Double(count)
  }

  /// The same of each class.
  public var ofClass: [Double?] {
    zip(right, kept).map { $1 == 0 ? nil : Double($0) / Double($1) }
  }

  /// The kept among all.
  public var coverage: Double { Double(kept.reduce(0, +)) / Double(max(all, 1)) }

  mutating func add(_ other: PseudoLabelPrecision) {
    all += other.all
    kept = zip(kept, other.kept).map(+)
    right = zip(right, other.right).map(+)
  }
}
