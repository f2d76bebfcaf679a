import SemiSup
import Testing
import Torch

@Suite("Thresholds of predictions")
struct ThresholdTests {
  /// Single precision of the statistics.
  private let single = 1e-6
  private let shares = (portable(60, [6, 3]) * 3).softmax(dim: 1)
  private let items = Array(10..<16)

  private func agrees(_ tensor: Tensor, _ golden: [Double]) -> Bool {
    let values = tensor.doubles()
    return values.count == golden.count && zip(values, golden).allSatisfy { abs($0 - $1) < single }
  }

  @Test("flex: the threshold falls with what a class has learnt, as published")
  func flex() {
    let beta = Tensor([1, 0.5, 0.2] as [Double], [3])
    #expect(agrees(FlexThreshold.curve(beta, 0.95), GoldenMethods.flex))
    let threshold = FlexThreshold(.init(), ThresholdFrame(classes: 3, steps: 100), items: items)
    // Nothing is learnt yet: every prediction is believed.
    #expect(threshold.weights(shares, items: items).floats() == [1, 1, 1, 1, 1, 1])
    // Rows 2 and 3 are sure (.98, .9997 of class 2; .98 of class 1): σ = 0, 1, 1; four never were.
    let (confidence, label) = shares.max(dim: 1)
    let sure = zip(confidence.doubles(), label.ints()).filter { $0.0 >= 0.95 }.map(\.1)
    let counts = (0..<3).map { label in Double(sure.count { $0 == label }) }
    let never = 6 - counts.reduce(0, +)
    let expected = counts.map { count -> Double in
      let beta = count / max(counts.max() ?? 0, never)
      return 0.95 * beta / (2 - beta)
    }
    #expect(sure.count > 0 && never > 0)
    #expect(agrees(threshold.thresholds, expected))
    // Seeing the same images again counts none twice.
    _ = threshold.weights(shares, items: items)
    #expect(agrees(threshold.thresholds, expected))
  }

  @Test("free: thresholds and fairness after one step, as published")
  func free() {
    var settings = FreeThreshold.Settings()
    settings.momentum = 0.9
    settings.fairness = 1
    let threshold = FreeThreshold(settings, ThresholdFrame(classes: 3, steps: 100))
    let weights = threshold.weights(shares, items: items)
    #expect(abs(threshold.extras[0].tensor.item() - GoldenMethods.freeGlobal) < single)
    #expect(agrees(threshold.thresholds, GoldenMethods.free))
    #expect(weights.doubles().allSatisfy { $0 == 1 })
    let believed = shares.amax(dim: [1]).ge(0.6).to(.float64)
    let fairness = threshold.fairness(portable(61, [6, 3]) * 3, weights: believed)
    #expect(abs((fairness?.item() ?? 0) - GoldenMethods.freeFairness) < 1e-5)
    let none = threshold.fairness(portable(61, [6, 3]), weights: believed.zerosLike())
    #expect(none?.item() == 0)
  }

  @Test("soft: weights and statistics after one step, as published")
  func soft() {
    let weights = SoftThreshold.weights(
      shares.amax(dim: [1]), mean: Tensor([0.8] as [Double], []),
      variance: Tensor([0.02] as [Double], []))
    #expect(agrees(weights, GoldenMethods.soft))
    var settings = SoftThreshold.Settings()
    settings.momentum = 0.9
    let threshold = SoftThreshold(settings, ThresholdFrame(classes: 3, steps: 100))
    _ = threshold.weights(shares, items: items)
    #expect(abs(threshold.mean.item() - GoldenMethods.softStatistics[0]) < single)
    #expect(abs(threshold.variance.item() - GoldenMethods.softStatistics[1]) < single)
  }

  @Test("soft shifts predictions to the labels' prior, and leaves those alone that have it")
  func aligned() {
    let prior = [0.7, 0.2, 0.1]
    let threshold = SoftThreshold(
      .init(), ThresholdFrame(classes: 3, prior: prior, steps: 1000))
    let constant = Tensor(prior + prior, [2, 3])
    #expect(agrees(threshold.aligned(constant), prior + prior))
    // Half of each class, again and again: what is predicted too rarely gains.
    let even = Tensor([0.4, 0.3, 0.3, 0.4, 0.3, 0.3] as [Double], [2, 3])
    for _ in 0..<500 { _ = threshold.aligned(even) }
    let shifted = threshold.aligned(even).doubles()
    #expect(zip(shifted, prior + prior).allSatisfy { abs($0 - $1) < 1e-3 })
  }

  @Test("in maps the background does not rule the statistics, and thresholds are cut")
  func maps() {
    // Ten pixels, eight of them sure background, one of each other class.
    let background = [Float](repeating: 0.98, count: 8) + [0.1, 0.2]
    let second = [Float](repeating: 0.01, count: 8) + [0.85, 0.2]
    let third = zip(background, second).map { 1 - $0 - $1 }
    let maps = Tensor(background + second + third, [1, 3, 1, 10])
    let frame = ThresholdFrame(classes: 3, isSegmentation: true, steps: 100)
    let free = FreeThreshold(.init(), frame)
    for _ in 0..<200 { _ = free.weights(maps, items: [0]) }
    // Confidence of the foreground is .725; .85 : .95 of it in shares of the two classes.
    let thresholds = free.thresholds.doubles()
    #expect(abs(thresholds[0] - 0.95) < single)
    #expect(thresholds.dropFirst().allSatisfy { (0.6 - single...0.95 + single).contains($0) })
    let flex = FlexThreshold(.init(), frame, items: [0])
    _ = flex.weights(maps, items: [0])
    #expect(agrees(flex.thresholds, [0.95, 0.6, 0.6]))
    let empty = Tensor(
      [Float](repeating: 0.98, count: 4) + [Float](repeating: 0.01, count: 8), [1, 3, 1, 4])
    let unseen = FreeThreshold(.init(), frame)
    #expect(unseen.weights(empty, items: [0]).floats() == [1, 1, 1, 1])
    #expect(unseen.thresholds.doubles().allSatisfy { $0.isFinite })
    let soft = SoftThreshold(.init(), frame)
    #expect(soft.weights(empty, items: [0]).doubles().allSatisfy { $0.isFinite })
  }
}
