import Base
import Foundation
import Models
import NN
import SemiSup
import Testing
import Torch
import Training

@Suite("Every method through the loop")
struct MethodTrainingTests {
  /// The methods that go with a network.
  private static func methods(segmentation: Bool) -> [SemiSupConfiguration.Method] {
    let model = ModelConfiguration(architecture: segmentation ? .unetPlain : .resnet18)
    return SemiSupConfiguration.Method.choices.map(\.value).filter { method in
      var settings = SemiSupConfiguration()
      settings.method = method
      return (try? settings.check(model)) != nil
    }
  }

  static let cases = [false, true].flatMap { segmentation in
    methods(segmentation: segmentation).map { (segmentation, $0) }
  }

  /// Settings under which every method finds something to learn from in few steps.
  static func settings(_ method: SemiSupConfiguration.Method) -> SemiSupConfiguration {
    var settings = TinyPool.settings
    settings.offSwitch.enabled = false
    (settings.steps, settings.supervisedSteps) = (4, 4)
    (settings.thresholds.precision, settings.thresholds.lowest) = (0.5, 0.5)
    settings.method = method
    if case .ceal(var ceal) = method {
      (ceal.entropy, ceal.from, ceal.score) = (1, 0, 0)
      settings.method = .ceal(ceal)
    }
    if case .cps(var cps) = method {
      cps.confidence = 0.5
      settings.method = .cps(cps)
    }
    return settings
  }

  /// A network after some steps on the labels, trained once for all tests.
  static func start(_ segmentation: Bool) throws -> Network {
    let network = try segmentation ? TinyPool.segmenter() : TinyPool.classifier()
    let values = try trained[segmentation ? 1 : 0].get()
    withoutGradients {
      for (tensor, value) in zip(network.store.all.map(\.tensor), values) {
        tensor.copy_(from: Tensor(value, tensor.shape))
      }
    }
    return network
  }

  private static let trained = [false, true].map { segmentation in
    Result {
      try TinyPool.trained(segmentation ? TinyPool.segmenter() : TinyPool.classifier())
        .store.all.map { $0.tensor.floats() }
    }
  }

  @Test("trains, stays finite, logs what is asked for, and twice the same", arguments: cases)
  func trains(segmentation: Bool, method: SemiSupConfiguration.Method) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("semisup-\(UUID().uuidString)")
    try Folder.create(folder)
    defer { try? FileManager.default.removeItem(at: folder) }
    let start = try Self.start(segmentation)
    let before = TinyPool.bits(start)
    let log = folder.appendingPathComponent("metrics.jsonl")
    func run(_ metrics: MetricsLog?) throws -> SemiSupResult {
      try TinyPool.stage(Self.settings(method)).run(TinyPool.request(start), metrics: metrics)
    }
    let result = try run(try MetricsLog(log))
    #expect(result.verdict.reason == .forced)
    #expect((result.verdict.kept ?? 0) > 0)
    let bits = TinyPool.bits(result.network)
    #expect(bits.allSatisfy(\.isFinite) && bits != before)
    #expect(TinyPool.bits(start) == before, "the start is not touched")
    let rows = try MetricsLog.rows(of: log)
    let train = rows.filter { $0.kind == "train" }
    #expect(!train.isEmpty)
    for name in ["supervised", "unsupervised", "kept", "lambda"] {
      #expect(train.allSatisfy { $0.fields[name] != nil }, "\(name)")
    }
    let checks = rows.filter { $0.kind == "check" }
    #expect(checks.allSatisfy { $0.fields["pseudo_score"] != nil })
    #expect(checks.contains { $0.fields["pseudo_divergence"] != nil })
    #expect(try TinyPool.bits(run(nil).network) == bits)
  }

  /// Two networks, an average with noise, rounds, and statistics of thresholds.
  static let resumed: [(Bool, SemiSupConfiguration.Method)] = {
    var fixMatch = FixMatch.Settings()
    fixMatch.threshold = .free(.init())
    return [
      (true, .crossTeaching(.init())), (false, .cps(.init())), (true, .uaMT(.init())),
      (false, .pseudoLabel(.init())), (false, .fixMatch(fixMatch)),
    ]
  }()

  @Test("a run that lost its newest checkpoint ends in the same bits", arguments: resumed)
  func resumes(segmentation: Bool, method: SemiSupConfiguration.Method) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("semisup-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let request = TinyPool.request(try Self.start(segmentation))
    let stage = TinyPool.stage(Self.settings(method))
    let whole = try stage.run(request, checkpoints: folder)
    let student = folder.appendingPathComponent("student")
    let rounds = Folder.names(in: student).filter { $0.hasPrefix("round-") }
    let last = rounds.last.map { student.appendingPathComponent($0) } ?? student
    let newest = try #require(Folder.names(in: last).filter { $0.hasPrefix("step-") }.last)
    try FileManager.default.removeItem(at: last.appendingPathComponent(newest))
    let resumed = try stage.run(request, checkpoints: folder)
    #expect(resumed.verdict == whole.verdict)
    #expect(TinyPool.bits(resumed.network) == TinyPool.bits(whole.network))
  }

  @Test("the switch compares every kind of method with labels alone, fold by fold")
  func switched() throws {
    for method in [
      SemiSupConfiguration.Method.cps(.init()), .meanTeacher(.init()), .pseudoLabel(.init()),
    ] {
      var settings = Self.settings(method)
      settings.offSwitch.enabled = true
      (settings.offSwitch.needs.aboveChance, settings.offSwitch.needs.dice) = (0, 0)
      let result = try TinyPool.stage(settings).run(TinyPool.request(try TinyPool.segmenter()))
      #expect(result.verdict.gains.count == 2, "\(method.chosen.name ?? "")")
    }
  }

  @Test("rounds of heads on a frozen trunk choose by their own rule")
  func heads() throws {
    let start = try TinyPool.classifier()
    for method in [SemiSupConfiguration.Method.pseudoLabel(.init()), .ceal(.init())] {
      var request = TinyPool.request(start, sharesTrunk: true)
      request.round = 1
      let result = try TinyPool.stage(Self.settings(method)).run(request)
      #expect(result.verdict.reason == .forced)
      #expect((result.verdict.kept ?? 0) > 0)
      for (name, tensor) in start.store.all where start.isTrunk(name) {
        #expect(result.network.store[name]?.floats() == tensor.floats())
      }
    }
  }

  @Test("ceal waits for its round and for a model that is good enough")
  func early() throws {
    var settings = Self.settings(.confident)
    settings.method = .ceal(.init())
    let request = TinyPool.request(try TinyPool.classifier())
    #expect(try TinyPool.stage(settings).run(request).verdict.reason == .earlyRound)
    var later = request
    later.round = 1
    var strict = CEAL.Settings()
    strict.score = 1
    settings.method = .ceal(strict)
    settings.supervisedSteps = 1
    #expect(try TinyPool.stage(settings).run(later).verdict.reason == .weakModel)
  }

  @Test("what a method cannot do is refused, with what to use instead")
  func refused() throws {
    func refusal(_ method: SemiSupConfiguration.Method, _ architecture: Architecture) -> Diagnostic?
    {
      var settings = SemiSupConfiguration()
      settings.method = method
      return #expect(throws: Diagnostic.self) {
        try settings.check(ModelConfiguration(architecture: architecture))
      }
    }
    let cases: [(SemiSupConfiguration.Method, Architecture, String)] = [
      (.mixMatch(.init()), .unetPlain, "use fixmatch"),
      (.uaMT(.init()), .resnet18, "use mean-teacher"),
      (.crossTeaching(.init()), .resnet18, "use cps"),
    ]
    for (method, architecture, remedy) in cases {
      let error = refusal(method, architecture)
      #expect(error?.remedy?.contains(remedy) == true)
      #expect(error?.exitCode == .usage)
    }
    var same = CrossTeaching.Settings()
    same.partner = .unetPlain
    #expect(
      refusal(.crossTeaching(same), .unetPlain)?.what.contains("two architectures") == true)
    var frozen = SemiSupConfiguration()
    frozen.trunk = .frozen
    #expect(frozen.faults().isEmpty)
    frozen.method = .fixMatch(.init())
    #expect(frozen.faults().contains { $0.hasPrefix("trunk: ") && $0.contains("ceal") })
  }
  @Test(
    "cross-teaching's partner is the published Swin-UNet wherever that can tile the images",
    arguments: [
      (Architecture.unetPlain, 224, Architecture.swinUNet), (.unetResNet18, 64, .swinUNet),
      (.swinUNet, 64, .unetPlain), (.unetPlain, 100, .unetResNet18),
      (.unetResNet18, 100, .unetPlain),
    ])
  func partner(first: Architecture, size: Int, other: Architecture) throws {
    let model = ModelConfiguration(architecture: first, imageSize: size)
    #expect(CrossTeaching.Settings().model(beside: model).architecture == other)
    var settings = SemiSupConfiguration()
    settings.method = .crossTeaching(.init())
    try settings.check(model)
    var asked = CrossTeaching.Settings()
    asked.partner = .swinUNet
    settings.method = .crossTeaching(asked)
    guard first != .swinUNet, size == 100 else { return }
    let error = #expect(throws: Diagnostic.self) { try settings.check(model) }
    #expect(error?.what.contains("swin-unet cannot be built") == true)
  }
}
