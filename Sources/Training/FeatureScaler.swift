import Foundation

/// Brings embeddings to the scale that ``LogisticHead``'s penalty is meant for.
///
/// Every feature is standardised on the pool and cut off at ±8; then all are divided by one number,
/// so that the pool's mean squared norm is 1. Fitted without labels.
public struct FeatureScaler: Codable, Sendable, Equatable {
  /// Mean of each feature.
  public private(set) var mean: [Float]
  /// One over the deviation of each feature; 0 for a constant one.
  public private(set) var inverseDeviation: [Float]
  /// The common factor.
  public private(set) var scale: Float

  /// Standardised values are cut off here.
  public static let limit: Float = 8

  /// Fits rows of `width` features.
  public init(fitting values: [Float], width: Int) {
    precondition(width > 0 && values.count % width == 0 && !values.isEmpty, "rows of \(width)")
    let rows = Double(values.count / width)
    var (sum, square) = (
      [Double](repeating: 0, count: width), [Double](repeating: 0, count: width)
    )
    for (index, value) in values.enumerated() { sum[index % width] += Double(value) }
    mean = sum.map { Float($0 / rows) }
    for (index, value) in values.enumerated() {
      let difference = Double(value) - sum[index % width] / rows
      square[index % width] += difference * difference
    }
    inverseDeviation = square.map { $0 / rows > 1e-12 ? Float(1 / ($0 / rows).squareRoot()) : 0 }
    scale = 1
    let norm = self(values).reduce(0.0) { $0 + Double($1) * Double($1) } / rows
    scale = norm > 0 ? Float(1 / norm.squareRoot()) : 1
  }

  /// The scaled rows.
  public func callAsFunction(_ values: [Float]) -> [Float] {
    var result = values
    let width = mean.count
    precondition(values.count % width == 0, "\(values.count) values are no rows of \(width)")
    for start in stride(from: 0, to: values.count, by: width) {
      for column in 0..<width {
        let value = (values[start + column] - mean[column]) * inverseDeviation[column]
        result[start + column] = min(max(value, -Self.limit), Self.limit) * scale
      }
    }
    return result
  }
}
