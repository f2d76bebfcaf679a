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
        rule)
      #expect(verdict?.isOn != true)
      return verdict?.reason
    }
    #expect(reason([4, 30], 34, 1000) == .fewPerClass)
    #expect(reason([5, 30], 35, 69) == .fewUnlabelled)
    #expect(reason([5, 30], 35, 70) == nil)
    #expect(reason([9], 20, 1000, segmentation: true) == .fewWithForeground)
    #expect(reason([10], 20, 40, segmentation: true) == nil)
  }

  @Test("is on where the folds gain enough, and more than they scatter")
  func folds() {
    func verdict(_ gains: [Double]) -> Verdict { Verdict.byFolds(gains, rule) }
    #expect(verdict([0.004, 0.004, 0.004]).reason == .noGain)
    #expect(verdict([0.02, 0.02, 0.02]).reason == .gain)
    #expect(verdict([0.02, 0.02, 0.02]).isOn)
    // Mean .01; deviation .06, standard error .0346.
    #expect(verdict([0.07, 0.01, -0.05]).reason == .noGain)
    #expect(verdict([0, 0, 0]).isOn == false)
    #expect(verdict([]).isOn == false)
  }

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
