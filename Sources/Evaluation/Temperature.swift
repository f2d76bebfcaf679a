import Foundation

/// One number that divides the logits so that confidence means what it says.
///
/// Guo et al., ICML 2017: T minimises the negative log-likelihood of softmax(z / T). With few labels
/// the minimum is a gamble, so log T̂ is shrunk towards log 1.3 with the weight of 50 labels:
///
///     log T = n / (n + 50) · log T̂ + 50 / (n + 50) · log 1.3
///
/// - Reads: held-out logits (out of fold or out of bag), never those of training.
/// - Range: T̂ in 0.5 … 10.
public struct Temperature: Sendable, Equatable, Codable {
  /// The best temperature on the logits given, 0.5 … 10; the prior without a case.
  public let fitted: Double
  /// The temperature to use, after shrinkage.
  public let value: Double
  /// The number of cases.
  public let count: Int

  /// What is believed before any label.
  static let prior = 1.3
  /// How many labels that belief weighs.
  static let priorWeight = 50.0
  private static let range = 0.5...10.0

  /// Fits the temperature.
  ///
  /// - Parameters:
  ///   - truth: the class index of each case.
  ///   - logits: `[cases, classes]`.
  public init(truth: [Int], logits: ClassProbabilities) {
    precondition(truth.count == logits.count, "one row of logits per case")
    let best = truth.isEmpty ? Self.prior : Self.minimum(truth, logits)
    let n = Double(truth.count)
    fitted = best
    count = truth.count
    value = exp((n * log(best) + Self.priorWeight * log(Self.prior)) / (n + Self.priorWeight))
  }

  /// The probabilities at this temperature.
  public func probabilities(_ logits: ClassProbabilities) -> ClassProbabilities {
    softmax(logits, temperature: value)
  }

  /// The loss is convex in 1/T, so the slope has one zero: bisection.
  private static func minimum(_ truth: [Int], _ logits: ClassProbabilities) -> Double {
    var low = 1 / range.upperBound
    var high = 1 / range.lowerBound
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if slope(truth, logits, at: middle) < 0 { low = middle } else { high = middle }
    }
    return 2 / (low + high)
  }

  /// The derivative of the summed loss by β = 1/T: Σ (E_p[z] − z_true).
  private static func slope(_ truth: [Int], _ logits: ClassProbabilities, at beta: Double) -> Double
  {
    truth.indices.reduce(0) { sum, row in
      let top = logits[row, logits.best(row)]
      var weight = 0.0
      var moment = 0.0
      for label in 0..<logits.classes {
        let share = exp(beta * (logits[row, label] - top))
        weight += share
        moment += share * logits[row, label]
      }
      return sum + moment / weight - logits[row, truth[row]]
    }
  }
}

/// The softmax of each row of `logits / temperature`.
public func softmax(_ logits: ClassProbabilities, temperature: Double = 1) -> ClassProbabilities {
  var result: [Float] = []
  result.reserveCapacity(logits.values.count)
  for row in 0..<logits.count {
    let top = logits[row, logits.best(row)]
    let shares = (0..<logits.classes).map { exp((logits[row, $0] - top) / temperature) }
    let total = shares.reduce(0, +)
    result += shares.map { Float($0 / total) }
  }
  return ClassProbabilities(result, classes: logits.classes)
}
