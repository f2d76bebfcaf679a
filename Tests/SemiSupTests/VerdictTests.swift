import SemiSup
import Testing

@Suite("The off-switch")
struct VerdictTests {
  private let rule = SemiSupConfiguration.OffSwitch()

  @Test("is off without enough labels or unlabelled images")
  func beforehand() {
    func reason(
      _ counts: [Int], _ labelled: Int, _ unlabelled: Int, segmentation: Bool = false
    ) -> Verdict.Reason? {
      let verdict = Verdict.beforehand(
        counts: counts, labelled: labelled, unlabelled: unlabelled, segmentation: segmentation,
        rule.needs)
      #expect(verdict?.isOn != true)
      return verdict?.reason
    }
    #expect(reason([4, 30], 34, 1000) == .fewPerClass)
    #expect(reason([5, 30], 35, 69) == .fewUnlabelled)
    #expect(reason([5, 30], 35, 70) == nil)
    #expect(reason([9], 20, 1000, segmentation: true) == .fewWithForeground)
    #expect(reason([10], 20, 40, segmentation: true) == nil)
  }

  @Test("is off where the labels alone teach too little")
  func weak() {
    func reason(_ score: Double, classes: Int = 2, segmentation: Bool = false) -> Verdict.Reason? {
      Verdict.byLabels(
        score: score, shift: nil, classes: classes, segmentation: segmentation, rule.needs)?.reason
    }
    #expect(reason(0.64) == .weakModel)
    #expect(reason(0.66) == nil)
    #expect(reason(0.39, classes: 4) == .weakModel)
    #expect(reason(0.41, classes: 4) == nil)
    #expect(reason(0.39, segmentation: true) == .weakModel)
    #expect(reason(0.4, segmentation: true) == nil)
  }

  @Test("is off for images of another kind only where it is told so")
  func shift() {
    var needs = rule.needs
    func reason(_ shift: Double?) -> Verdict.Reason? {
      Verdict.byLabels(score: 1, shift: shift, classes: 2, segmentation: false, needs)?.reason
    }
    #expect(reason(0.99) == nil)
    needs.shift = .off
    #expect(reason(0.86) == .shift)
    #expect(reason(0.85) == nil)
    #expect(reason(nil) == nil)
  }

  @Test("is on where the folds gain enough, and more than they scatter")
  func folds() {
    func verdict(_ gains: [Double]) -> Verdict {
      Verdict.byFolds(gains.map { score($0, [$0, $0]) }, precision(), rule)
    }
    #expect(verdict([0.004, 0.004, 0.004]).reason == .noGain)
    #expect(verdict([0.02, 0.02, 0.02]).reason == .gain)
    #expect(verdict([0.02, 0.02, 0.02]).isOn)
    // Mean .01; deviation .06, standard error .0346.
    #expect(verdict([0.07, 0.01, -0.05]).reason == .noGain)
    // One fold of three: the mean is its standard error, .0152.
    #expect(verdict([0.0456, 0, 0]).reason == .noGain)
    #expect(verdict([0, 0, 0]).isOn == false)
    #expect(verdict([]).isOn == false)
  }

  @Test("is off where a class pays for the others")
  func classes() {
    // The first class loses .06 on average; a fold without it does not count.
    let gains = [score(0.1, [-0.02, 0.2]), score(0.1, [-0.1, 0.2]), score(0.1, [nil, 0.2])]
    let verdict = Verdict.byFolds(gains, precision(), rule)
    #expect(verdict.reason == .classLoss)
    #expect(abs((verdict.classGains[0] ?? 0) + 0.06) < 1e-12)
    let less = [score(0.1, [-0.02, 0.2]), score(0.1, [-0.08, 0.2])]
    #expect(Verdict.byFolds(less, precision(), rule).isOn)
  }

  @Test("is off where held-out pseudo-labels are wrong or rare")
  func precise() {
    let gains = [score(0.1, [0.1, 0.1]), score(0.1, [0.1, 0.1])]
    func reason(right: Int, wrong: Int, unsure: Int) -> Verdict.Reason {
      Verdict.byFolds(gains, precision(right: right, wrong: wrong, unsure: unsure), rule).reason
    }
    #expect(reason(right: 8, wrong: 2, unsure: 0) == .gain)
    #expect(reason(right: 7, wrong: 3, unsure: 0) == .imprecise)
    #expect(reason(right: 2, wrong: 0, unsure: 8) == .gain)
    #expect(reason(right: 1, wrong: 0, unsure: 9) == .lowCoverage)
    #expect(reason(right: 0, wrong: 0, unsure: 9) == .imprecise)
  }

  private func score(_ value: Double, _ classes: [Double?]) -> FoldScore {
    FoldScore(value: value, classes: classes)
  }

  /// Held-out predictions of one of two classes: confident and right, confident and wrong, unsure.
  private func precision(right: Int = 10, wrong: Int = 0, unsure: Int = 0) -> PseudoLabelPrecision {
    var table = ConfidenceTable(classes: 2)
    for _ in 0..<right { table.add(predicted: 0, confidence: 0.95, isRight: true) }
    for _ in 0..<wrong { table.add(predicted: 0, confidence: 0.95, isRight: false) }
    for _ in 0..<unsure { table.add(predicted: 0, confidence: 0.55, isRight: true) }
    return table.precision([0.9, nil])
  }

  // MARK: - As the stage decides

  @Test("passes the start on unchanged, with its reason")
  func unchanged() throws {
    let start = try TinyPool.classifier()
    let bits = TinyPool.bits(start)
    let few = TinyPool.request(start, labelled: Array(0..<6))
    let result = try TinyPool.stage(TinyPool.settings).run(few)
    #expect(result.verdict.reason == .fewPerClass)
    #expect(TinyPool.bits(result.network) == bits)
    let alone = TinyPool.request(start, unlabelled: Array(16..<20))
    #expect(try TinyPool.stage(TinyPool.settings).run(alone).verdict.reason == .fewUnlabelled)
  }

  @Test("is off where a network of the labels alone has learnt nothing")
  func untrained() throws {
    var settings = TinyPool.settings
    settings.supervisedSteps = 1
    settings.freshRate = 1e-9
    let start = try TinyPool.segmenter()
    settings.offSwitch.needs.dice = 1
    let result = try TinyPool.stage(settings).run(TinyPool.request(start))
    #expect(result.verdict.reason == .weakModel)
    #expect((0..<1).contains(result.verdict.score ?? 1))
    #expect(TinyPool.bits(result.network) == TinyPool.bits(start))
  }

  @Test("is off where no prediction is precise, even when it is disabled")
  func nothingConfident() throws {
    var settings = TinyPool.settings
    settings.offSwitch.enabled = false
    settings.thresholds.precision = 1
    settings.supervisedSteps = 1
    settings.freshRate = 1e-9
    let start = try TinyPool.segmenter()
    let result = try TinyPool.stage(settings).run(TinyPool.request(start))
    #expect(result.verdict.reason == .nothingConfident)
    #expect(TinyPool.bits(result.network) == TinyPool.bits(start))
  }
}
