import Evaluation
import Testing

@Suite struct LearningCurveTests {
  /// The worked example: areas .7300 and .7614, target .75 at 61.69 labels.
  private let curve = LearningCurve([(20, 0.60), (40, 0.70), (80, 0.78), (160, 0.82)])

  @Test("areas of the worked example")
  func areas() {
    #expect(close(curve.areaLog2, 0.73))
    #expect(close(curve.areaLinear, 106.6 / 140))
    #expect(abs(curve.areaLinear - 0.7614) < 5e-5)
    #expect(close(curve.areaByRound, 0.73))
  }

  @Test("labels to a target of the worked example")
  func target() throws {
    guard case .reached(let labels) = curve.labels(toReach: 0.75) else {
      Issue.record("the curve crosses 0.75")
      return
    }
    #expect(abs(labels - 61.69) < 5e-3)
  }

  @Test("what the first budget reaches, or the last does not, is censored there")
  func censoring() {
    #expect(curve.labels(toReach: 0.6) == .atMost(20))
    #expect(curve.labels(toReach: 0.5) == .atMost(20))
    #expect(curve.labels(toReach: 0.82) == .reached(160))
    #expect(curve.labels(toReach: 0.83) == .over(160))
  }

  @Test("a lucky round is not a crossing: the fit pools it with what follows")
  func luckyRound() {
    let noisy = LearningCurve([(10, 0.5), (20, 0.9), (40, 0.6), (80, 0.8)])
    #expect(close(noisy.fitted, [0.5, 0.75, 0.75, 0.8]))
    #expect(noisy.labels(toReach: 0.78) != noisy.labels(toReach: 0.75))
    guard case .reached(let labels) = noisy.labels(toReach: 0.78) else { return }
    #expect(labels > 40)
  }

  @Test("the isotonic fit is scikit-learn's, with weights")
  func isotonic() throws {
    let known = try Reference.load().statistics.isotonic
    #expect(close(isotonicFit(known.values, weights: known.weights), known.fit))
  }

  @Test("points come in any order, and repeats are averaged")
  func repeats() {
    let curve = LearningCurve([(40, 0.8), (10, 0.4), (40, 0.6)])
    #expect(curve.points.map(\.labels) == [10, 40])
    #expect(close(curve.points.map(\.score), [0.4, 0.7]))
    #expect(LearningCurve([(10, 0.4)]).areaLog2 == 0.4)
  }
}
