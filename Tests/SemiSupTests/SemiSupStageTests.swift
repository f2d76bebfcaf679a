import Base
import Foundation
import Models
import NN
import SemiSup
import Testing
import Torch

@Suite("Learning from unlabelled images")
struct SemiSupStageTests {
  @Test("a head on embeddings learns the classes, and the trunk stays")
  func embeddings() throws {
    var settings = TinyPool.settings
    settings.offSwitch.enabled = false
    let start = try TinyPool.classifier()
    let request = TinyPool.request(start, sharesTrunk: true)
    let result = try TinyPool.stage(settings).run(request)
    #expect(result.verdict.reason == .forced)
    #expect(try TinyPool.accuracy(result.network) > 0.9)
    #expect((result.verdict.kept ?? 0) > 0.2)
    for (name, tensor) in start.store.all where start.isTrunk(name) {
      #expect(result.network.store[name]?.floats() == tensor.floats())
    }
    let again = try TinyPool.stage(settings).run(request)
    #expect(TinyPool.bits(again.network) == TinyPool.bits(result.network))
  }

  @Test("the switch measures every fold", arguments: [false, true])
  func switched(segmentation: Bool) throws {
    var settings = TinyPool.settings
    settings.thresholds.precision = 0.5
    (settings.offSwitch.needs.aboveChance, settings.offSwitch.needs.dice) = (0, 0)
    let start = try segmentation ? TinyPool.segmenter() : TinyPool.classifier()
    let result = try TinyPool.stage(settings).run(
      TinyPool.request(start, sharesTrunk: !segmentation))
    #expect(result.verdict.gains.count == 2)
    #expect(result.verdict.isOn == (result.verdict.reason == .gain))
    #expect(result.verdict.classGains.count == 2)
    #expect((0...1).contains(result.verdict.score ?? -1))
    #expect((0...1).contains(result.verdict.shift ?? -1))
    #expect((0...1).contains(result.verdict.coverage ?? -1))
    #expect((result.verdict.temperature ?? 0) > 0)
    #expect(result.verdict.isOn || TinyPool.bits(result.network) == TinyPool.bits(start))
  }

  @Test("the loop trains whole networks, whoever teaches", arguments: [false, true])
  func loop(averages: Bool) throws {
    var settings = TinyPool.settings
    settings.offSwitch.enabled = false
    settings.thresholds.precision = 0.5
    settings.thresholds.lowest = 0.5
    settings.teacher = averages ? .average : .start
    for network in [try TinyPool.classifier(), try TinyPool.segmenter()] {
      let start = try TinyPool.trained(network)
      let result = try TinyPool.stage(settings).run(TinyPool.request(start))
      #expect(result.verdict.reason == .forced)
      #expect((result.verdict.kept ?? 0) > 0)
      #expect(TinyPool.bits(result.network) != TinyPool.bits(start))
      #expect(TinyPool.bits(result.network).allSatisfy { $0.isFinite })
    }
  }

  @Test("a run that lost its newest checkpoints ends in the same bits")
  func resume() throws {
    var settings = TinyPool.settings
    settings.thresholds.precision = 0.5
    settings.thresholds.lowest = 0.5
    settings.offSwitch.enabled = false
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("semisup-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let request = TinyPool.request(try TinyPool.trained(TinyPool.segmenter()))
    let whole = try TinyPool.stage(settings).run(request, checkpoints: folder)
    let student = folder.appendingPathComponent("student")
    let newest = try #require(Folder.names(in: student).filter { $0.hasPrefix("step-") }.last)
    try FileManager.default.removeItem(at: student.appendingPathComponent(newest))
    try FileManager.default.removeItem(at: folder.appendingPathComponent("fold-0/held-out.json"))
    let resumed = try TinyPool.stage(settings).run(request, checkpoints: folder)
    #expect(resumed.verdict == whole.verdict)
    #expect(TinyPool.bits(resumed.network) == TinyPool.bits(whole.network))
  }

  @Test("a fold whose result is recorded is not trained again, and leaves no checkpoint")
  func records() throws {
    var settings = TinyPool.settings
    (settings.thresholds.precision, settings.thresholds.lowest) = (0.5, 0.5)
    (settings.offSwitch.needs.aboveChance, settings.offSwitch.needs.dice) = (0, 0)
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("semisup-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let request = TinyPool.request(try TinyPool.segmenter())
    let whole = try TinyPool.stage(settings).run(request, checkpoints: folder)
    let records = ["held-out.json", "labels-only.json", "semi-supervised.json"]
    for fold in ["fold-0", "fold-1"] {
      #expect(Folder.names(in: folder.appendingPathComponent(fold)) == records)
    }
    // What is recorded is believed: a gain of 1 in every fold.
    for (name, value) in [("labels-only", 0), ("semi-supervised", 1)] {
      for fold in ["fold-0", "fold-1"] {
        let file = folder.appendingPathComponent("\(fold)/\(name).json")
        try Data("{\"value\":\(value),\"classes\":[null,\(value)]}".utf8).write(to: file)
      }
    }
    let resumed = try TinyPool.stage(settings).run(request, checkpoints: folder)
    #expect(resumed.verdict.gains == [1, 1])
    #expect(resumed.verdict.thresholds == whole.verdict.thresholds)
    #expect(resumed.verdict.shift == whole.verdict.shift)
    let fewer = TinyPool.request(request.start, labelled: Array(0..<14))
    let error = #expect(throws: Diagnostic.self) {
      try TinyPool.stage(settings).run(fewer, checkpoints: folder)
    }
    #expect(error?.what == "other images are labelled now than when this training began")
    #expect(error?.place == "checkpoints" && error?.remedy?.contains("a new folder") == true)
  }

  @Test("the weight of unlabelled images rises over the first part of the run")
  func ramp() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("semisup-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var settings = TinyPool.settings
    settings.offSwitch.enabled = false
    settings.thresholds.precision = 0.5
    settings.thresholds.lowest = 0.5
    (settings.steps, settings.weight) = (20, 2)
    settings.guardrail.evaluations = 1
    let log = folder.appendingPathComponent("metrics.jsonl")
    _ = try TinyPool.stage(settings).run(
      TinyPool.request(try TinyPool.trained(TinyPool.classifier())),
      metrics: try MetricsLog(log))
    let rows = try String(contentsOf: log, encoding: .utf8).split(separator: "\n").map {
      try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    let lambdas = rows.compactMap { $0["lambda"] as? Double }
    // Readings are means over five steps; from step 6 of 20 on the weight is 2.
    let early = (0..<5).map { Schedule.ramp(step: $0, length: 6) * 2 }.reduce(0, +) / 5
    #expect(lambdas.count == 4)
    #expect(abs((lambdas.first ?? 0) - early) < 1e-5)
    #expect(abs((lambdas.last ?? 0) - 2) < 1e-5)
  }
}
