/// How often each class was taken for each other one, and the scores that follow from it.
///
/// Rows are the truth, columns the prediction. A score that does not exist (the recall of a class
/// without a case) is `nil`, never 0 or NaN.
public struct ConfusionMatrix: Sendable, Equatable, Codable {
  /// The number of classes.
  public let classes: Int
  /// `[classes, classes]`, row by row: row truth, column prediction.
  public private(set) var counts: [Int]

  /// A matrix without a case.
  public init(classes: Int) {
    precondition(classes > 0, "a confusion matrix needs a class")
    self.classes = classes
    counts = Array(repeating: 0, count: classes * classes)
  }

  /// The matrix of paired class indices; both lists have one entry per case.
  public init(truth: [Int], predicted: [Int], classes: Int) {
    precondition(truth.count == predicted.count, "one prediction per case")
    self.init(classes: classes)
    for (row, column) in zip(truth, predicted) { add(truth: row, predicted: column) }
  }

  /// Counts `count` more cases of class `truth` that were called `predicted`.
  public mutating func add(truth: Int, predicted: Int, count: Int = 1) {
    precondition((0..<classes).contains(truth), "class \(truth) is outside 0..<\(classes)")
    precondition((0..<classes).contains(predicted), "class \(predicted) is outside 0..<\(classes)")
    counts[truth * classes + predicted] += count
  }

  /// The number of cases of class `truth` that were called `predicted`.
  public subscript(truth: Int, predicted: Int) -> Int { counts[truth * classes + predicted] }

  /// The number of cases.
  public var total: Int { counts.reduce(0, +) }

  /// The number of cases of the class.
  public func support(of label: Int) -> Int {
    (0..<classes).reduce(0) { $0 + self[label, $1] }
  }

  /// How often the class was predicted.
  public func predictions(of label: Int) -> Int {
    (0..<classes).reduce(0) { $0 + self[$1, label] }
  }

  /// The share of cases called by their class; `nil` without a case.
  public var accuracy: Double? {
    total == 0 ? nil : Double(correct) / Double(total)
  }

  /// The share of the class's cases that were found; `nil` for a class without a case.
  public func recall(of label: Int) -> Double? {
    let cases = support(of: label)
    return cases == 0 ? nil : Double(self[label, label]) / Double(cases)
  }

  /// The share of the class's predictions that were right; `nil` for a class never predicted.
  public func precision(of label: Int) -> Double? {
    let calls = predictions(of: label)
    return calls == 0 ? nil : Double(self[label, label]) / Double(calls)
  }

  /// F1 of the class: 0 where nothing of it was found, `nil` where it is neither present nor
  /// predicted.
  public func f1(of label: Int) -> Double? {
    let seen = support(of: label) + predictions(of: label)
    return seen == 0 ? nil : 2 * Double(self[label, label]) / Double(seen)
  }

  /// The mean recall over the classes that are present in the truth.
  public var balancedAccuracy: Double? { mean((0..<classes).compactMap(recall)) }

  /// The mean F1 over the classes that are present in the truth or predicted.
  public var macroF1: Double? { mean((0..<classes).compactMap(f1)) }

  /// Cohen's kappa: agreement beyond chance; `nil` where chance alone explains everything.
  ///
  /// Cohen. *A Coefficient of Agreement for Nominal Scales.* 1960.
  public var kappa: Double? {
    guard total > 0 else { return nil }
    let cases = Double(total)
    let chance = (0..<classes).reduce(0.0) { sum, label in
      sum + Double(support(of: label)) / cases * Double(predictions(of: label)) / cases
    }
    return chance >= 1 ? nil : (Double(correct) / cases - chance) / (1 - chance)
  }

  private var correct: Int { (0..<classes).reduce(0) { $0 + self[$1, $1] } }
}
