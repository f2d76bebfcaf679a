import Base
import Foundation
import NN
import SemiSup
import Testing
import Torch

@Suite("The losses of semi-supervised methods")
struct MethodLossTests {
  /// Double precision over sums of a hundred terms.
  private let exact = 1e-9
  private let x = portable(20, [2, 3, 4, 4]) * 3
  private let y = portable(21, [2, 3, 4, 4]) * 3
  private var p: Tensor { x.softmax(dim: 1) }
  private var q: Tensor { y.softmax(dim: 1) }

  private func agrees(_ tensor: Tensor, _ golden: Double) -> Bool {
    abs(tensor.item() - golden) < exact
  }

  @Test("ramps and averages rise as published")
  func courses() {
    let ramp = [0, 25, 50, 75, 100, 200].map { Schedule.ramp(step: $0, length: 100) }
    #expect(zip(ramp, GoldenMethods.ramp).allSatisfy { abs($0 - $1) < exact })
    #expect(Schedule.ramp(step: 0, length: 0) == 1)
    let average = [0, 1, 9, 98, 99, 500].map {
      ExponentialMovingAverage.warmedUp(step: $0, limit: 0.99)
    }
    #expect(zip(average, GoldenMethods.average).allSatisfy { abs($0 - $1) < exact })
  }

  @Test("mean-teacher: the mean squared difference of maps, of valid pixels alone")
  func meanTeacher() {
    let all = Tensor.ones([2, 4, 4], dtype: .bool)
    #expect(agrees(MeanTeacher.disagreement(p, q, valid: all), GoldenMethods.meanTeacher))
    #expect(agrees(Loss.meanSquared(p, q), GoldenMethods.meanTeacher))
    let first = Tensor((0..<32).map { $0 < 16 }, [2, 4, 4])
    let half = Loss.meanSquared(
      p.narrow(dim: 0, start: 0, length: 1), q.narrow(dim: 0, start: 0, length: 1))
    #expect(agrees(MeanTeacher.disagreement(p, q, valid: first), half.item()))
    #expect(agrees(MeanTeacher.disagreement(p, q, valid: all.logicalNot()), 0))
  }

  @Test(
    "ua-mt: certain pixels alone, by ln C, and by the released code's ln 2 where it is asked for")
  func uncertainty() {
    let samples = (0..<8).map { (portable(30 + $0, [2, 3, 4, 4]) * 3).softmax(dim: 1) }
    let mean = samples.dropFirst().reduce(samples[0]) { $0 + $1 } / 8
    let progress = Schedule.ramp(step: 300, length: 1000)
    let mask = UncertaintyAwareMeanTeacher.mask(mean, progress: progress)
    #expect(agrees(mask.to(.float64).mean(), GoldenMethods.uncertainKept))
    #expect(
      agrees(UncertaintyAwareMeanTeacher.loss(p, q, mask: mask), GoldenMethods.uncertainLoss))
    let binary = UncertaintyAwareMeanTeacher.mask(samples[0], progress: progress, binary: true)
    #expect(agrees(binary.to(.float64).mean(), GoldenMethods.uncertainBinary[0]))
    #expect(
      agrees(
        UncertaintyAwareMeanTeacher.loss(p, q, mask: binary, binary: true),
        GoldenMethods.uncertainBinary[1]))
    let none = UncertaintyAwareMeanTeacher.loss(p, q, mask: mask.zerosLike())
    #expect(none.item() == 0)
  }

  @Test("labels' half: cross-entropy and Dice in equal parts")
  func supervised() {
    let labels = Tensor((0..<32).map { $0 * 7 % 3 }, [2, 4, 4])
    #expect(agrees(Loss.segmentation(x, labels, ignoring: 255), GoldenMethods.supervised))
  }

  @Test("ua-mt: the mask ends at the published entropy")
  func uncertaintyLimit() {
    // Two of three classes share what the first leaves: entropies on either side of the limit.
    func entropy(_ share: Double) -> Double {
      let rest = (1 - share) / 2
      return -share * log(share + 1e-6) - 2 * rest * log(rest + 1e-6)
    }
    var (low, high) = (1 / 3.0, 1.0)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if entropy(middle) > GoldenMethods.uncertain { low = middle } else { high = middle }
    }
    let progress = Schedule.ramp(step: 300, length: 1000)
    for (share, isKept) in [(low - 1e-6, false), (high + 1e-6, true)] {
      let map = Tensor([share, (1 - share) / 2, (1 - share) / 2], [1, 3, 1, 1])
      #expect(UncertaintyAwareMeanTeacher.mask(map, progress: progress).bools() == [isKept])
    }
  }

  @Test("cps and cross-teaching: each network against the other's classes")
  func twoNetworks() {
    let (mine, theirs) = (p.argmax(dim: 1), q.argmax(dim: 1))
    let all = ConfidentRule([0, 0, 0])
    #expect(all.labels(q.select(dim: 2, index: 0).movedim(1, 2).reshape([8, 3])).ints().max() == 2)
    #expect(
      agrees(
        CrossPseudoSupervision.loss((x, y), labels: (mine, theirs), absent: 255),
        GoldenMethods.crossPseudo.reduce(0, +)))
    // Where the second network believes nothing the first learns nothing, and the other way round.
    let none = Tensor.full([2, 4, 4], 255, dtype: .int64)
    for (labels, golden) in [((none, theirs), 0), ((mine, none), 1)] {
      #expect(
        agrees(
          CrossPseudoSupervision.loss((x, y), labels: labels, absent: 255),
          GoldenMethods.crossPseudo[golden]))
    }
    #expect(CrossPseudoSupervision.loss((x, y), labels: (none, none), absent: 255).item() == 0)
    #expect(agrees(Loss.softDice(p, theirs), GoldenMethods.crossTeaching[0]))
    #expect(agrees(Loss.softDice(q, mine), GoldenMethods.crossTeaching[1]))
  }

  @Test("fixmatch: over all pixels or the kept ones, over all images")
  func fixMatch() {
    let (confidence, label) = p.max(dim: 1)
    let weights = confidence.ge(0.6).to(.float64)
    #expect(agrees(weights.mean(), GoldenMethods.mapsKept))
    #expect(
      agrees(FixMatch.loss(y, label, weights: weights, norm: .all), GoldenMethods.mapsAll))
    #expect(
      agrees(FixMatch.loss(y, label, weights: weights, norm: .kept), GoldenMethods.mapsOfKept))
    let (weak, strong) = (portable(60, [6, 3]) * 3, portable(61, [6, 3]) * 3)
    let seen = ViewLabeller(threshold: FixedThreshold(0.8), temperature: 1)
      .labels(weak.softmax(dim: 1), items: Array(0..<6), valid: nil)
    #expect(agrees(seen.weights.mean(), GoldenMethods.imagesKept))
    #expect(
      agrees(
        FixMatch.loss(strong, seen.labels, weights: seen.weights, norm: .all),
        GoldenMethods.imagesLoss))
    #expect(
      agrees(Loss.softDice(q, label, keep: weights.gt(0)), GoldenMethods.uniMatch))
  }

  @Test("unimatch: a quarter of each strong view and half of the dropped features")
  func uniMatch() {
    let (confidence, label) = p.max(dim: 1)
    let seen = ViewLabels(labels: label, weights: confidence.ge(0.6).to(.float64))
    let views = (21...23).map { (logits: portable($0, [2, 3, 4, 4]) * 3, labels: seen) }
    let loss = UniMatch.loss(views: Array(views.prefix(2)), dropped: views[2])
    #expect(agrees(loss, GoldenMethods.uniMatchTotal))
    // Of images it is fixmatch's distance, in the same shares.
    let weak = (portable(60, [6, 3]) * 3).softmax(dim: 1)
    let images = ViewLabels(
      labels: weak.argmax(dim: 1), weights: weak.amax(dim: [1]).ge(0.8).to(.float64))
    let strong = (logits: portable(61, [6, 3]) * 3, labels: images)
    #expect(
      agrees(
        UniMatch.loss(views: [strong, strong], dropped: strong), GoldenMethods.imagesLoss))
  }

  @Test("an unsure pixel is never background, which zeroing and argmax would make of it")
  func argmaxZero() {
    let labels = ViewLabeller(threshold: FixedThreshold(0.6), temperature: 1)
      .labels(p, items: [0, 1], valid: nil)
    let kept = labels.weights.gt(0).bools()
    let counted = labels.counted(absent: 255).ints()
    let sure = p.max(dim: 1).values.ge(0.6).bools()
    var mistaken = 0
    for place in kept.indices where !sure[place] {
      #expect(!kept[place] && counted[place] == 255)
      mistaken += GoldenMethods.argmaxZero[place] == 0 ? 1 : 0
    }
    // The copied code calls each of the 11 unsure pixels background.
    #expect(mistaken == sure.count { !$0 } && mistaken == 11)
    for place in kept.indices where kept[place] {
      #expect(counted[place] == GoldenMethods.argmaxZero[place])
    }
  }

  @Test("no gradient flows into the weak view, and where nothing is sure the loss is nought")
  func weakBranch() {
    let (weak, strong) = (x.clone(), y.clone())
    (weak.requiresGradient, strong.requiresGradient) = (true, true)
    let labeller = ViewLabeller(threshold: FixedThreshold(0.6), temperature: 1)
    let seen = labeller.labels(weak.softmax(dim: 1), items: [0, 1], valid: nil)
    FixMatch.loss(strong, seen.labels, weights: p.max(dim: 1).values, norm: .all).backward()
    #expect(weak.gradient == nil)
    #expect(strong.gradient.map { $0.abs().sum().item() > 0 } == true)
    let unsure = ViewLabeller(threshold: FixedThreshold(1), temperature: 1)
      .labels(p, items: [0, 1], valid: nil)
    for norm in FixMatch.Norm.allCases {
      let view = y.clone()
      view.requiresGradient = true
      let loss = FixMatch.loss(view, unsure.labels, weights: unsure.weights, norm: norm)
      loss.backward()
      #expect(loss.item() == 0)
      #expect(view.gradient?.doubles().allSatisfy { $0 == 0 } == true)
    }
    let dice = Loss.softDice(q, unsure.labels, keep: unsure.weights.gt(0))
    #expect(dice.item() == 0)
  }

  @Test("mixmatch sharpens as published, and mixes every row with at least half of itself")
  func mixMatch() {
    let shares = (portable(60, [6, 3]) * 3).softmax(dim: 1)
    let sharp = MixMatch.sharpened(shares, temperature: 0.5).doubles()
    #expect(zip(sharp, GoldenMethods.sharpened).allSatisfy { abs($0 - $1) < exact })
    #expect(MixMatch.sharpened(shares, temperature: 1).isClose(to: shares))
    let count = 200
    let images = Tensor((0..<count).map { Float($0) }, [count, 1, 1, 1])
    let rows = Tensor.eye(count)
    let key = RandomKey(seed: 3)
    let mix = MixMatch.mixed(images, rows, alpha: 0.75, key: key)
    let targets = mix.targets.floats()
    for row in 0..<count {
      let target = targets[row * count..<(row + 1) * count]
      #expect(target[target.startIndex + row] >= 0.5)
      #expect(abs(target.reduce(0, +) - 1) < 1e-5)
      // Images are mixed as their targets are.
      let image = target.enumerated().reduce(Float(0)) { $0 + Float($1.offset) * $1.element }
      #expect(abs(image - mix.images.floats()[row]) < 1e-2)
    }
    // Beta(.75, .75) folded at a half has mean .79: neither all alone nor all halved.
    let mean = (0..<count).map { targets[$0 * count + $0] }.reduce(0, +) / Float(count)
    #expect((0.74..<0.85).contains(mean))
    #expect(MixMatch.mixed(images, rows, alpha: 0.75, key: key).targets.floats() == targets)
  }
}
