import Base
import Evaluation
import Foundation
import SemiSup
import Testing
import Torch

@Suite("Which unlabelled images get a label")
struct SelectionTests {
  private let shares = ClassProbabilities(
    (portable(60, [6, 3]) * 3).softmax(dim: 1).floats(), classes: 3)

  private func known(_ counts: [Int], round: Int = 0, thresholds: [Double?] = [0, 0, 0])
    -> KnownLabels
  {
    let labels = counts.enumerated().flatMap { Array(repeating: $0.offset, count: $0.element) }
    return KnownLabels(
      thresholds: thresholds, prior: LabelledPrior(classes: labels, count: counts.count),
      counts: counts, round: round)
  }

  @Test("pseudo-label: shares of the pool by the labels' prior, more each round, surest first")
  func curriculum() {
    let ones: [Float] = [0.1, 0.2, 0.3, 0.35, 0.95, 0.9, 0.6, 0.7, 0.8, 0.65]
    let shares = ClassProbabilities(ones.flatMap { [1 - $0, $0] }, classes: 2)
    let rule = CurriculumRule(shares: [0.4, 0.8])
    func rows(_ known: KnownLabels) -> [Int] { rule.select(shares, known).map(\.row) }
    // Half of each class: ⌊½ · .4 · 10⌋ = 2 of each, then 4.
    #expect(rows(known([5, 5], thresholds: [0, 0])) == [0, 1, 4, 5])
    #expect(rows(known([5, 5], round: 1, thresholds: [0, 0])) == [0, 1, 2, 3, 4, 5, 7, 8])
    // A quarter of the labels show class 1: ⌊¼ · 4⌋ = 1 of it, and three of class 0.
    #expect(rows(known([3, 1], thresholds: [0, 0])) == [0, 1, 2, 4])
    #expect(rows(known([5, 5], thresholds: [nil, 0.92])) == [4])
    // Weights are confidences, halved in the first round.
    let first = rule.select(shares, known([5, 5], thresholds: [0, 0]))
    #expect(abs(first[0].weight - 0.45) < 1e-6)
    let second = rule.select(shares, known([5, 5], round: 1, thresholds: [0, 0]))
    #expect(abs(second[0].weight - 0.9) < 1e-6)
  }

  @Test("ceal: entropies as published, below a limit that falls with the rounds")
  func entropies() {
    var settings = CEAL.Settings()
    (settings.decay, settings.capped) = (0, false)
    func rows(_ entropy: Double, normalized: Bool) -> [Int] {
      (settings.entropy, settings.normalized) = (entropy, normalized)
      return EntropyRule(settings, round: 0).select(shares, known([1, 1, 1])).map(\.row)
    }
    for (nats, share) in zip(GoldenMethods.entropy, GoldenMethods.normalizedEntropy) {
      // Just below its own entropy an image is out, just above it is in.
      #expect(
        rows(nats + 1e-5, normalized: false).count == rows(nats - 1e-5, normalized: false).count + 1
      )
      #expect(
        rows(share + 1e-5, normalized: true).count == rows(share - 1e-5, normalized: true).count + 1
      )
    }
    let falling = CEAL.Settings()
    #expect(EntropyRule(falling, round: 0).threshold == 0.05)
    #expect(abs(EntropyRule(falling, round: 3).threshold - (0.05 - 3 * 0.0033)) < 1e-12)
    #expect(EntropyRule(falling, round: 99).threshold == 0)
    #expect(EntropyRule(falling, round: 99).select(shares, known([1, 1, 1])).isEmpty)
  }

  @Test("ceal: no class gets more than its labels, the surest first")
  func capped() {
    var settings = CEAL.Settings()
    settings.entropy = 2
    // Predicted: 1, 2, 2, 1, 1, 1; surest of 1 is row 3, of 2 row 2.
    let one = EntropyRule(settings, round: 0).select(shares, known([1, 1, 1]))
    let entropies = GoldenMethods.entropy
    for label in Set(one.map(\.label)) {
      let rows = shares.predicted.indices.filter { shares.predicted[$0] == label }
      #expect(
        one.filter { $0.label == label }.map(\.row) == [rows.min { entropies[$0] < entropies[$1] }])
    }
    #expect(EntropyRule(settings, round: 0).select(shares, known([0, 0, 0])).isEmpty)
  }

  @Test("a map keeps as many components of a class as labelled maps show, the largest")
  func components() {
    // Labelled: one component of class 1, none of class 2.
    let labelled: [UInt8] = [0, 1, 1, 0, 0, 0, 1, 0, 0, 0]
    let components = Components(most: [labelled], classes: 3, width: 5)
    #expect(components.most == [.max, 1, 0])
    let map = [1, 0, 1, 1, 0, 0, 0, 1, 0, 2]
    #expect(
      components.keep(Tensor(map, [1, 2, 5])).ints() == [255, 0, 1, 1, 0, 0, 0, 1, 0, 255])
    // Diagonal neighbours are connected; the left and right ends of two rows are not.
    let diagonal = [1, 0, 0, 0, 0, 0, 1, 0, 0, 0]
    #expect(components.keep(Tensor(diagonal, [1, 2, 5])).ints() == diagonal)
    let ends = [0, 0, 0, 0, 1, 1, 0, 0, 0, 0]
    #expect(
      components.keep(Tensor(ends, [1, 2, 5])).ints() == [0, 0, 0, 0, 1, 255, 0, 0, 0, 0])
  }

  @Test("boxes lie inside, cover 2 to 40 %, in half of the images, images and labels alike")
  func boxes() {
    let keys = (0..<400).map { RandomKey(seed: 9).folding($0) }
    let mix = CutMix(keys: keys, height: 20, width: 30)
    let shares = mix.box.reshape([400, -1]).to(.float32).mean(dim: [1]).floats()
    let drawn = shares.filter { $0 > 0 }
    #expect((160..<240).contains(drawn.count))
    // Sides are whole pixels, rounded down.
    #expect(drawn.allSatisfy { (0.012...0.4).contains($0) })
    let (one, other) = (Tensor.zeros([400, 2, 20, 30]), Tensor.ones([400, 2, 20, 30]))
    let images = mix(one, other).select(dim: 1, index: 1)
    let labels = mix(
      Tensor.zeros([400, 20, 30], dtype: .int64), Tensor.ones([400, 20, 30], dtype: .int64))
    #expect(images.floats() == labels.to(.float32).floats())
    #expect(images.mean().item() > 0)
    #expect(CutMix(keys: keys, height: 20, width: 30).box.bools() == mix.box.bools())
  }
}
