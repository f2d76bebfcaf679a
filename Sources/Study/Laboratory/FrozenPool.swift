package import Base
import Query
import Torch
import Training

/// What a seed of the laboratory works on: its share of a data set's groups, and the features of
/// pool and test side as the head reads them.
///
/// Features are standardised on the seed's pool, cut off at ±8, reduced to principal components,
/// and scaled by one number to a mean squared norm of 1. The test side goes through the same.
package struct FrozenPool: Sendable {
  /// Rows of the data set's training side that may be asked for, ascending; an item of a query is a
  /// position in this list.
  package let rows: [Int]
  /// The class of each row.
  package let labels: [Int]
  /// The group of each row.
  package let groups: [Int]
  /// Classes.
  package let classes: Int
  /// Components of a row.
  package let width: Int
  /// `[rows, width]`.
  package let features: [Float]
  /// `[test, width]`.
  package let testFeatures: [Float]
  /// The class of each test image.
  package let testLabels: [Int]

  /// Rows.
  package var count: Int { rows.count }

  /// - Parameters:
  ///   - data: the data set.
  ///   - share: of the groups that the seed may ask for.
  ///   - components: at most so many are kept.
  ///   - key: draws the groups.
  package init(_ data: FrozenData, share: Double, components: Int, key: RandomKey) {
    let side = data.pool
    let chosen = Set(key.groups(share: share, of: side.groups))
    let rows = side.groups.indices.filter { chosen.contains(side.groups[$0]) }
    (labels, groups) = (rows.map { side.labels[$0] }, rows.map { side.groups[$0] })
    (self.rows, classes, testLabels) = (rows, data.classes, data.test.labels)
    let columns = side.features.count / side.items.count
    let raw = rows.flatMap { side.features[$0 * columns..<($0 + 1) * columns] }
    let scaler = FeatureScaler(fitting: raw, width: columns)
    let reduction = Reduction(scaler(raw), columns: columns, components: components)
    width = reduction.width
    features = reduction(scaler(raw))
    testFeatures = reduction(scaler(data.test.features))
  }
}

/// Principal components, then one factor.
private struct Reduction {
  let width: Int
  private let columns: Int
  private let axes: PrincipalComponents?
  private var factor: Float = 1

  /// - Parameters:
  ///   - values: `[rows, columns]`, centred.
  ///   - columns: features of a row.
  ///   - components: at most so many are kept.
  init(_ values: [Float], columns: Int, components: Int) {
    let rows = values.count / columns
    self.columns = columns
    width = min(components, columns)
    if columns > components {
      let covariance = withoutGradients {
        let table = Tensor(values, [rows, columns])
        return (table.t().mm(table) * (1 / Double(rows))).floats()
      }
      axes = PrincipalComponents(covariance: covariance, columns: columns, count: components)
    } else {
      axes = nil
    }
    let square = self(values).reduce(0.0) { $0 + Double($1) * Double($1) } / Double(rows)
    factor = square > 0 ? Float(1 / square.squareRoot()) : 1
  }

  func callAsFunction(_ values: [Float]) -> [Float] {
    guard let axes else { return values.map { $0 * factor } }
    let rows = values.count / columns
    let projected = [Float](unsafeUninitializedCapacity: rows * width) { buffer, count in
      if let target = buffer.baseAddress { axes.project(values, rows, into: target) }
      count = buffer.count
    }
    return projected.map { $0 * factor }
  }
}

extension RandomKey {
  /// A share of the groups, at least one: what a seed may ask for, the same for every arm.
  func groups(share: Double, of all: [Int]) -> [Int] {
    let groups = Set(all).sorted()
    let count = max(Int((share * Double(groups.count)).rounded()), 1)
    return folding("groups").sample(count, outOf: groups.count).map { groups[$0] }
  }
}
