/// A table of class scores, one row per case: probabilities or logits.
public struct ClassProbabilities: Sendable, Equatable {
  /// The number of columns.
  public let classes: Int
  /// `[cases, classes]`, row by row.
  public let values: [Float]

  /// Wraps `[cases, classes]` values, row by row.
  public init(_ values: [Float], classes: Int) {
    precondition(classes > 0 && values.count % classes == 0, "rows of \(classes) values each")
    self.values = values
    self.classes = classes
  }

  /// The number of rows.
  public var count: Int { values.count / classes }

  /// The value of a case and a class.
  public subscript(row: Int, label: Int) -> Double { Double(values[row * classes + label]) }

  /// The class with the highest value; the first of equals.
  public func best(_ row: Int) -> Int {
    let start = row * classes
    var best = 0
    for label in 1..<max(classes, 1) where values[start + label] > values[start + best] {
      best = label
    }
    return best
  }

  /// The class with the highest value of every case.
  public var predicted: [Int] { (0..<count).map(best) }

  /// One class's column.
  public func column(_ label: Int) -> [Double] { (0..<count).map { self[$0, label] } }

  /// The listed rows, in that order.
  public func rows(_ list: [Int]) -> ClassProbabilities {
    let picked = list.flatMap { values[($0 * classes)..<(($0 + 1) * classes)] }
    return ClassProbabilities(picked, classes: classes)
  }
}
