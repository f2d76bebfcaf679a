import Foundation
import Torch

/// A linear classifier on cached embeddings: multinomial logistic regression.
///
/// Minimises  Σ_i w_i CE(W x_i + b, y_i) / Σ_i w_i + (λ / 2) ‖W‖²  in float64 by ``LBFGS``, where
/// w_i is the row's own weight times, if balanced, n / (seen classes · n_c). The bias is not
/// penalised. A class without rows is never predicted: its probability is 0. The minimum is unique
/// (up to a constant added to all biases, which start at 0), so nothing is drawn.
///
/// - Cost: O(steps · rows · width · classes); some milliseconds for a hundred labels.
public struct LogisticHead: Codable, Sendable, Equatable {
  /// How it is fitted.
  public struct Settings: Codable, Sendable, Equatable {
    /// λ, the penalty on the squared weights; for features of mean squared norm 1.
    public var lambda: Double
    /// Whether every seen class weighs the same, however many rows it has.
    public var balanced: Bool

    /// The settings that serve at every number of labels.
    public init(lambda: Double = 1e-3, balanced: Bool = true) {
      self.lambda = lambda
      self.balanced = balanced
    }
  }

  /// W, `[C, D]` row-major.
  public let weight: [Double]
  /// b, `[C]`.
  public let bias: [Double]
  /// Which classes had rows, `[C]`.
  public let isSeen: [Bool]

  /// Features, D.
  public var width: Int { weight.count / bias.count }
  /// Classes, C.
  public var classes: Int { bias.count }

  /// A head of known weights.
  public init(weight: [Double], bias: [Double], isSeen: [Bool]) {
    self.weight = weight
    self.bias = bias
    self.isSeen = isSeen
  }

  /// Fits a head.
  ///
  /// - Parameters:
  ///   - features: `[N, width]`, row-major; see ``FeatureScaler``.
  ///   - width: features of a row.
  ///   - labels: the class of each row, 0 ..< classes.
  ///   - classes: how many there are, seen or not.
  ///   - weights: the rows' own weights (pseudo-labels weigh less); nil: 1 each.
  ///   - settings: penalty and balance.
  ///   - start: a head of the same width and classes from which the search begins, for speed.
  /// - Returns: the head at the minimum.
  public static func fit(
    _ features: [Float], width: Int, labels: [Int], classes: Int, weights: [Double]? = nil,
    settings: Settings = Settings(), from start: LogisticHead? = nil
  ) -> LogisticHead {
    precondition(
      features.count == labels.count * width && !labels.isEmpty,
      "\(labels.count) labels for \(features.count) values in rows of \(width)")
    precondition(labels.allSatisfy { (0..<classes).contains($0) }, "a label is no class")
    let seen = Set(labels).sorted()
    let rowWeights = rowWeights(labels, weights, classes: seen.count, settings)
    let problem = LogisticProblem(
      features, width: width, labels: labels.map { seen.firstIndex(of: $0) ?? 0 },
      classes: seen.count, weights: rowWeights, lambda: settings.lambda)
    let first =
      start?.point(of: seen, width: width)
      ?? [Double](repeating: 0, count: seen.count * (width + 1))
    return LogisticHead(
      solution: LBFGS().minimize(first, problem.evaluate), seen: seen, width: width,
      classes: classes)
  }

  /// Weights and bias of some classes, `[seen, D + 1]`; zeros for one without.
  private func point(of seen: [Int], width: Int) -> [Double] {
    precondition(self.width == width, "a head of \(self.width) features for \(width)")
    return seen.flatMap { weight[$0 * width..<($0 + 1) * width] + [bias[$0]] }
  }

  private init(solution: [Double], seen: [Int], width: Int, classes: Int) {
    var weight = [Double](repeating: 0, count: classes * width)
    var bias = [Double](repeating: 0, count: classes)
    for (row, label) in seen.enumerated() {
      let start = row * (width + 1)
      weight.replaceSubrange(
        (label * width)..<((label + 1) * width), with: solution[start..<(start + width)])
      bias[label] = solution[start + width]
    }
    self.init(weight: weight, bias: bias, isSeen: (0..<classes).map(seen.contains))
  }

  private static func rowWeights(
    _ labels: [Int], _ own: [Double]?, classes: Int, _ settings: Settings
  ) -> [Double] {
    let own = own ?? [Double](repeating: 1, count: labels.count)
    precondition(own.count == labels.count, "\(own.count) weights for \(labels.count) rows")
    var totals: [Int: Double] = [:]
    for (label, weight) in zip(labels, own) { totals[label, default: 0] += weight }
    let sum = own.reduce(0, +)
    return zip(labels, own).map { label, weight in
      guard settings.balanced, let total = totals[label], total > 0 else { return weight }
      return weight * sum / (Double(classes) * total)
    }
  }

  /// W x + b, `[N, C]`; −∞ for a class never seen.
  public func logits(_ features: [Float]) -> [Float] {
    let rows = features.count / width
    let values = linear(
      Tensor(features, [rows, width]).to(.float64), Tensor(weight, [classes, width]),
      Tensor(bias, [classes]))
    let unseen = Tensor(isSeen.map { !$0 }, [1, classes])
    return values.maskedFill(unseen, -Double.infinity).floats()
  }

  /// The layer that does the same to raw features, but for the cutting off: for a network's own
  /// head.
  ///
  /// A class never seen gets a bias of −10,000.
  public func folding(_ scaler: FeatureScaler) -> (weight: [Float], bias: [Float]) {
    let factors = scaler.inverseDeviation.map { Double($0 * scaler.scale) }
    let folded = weight.indices.map { weight[$0] * factors[$0 % width] }
    let shifts = (0..<classes).map { row in
      (0..<width).reduce(0) { $0 + folded[row * width + $1] * Double(scaler.mean[$1]) }
    }
    let biases = (0..<classes).map { isSeen[$0] ? bias[$0] - shifts[$0] : -1e4 }
    return (folded.map { Float($0) }, biases.map { Float($0) })
  }

  /// softmax of ``logits(_:)``, `[N, C]`.
  public func probabilities(_ features: [Float]) -> [Float] {
    Tensor(logits(features), [features.count / width, classes]).softmax(dim: 1).floats()
  }

  /// Logits of every row by a head that has not seen its fold; the other arguments are those of
  /// `fit`.
  ///
  /// `folds` says the fold of each row, whole groups together, or nil where it is always trained on;
  /// such rows get NaN. Returns `[N, C]`.
  public static func outOfFold(
    _ features: [Float], width: Int, labels: [Int], classes: Int, folds: [Int?],
    weights: [Double]? = nil, settings: Settings = Settings()
  ) -> [Float] {
    var result = [Float](repeating: .nan, count: labels.count * classes)
    for fold in Set(folds.compactMap { $0 }).sorted() {
      let training = folds.indices.filter { folds[$0] != fold }
      let testing = folds.indices.filter { folds[$0] == fold }
      let head = fit(
        rows(training, of: features, width), width: width, labels: training.map { labels[$0] },
        classes: classes, weights: weights.map { all in training.map { all[$0] } },
        settings: settings)
      let logits = head.logits(rows(testing, of: features, width))
      for (row, item) in testing.enumerated() {
        result.replaceSubrange(
          (item * classes)..<((item + 1) * classes),
          with: logits[(row * classes)..<((row + 1) * classes)])
      }
    }
    return result
  }

  private static func rows(_ rows: [Int], of features: [Float], _ width: Int) -> [Float] {
    rows.flatMap { features[($0 * width)..<(($0 + 1) * width)] }
  }
}

/// Value and gradient of the penalised loss; a point is `[C, D + 1]`, the bias last.
private struct LogisticProblem {
  private let inputs: Tensor
  private let targets: Tensor
  private let weights: Tensor
  private let penalised: Tensor
  private let lambda: Double
  private let shape: [Int]

  init(
    _ features: [Float], width: Int, labels: [Int], classes: Int, weights: [Double],
    lambda: Double
  ) {
    let ones = Tensor.ones([labels.count, 1], dtype: .float64)
    inputs = cat([Tensor(features, [labels.count, width]).to(.float64), ones], dim: 1)
    var oneHot = [Double](repeating: 0, count: labels.count * classes)
    for (row, label) in labels.enumerated() { oneHot[row * classes + label] = 1 }
    targets = Tensor(oneHot, [labels.count, classes])
    let sum = weights.reduce(0, +)
    self.weights = Tensor(weights.map { $0 / sum }, [labels.count, 1])
    penalised = Tensor(
      [Double](repeating: 1, count: width) + [0], [1, width + 1])
    self.lambda = lambda
    shape = [classes, width + 1]
  }

  func evaluate(_ point: [Double]) -> (value: Double, gradient: [Double]) {
    withoutGradients {
      let theta = Tensor(point, shape)
      let logarithms = inputs.mm(theta.t()).logSoftmax(dim: 1)
      let decayed = theta * penalised
      let loss = -(logarithms * targets * weights).sum() + (decayed * decayed).sum() * (lambda / 2)
      let residuals = (logarithms.exp() - targets) * weights
      let gradient = residuals.t().mm(inputs) + decayed * lambda
      return (loss.item(), gradient.doubles())
    }
  }
}
