import Base
import Foundation
import SemiSup
import Testing

@Suite("The guardrail of a training on pseudo-labels")
struct GuardrailTests {
  private let guardrail = SemiSupConfiguration.Guardrail()

  @Test("raises an alarm for each of its reasons, and for no less")
  func reasons() {
    func reason(
      shortfalls: Int = 0, ratio: Double? = 1, divergence: Double? = 0, images: Int = 64
    ) -> Alarm.Reason? {
      guardrail.alarm(
        shortfalls: shortfalls, foregroundRatio: ratio, divergence: divergence, images: images)
    }
    #expect(reason() == nil)
    #expect(reason(shortfalls: 2) == nil)
    #expect(reason(shortfalls: 3) == .belowStart)
    #expect(reason(ratio: 0.49) == .foreground)
    #expect(reason(ratio: 0.5) == nil)
    #expect(reason(ratio: 2) == nil)
    #expect(reason(ratio: 2.01) == .foreground)
    #expect(reason(divergence: 0.5) == nil)
    #expect(reason(divergence: 0.51) == .prior)
    #expect(reason(ratio: nil, divergence: nil) == nil)
    // Too few images to judge shares by, though not scores.
    #expect(reason(ratio: 9, divergence: 9, images: 63) == nil)
    #expect(reason(shortfalls: 3, images: 0) == .belowStart)
  }

  @Test("compares pseudo-labels with the labels' classes")
  func divergence() {
    let prior = LabelledPrior(classes: [0, 0, 0, 1], count: 2)
    #expect(prior.shares == [0.75, 0.25])
    #expect(prior.divergence([3, 1]) == 0)
    // ½ ln(½ / ¾) + ½ ln(½ / ¼) = .1438.
    #expect(abs((prior.divergence([5, 5]) ?? 0) - 0.1438410362) < 1e-9)
    // ln(1 / ¾), for a class that is absent adds nothing.
    #expect(abs((prior.divergence([7, 0]) ?? 0) - 0.2876820724) < 1e-9)
    #expect(prior.divergence([0, 0]) == nil)
    #expect(prior.foregroundRatio([1, 1]) == nil)
  }

  @Test("compares foreground beside no contour")
  func foreground() {
    // Of three columns of background and three of foreground, the two beside the contour drop out.
    let rows: [UInt8] = [0, 0, 0, 1, 1, 1, 0, 0, 0, 1, 1, 255]
    let prior = LabelledPrior(masks: [rows], height: 2, width: 6, count: 2)
    // 255 counts as another class beside the pixels around it, which drop out too.
    #expect(prior.shares == [1, 0])
    let wide: [UInt8] = [0, 0, 0, 1, 1, 1, 0, 0, 0, 1, 1, 1]
    let half = LabelledPrior(masks: [wide], height: 2, width: 6, count: 2)
    #expect(half.shares == [0.5, 0.5])
    #expect(half.foregroundRatio([3, 1]) == 0.5)
    #expect(half.foregroundRatio([0, 1]) == 2)
    #expect(prior.foregroundRatio([1, 1]) == nil)
    #expect(half.areas == 0.25...1)
  }

  @Test("ends the pseudo-labels' part, and the training goes on", arguments: [false, true])
  func ends(segmentation: Bool) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("semisup-\(UUID().uuidString)")
    try Folder.create(folder)
    defer { try? FileManager.default.removeItem(at: folder) }
    var settings = TinyPool.settings
    settings.offSwitch.enabled = false
    (settings.thresholds.precision, settings.thresholds.lowest) = (0.5, 0.5)
    (settings.steps, settings.ramp) = (20, 0)
    (settings.guardrail.evaluations, settings.guardrail.shortfalls) = (2, 1)
    // The score is always said to fall short.
    settings.guardrail.shortfall = -2
    let start = try TinyPool.trained(
      segmentation ? TinyPool.segmenter() : TinyPool.classifier())
    let log = folder.appendingPathComponent("metrics.jsonl")
    let result = try TinyPool.stage(settings).run(
      TinyPool.request(start), metrics: try MetricsLog(log))
    #expect(result.verdict.isOn)
    #expect(result.verdict.alarm == Alarm(reason: .belowStart, step: 10))
    let rows = try MetricsLog.rows(of: log)
    let lambdas = rows.filter { $0.kind == "train" }.compactMap { $0.fields["lambda"] }
    #expect(lambdas == [1, 1, 0, 0])
    let checks = rows.filter { $0.kind == "check" }
    #expect(checks.compactMap { $0.fields["pseudo_alarm"] } == [1, 1])
    #expect(checks.allSatisfy { $0.fields["pseudo_divergence"] != nil })
    #expect(checks.allSatisfy { ($0.fields["pseudo_foreground_ratio"] != nil) == segmentation })
  }
}
