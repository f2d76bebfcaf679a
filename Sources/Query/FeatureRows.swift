import Base

extension Draft {
  /// Copies the features at a place to `target`.
  ///
  /// - Throws: an error naming the item where a number is not finite.
  func copyRow(
    of matrix: Matrix, at place: Int, into target: UnsafeMutablePointer<Float>, _ name: String
  ) throws {
    matrix.copy(row: rows[place], into: target)
    if !Self.areFinite(target, matrix.columns) { throw notFinite(name, place) }
  }

  /// The error for a number that is not finite.
  func notFinite(_ name: String, _ place: Int) -> Diagnostic {
    Diagnostic(
      "\(name) of item \(item(place)) holds a number that is not finite",
      fix: "look at this item, correct or remove it, and compute the statistics again")
  }

  /// Whether no number is infinite or not a number: the product with zero is zero for the others.
  private static func areFinite(_ values: UnsafePointer<Float>, _ count: Int) -> Bool {
    var sum: Float = 0
    for index in 0..<count { sum += values[index] * 0 }
    return sum == 0
  }
}
