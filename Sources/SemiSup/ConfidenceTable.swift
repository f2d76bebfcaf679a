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

  /// Counts one held-out prediction.
  public mutating func add(predicted: Int, confidence: Float, isRight: Bool) {
    let bin = min(max(Int(confidence * Float(Self.bins) + 1e-3), 0), Self.bins)
    all[predicted][bin] += 1
    if isRight { right[predicted][bin] += 1 }
  }

  /// Counts what another table has counted.
  public mutating func add(_ other: ConfidenceTable) {
    for label in all.indices {
      for bin in all[label].indices {
        all[label][bin] += other.all[label][bin]
        right[label][bin] += other.right[label][bin]
      }
    }
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
}
