import Base
public import Foundation
public import Models
import NN
import Torch
public import Training

/// What the frozen trunk makes of every item of a pool, computed once and mapped.
public struct TrunkFeatures: Sendable {
  /// D, the features of an item.
  public let width: Int
  /// Standardises on the pool.
  public let scaler: FeatureScaler
  private let table: ArrayFile
  private let rows: ItemTable

  /// Opens a table `[N, D]` whose rows are those of `items`, in their order.
  ///
  /// - Throws: a diagnostic when the file is not such a table.
  public init(_ url: URL, items: [Int]) throws {
    table = try ArrayFile(url)
    guard table.shape.count == 2, table.shape[0] == items.count else {
      throw Diagnostic(
        "the table of trunk features has shape \(table.shape), wanted [\(items.count), D]",
        at: url.lastPathComponent, fix: "delete the file; it is computed anew")
    }
    width = table.shape[1]
    rows = ItemTable(placesOf: items)
    let sample = stride(from: 0, to: items.count, by: max(items.count / 4096, 1))
    scaler = FeatureScaler(
      fitting: sample.flatMap { [table] in table.floats(rows: $0..<$0 + 1) }, width: width)
  }

  /// Computes the table, a batch at a time; O(N D) on disk, memory independent of N.
  public static func compute(
    _ network: Network, items: [Int], inference: PoolInference, to url: URL
  ) throws -> TrunkFeatures {
    try inference.write(items, to: url) { network.embedding($0, .evaluate) }
    return try TrunkFeatures(url, items: items)
  }

  /// Standardised features `[items, D]`, row by row.
  public func scaled(_ items: [Int]) -> [Float] { scaler(raw(items)) }

  /// Features `[items, D]` as the trunk gives them, row by row.
  public func raw(_ items: [Int]) -> [Float] {
    items.flatMap { item -> [Float] in
      guard let row = rows[item] else {
        preconditionFailure("item \(item) is not in the table of trunk features")
      }
      return table.floats(rows: row..<row + 1)
    }
  }
}
