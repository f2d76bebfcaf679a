import Base
import Foundation
import Testing
import Torch
import Training

@Suite("Logistic head")
struct LogisticHeadTests {
  private let features: [Float]
  private let labels = (0..<30).map { $0 < 16 ? 0 : ($0 < 25 ? 1 : 2) }

  /// Thirty rows of four features: a linear congruential generator, 0.5 more at the row's class.
  init() {
    var state = 31
    var features = (0..<120).map { _ -> Float in
      state = (1_103_515_245 * state + 12345) % 2_147_483_648
      return Float(Double(state) / 1_073_741_824 - 1)
    }
    for (row, label) in labels.enumerated() { features[row * 4 + label] += 0.5 }
    self.features = features
  }

  private func fit(balanced: Bool, labels: [Int]? = nil, weights: [Double]? = nil) -> LogisticHead {
    LogisticHead.fit(
      features, width: 4, labels: labels ?? self.labels, classes: 3, weights: weights,
      settings: LogisticHead.Settings(lambda: 1e-2, balanced: balanced))
  }

  private func isClose(_ a: [Double], _ b: [Double], _ tolerance: Double) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) < tolerance }
  }

  // Values of scikit-learn 1.9.1: LogisticRegression(C: 1 / (0.01 · 30), tol: 1e-12, lbfgs), the
  // second with class_weight 'balanced'; the mean of its intercepts is taken off.
  @Test("has scikit-learn's weights")
  func reference() {
    let head = fit(balanced: false)
    #expect(
      isClose(
        head.weight,
        [
          0.807479433, -0.640913185, -0.44496758, -0.291680832, -0.553705564, 1.218893752,
          -0.169857473, -0.899746843, -0.253773869, -0.577980568, 0.614825053, 1.191427675,
        ], 1e-5))
    #expect(isClose(head.bias, [0.550832066, 0.000392231, -0.551224298], 1e-5))
    let probabilities = head.probabilities(Array(features[0..<8])).map(Double.init)
    let expected = [0.734091764, 0.235936446, 0.02997179, 0.366277643, 0.404762728, 0.228959629]
    #expect(isClose(probabilities, expected, 1e-5))
  }

  @Test("has scikit-learn's weights with balanced classes")
  func balancedReference() {
    let head = fit(balanced: true)
    #expect(
      isClose(
        head.weight,
        [
          0.823643651, -0.791078214, -0.341813854, -0.287263437, -0.723214004, 1.43537114,
          -0.138252799, -1.033427169, -0.100429647, -0.644292926, 0.480066653, 1.320690605,
        ], 1e-5))
    #expect(isClose(head.bias, [0.024332725, 0.025888032, -0.050220757], 1e-5))
  }

  @Test("of one feature and two classes solves the closed condition")
  func closedForm() {
    // By symmetry b = 0 and W = (−w, w): log(1 + e^(−2w)) + λw² is least at λw = 1 − σ(2w).
    let head = LogisticHead.fit(
      [-1, 1], width: 1, labels: [0, 1], classes: 2,
      settings: LogisticHead.Settings(lambda: 0.1, balanced: false))
    let w = head.weight[1]
    #expect(abs(head.weight[0] + w) < 1e-9 && abs(head.bias[0] - head.bias[1]) < 1e-9)
    #expect(abs(0.1 * w - (1 - 1 / (1 + exp(-2 * w)))) < 1e-8)
  }

  @Test("never predicts a class that it has not seen")
  func unseenClass() {
    let head = fit(balanced: true, labels: labels.map { $0 == 2 ? 0 : $0 })
    #expect(head.isSeen == [true, true, false])
    let probabilities = head.probabilities(features)
    #expect((0..<30).allSatisfy { probabilities[3 * $0 + 2] == 0 })
    #expect(
      (0..<30).allSatisfy { abs(probabilities[3 * $0] + probabilities[3 * $0 + 1] - 1) < 1e-6 })
  }

  @Test("of a single class is sure of it")
  func oneClass() {
    let head = fit(balanced: true, labels: labels.map { _ in 1 })
    #expect(head.probabilities(Array(features[0..<4])) == [0, 1, 0])
  }

  @Test("takes a row of weight 2 as two rows")
  func weights() {
    let doubled = LogisticHead.fit(
      features + features[0..<20], width: 4, labels: labels + labels[0..<5], classes: 3,
      settings: LogisticHead.Settings(lambda: 1e-2, balanced: true))
    let weighted = fit(
      balanced: true, weights: (0..<30).map { $0 < 5 ? 2 : 1 })
    #expect(isClose(doubled.weight, weighted.weight, 1e-6))
  }

  @Test("folds the scaling of features into a layer for raw ones")
  func folding() {
    let raw = features.enumerated().map { $1 * Float(1 + $0 % 4) + 3 }
    let scaler = FeatureScaler(fitting: raw, width: 4)
    let head = LogisticHead.fit(
      scaler(raw), width: 4, labels: labels.map { $0 == 2 ? 0 : $0 }, classes: 3)
    let (weight, bias) = head.folding(scaler)
    let logits = linear(Tensor(raw, [30, 4]), Tensor(weight, [3, 4]), Tensor(bias, [3]))
    let probabilities = logits.softmax(dim: 1).floats()
    #expect(zip(probabilities, head.probabilities(scaler(raw))).allSatisfy { abs($0 - $1) < 1e-5 })
  }

  @Test("out of fold has not seen the fold")
  func outOfFold() {
    let folds: [Int?] = (0..<30).map { $0 == 0 ? nil : $0 % 3 }
    let settings = LogisticHead.Settings(lambda: 1e-2)
    let logits = LogisticHead.outOfFold(
      features, width: 4, labels: labels, classes: 3, folds: folds, settings: settings)
    #expect(logits[0..<3].allSatisfy(\.isNaN) && logits[3...].allSatisfy(\.isFinite))
    let training = (0..<30).filter { folds[$0] != 1 }
    let head = LogisticHead.fit(
      training.flatMap { features[($0 * 4)..<($0 * 4 + 4)] }, width: 4,
      labels: training.map { labels[$0] }, classes: 3, settings: settings)
    let expected = head.logits(Array(features[16..<20]))
    #expect(zip(logits[12..<15], expected).allSatisfy { abs($0 - $1) < 1e-6 })
  }

  @Test("of a hundred labels and 512 features is the same each time")
  func wide() {
    let key = RandomKey(seed: 4)
    var generator = key.generator()
    let values = (0..<(100 * 512)).map { _ in Float(generator.normal()) }
    let scaled = FeatureScaler(fitting: values, width: 512)(values)
    let labels = (0..<100).map { $0 % 7 }
    let one = LogisticHead.fit(scaled, width: 512, labels: labels, classes: 7)
    #expect(one == LogisticHead.fit(scaled, width: 512, labels: labels, classes: 7))
  }
}

@Suite("Feature scaling")
struct FeatureScalerTests {
  @Test("standardises, cuts off at eight deviations, and makes the mean squared norm 1")
  func scales() {
    var values = (0..<400).flatMap { row -> [Float] in [Float(row % 4), 7, Float(row % 2) * 100] }
    values[0] = 4000
    let scaler = FeatureScaler(fitting: values, width: 3)
    let scaled = scaler(values)
    let norm = scaled.reduce(0) { $0 + $1 * $1 } / 400
    #expect(abs(norm - 1) < 1e-4)
    #expect(scaled[0] == 8 * scaler.scale)
    #expect(scaled.indices.filter { $0 % 3 == 1 }.allSatisfy { scaled[$0] == 0 })
    let column = scaled.indices.filter { $0 % 3 == 2 }.map { scaled[$0] }
    #expect(abs(column.reduce(0, +)) < 1e-3)
  }
}
