import Base
import Foundation

extension Draft {
  /// The number of classes.
  ///
  /// - Throws: an error where only a pixel aggregate is there.
  @discardableResult
  func requireProbabilities(for rule: String) throws -> Int {
    guard let matrix = pool.probabilities ?? pool.logits else {
      throw Diagnostic(
        "'\(rule)' needs probabilities, for which a pixel aggregate cannot stand in",
        fix: "give each image's mean class probabilities as probabilities.npy")
    }
    return matrix.columns
  }

  /// The class probabilities at a place, out of probabilities or logits.
  func probabilities(at place: Int) throws -> [Float] {
    guard let matrix = pool.probabilities ?? pool.logits else { return [] }
    return try probabilities(matrix, rows[place], place)
  }

  /// A row of class probabilities that belongs to a place.
  ///
  /// - Throws: an error naming the item where they are not finite or do not sum to one.
  func probabilities(_ matrix: Matrix, _ row: Int, _ place: Int) throws -> [Float] {
    var values = matrix.row(row)
    let areLogits = pool.probabilities == nil && pool.logits != nil && matrix.shape.count == 2
    if !values.allSatisfy(\.isFinite) {
      throw notFinite(areLogits ? "the logits" : "the probabilities", place)
    }
    if areLogits {
      Self.softmax(&values)
    } else if let fault = Self.fault(values) {
      throw Diagnostic(
        "the probabilities of item \(item(place)) \(fault)",
        fix: "give probabilities that sum to one over the classes; logits belong into logits.npy")
    }
    return values
  }

  /// The room that 16-bit numbers need in a sum over many classes.
  private static let tolerance: Float = 0.02

  private static func fault(_ values: [Float]) -> String? {
    if values.count == 1 { return nil }
    if values.contains(where: { $0 < -tolerance }) { return "hold a negative number" }
    let sum = values.reduce(0, +)
    return abs(sum - 1) > tolerance ? "sum to \(sum)" : nil
  }

  private static func softmax(_ values: inout [Float]) {
    let highest = values.max() ?? 0
    let powers = values.map { exp(Double($0 - highest)) }
    let sum = powers.reduce(0, +)
    for index in values.indices { values[index] = Float(powers[index] / sum) }
  }
}
