import Base
import Models
import NN
import SemiSup
import Testing
import Torch
import Training

/// Every method of the catalogue on images and labels that say little, or nothing.
@Suite("Methods at the edge")
struct MethodEdgeTests {
  private typealias Method = SemiSupConfiguration.Method

  private func settings(_ method: Method) -> SemiSupConfiguration {
    var settings = MethodTrainingTests.settings(method)
    (settings.steps, settings.supervisedSteps) = (2, 2)
    return settings
  }

  /// The network is finite, and is the start where the verdict is to leave it.
  private func check(
    _ result: SemiSupResult, _ start: Network, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let bits = TinyPool.bits(result.network)
    #expect(bits.allSatisfy { $0.isFinite }, sourceLocation: sourceLocation)
    #expect(!result.verdict.explanation.isEmpty, sourceLocation: sourceLocation)
    #expect(
      (bits == TinyPool.bits(start)) != result.verdict.isOn, "\(result.verdict.reason)",
      sourceLocation: sourceLocation)
  }

  /// The same method, believing no prediction below certainty.
  private static func unsure(
    _ method: SemiSupConfiguration.Method
  ) -> SemiSupConfiguration.Method {
    switch method {
    case .ceal(var settings):
      settings.entropy = 1e-30
      return .ceal(settings)
    case .cps(var settings):
      settings.confidence = 1
      return .cps(settings)
    case .fixMatch(var settings):
      settings.threshold = .fixed(certain)
      return .fixMatch(settings)
    case .uniMatch(var settings):
      settings.threshold = .fixed(certain)
      return .uniMatch(settings)
    default: return method
    }
  }

  private static var certain: FixedThreshold.Settings {
    var settings = FixedThreshold.Settings()
    settings.confidence = 1
    return settings
  }

  @Test(
    "where nothing is sure nothing is learnt from, and all stays finite",
    arguments: MethodTrainingTests.cases)
  func unsure(segmentation: Bool, method: SemiSupConfiguration.Method) throws {
    var settings = settings(method)
    settings.method = method == settings.method ? Self.unsure(method) : Self.unsure(settings.method)
    (settings.thresholds.lowest, settings.thresholds.highest) = (1, 1)
    let start = try segmentation ? TinyPool.segmenter() : TinyPool.classifier()
    let result = try TinyPool.stage(settings).run(TinyPool.request(start))
    check(result, start)
    // Methods without a threshold agree on whatever there is.
    let soft: Set = ["mean-teacher", "ua-mt", "cross-teaching", "mixmatch"]
    if result.verdict.isOn, !soft.contains(method.chosen.name ?? "") {
      #expect(result.verdict.kept == 0)
    }
  }

  @Test("one unlabelled image is enough, none is not", arguments: MethodTrainingTests.cases)
  func single(segmentation: Bool, method: SemiSupConfiguration.Method) throws {
    let start = try MethodTrainingTests.start(segmentation)
    let stage = TinyPool.stage(settings(method))
    check(try stage.run(TinyPool.request(start, unlabelled: [16])), start)
    let none = try stage.run(TinyPool.request(start, unlabelled: []))
    #expect([.fewUnlabelled, .earlyRound].contains(none.verdict.reason))
    check(none, start)
  }

  @Test("labels of one class, and labels without foreground", arguments: MethodTrainingTests.cases)
  func oneClass(segmentation: Bool, method: SemiSupConfiguration.Method) throws {
    let start = try MethodTrainingTests.start(segmentation)
    let empty = [UInt8](repeating: 0, count: TinyPool.size * TinyPool.size)
    var request = TinyPool.request(start)
    request.targets =
      segmentation
      ? .masks(
        MaskArray(
          Dictionary(uniqueKeysWithValues: TinyPool.labelled.map { ($0, empty) }),
          height: TinyPool.size, width: TinyPool.size))
      : .classes(Dictionary(uniqueKeysWithValues: TinyPool.labelled.map { ($0, 0) }))
    check(try TinyPool.stage(settings(method)).run(request), start)
    // With the switch nothing is begun.
    var careful = settings(method)
    careful.offSwitch.enabled = true
    let refused = try TinyPool.stage(careful).run(request)
    #expect([.fewPerClass, .fewWithForeground].contains(refused.verdict.reason))
    check(refused, start)
  }

  @Test(
    "for every network that it cannot train a method names another that can",
    arguments: SemiSupConfiguration.Method.choices.map(\.value))
  func instead(method: SemiSupConfiguration.Method) {
    func error(
      _ method: SemiSupConfiguration.Method, _ architecture: Architecture
    ) -> Diagnostic? {
      var settings = SemiSupConfiguration()
      settings.method = method
      let model = ModelConfiguration(architecture: architecture)
      let outcome = Result { try settings.check(model) }
      guard case .failure(let error) = outcome else { return nil }
      return error as? Diagnostic
    }
    for architecture in Architecture.allCases {
      guard let remedy = error(method, architecture)?.remedy else { continue }
      let words = remedy.split { $0 == " " || $0 == "," }.map(String.init)
      let named = SemiSupConfiguration.Method.choices.filter { other in
        other.name.map(words.contains) ?? false
      }
      #expect(
        named.contains { error($0.value, architecture) == nil }, "\(architecture): \(remedy)")
    }
  }

  @Test("images that are all alike", arguments: MethodTrainingTests.cases)
  func constant(segmentation: Bool, method: SemiSupConfiguration.Method) throws {
    let grey = [UInt8](repeating: 90, count: TinyPool.size * TinyPool.size)
    let pixels = PixelArray(
      Dictionary(uniqueKeysWithValues: TinyPool.items.map { ($0, grey) }), channels: 1,
      height: TinyPool.size, width: TinyPool.size)
    let start = try MethodTrainingTests.start(segmentation)
    let stage = SemiSupStage(
      settings(method), pixels: pixels, normalization: .half(channels: 1), key: TinyPool.key)
    check(try stage.run(TinyPool.request(start)), start)
  }

  @Test(
    "weights that are no numbers end the run, with the step", arguments: MethodTrainingTests.cases)
  func notFinite(segmentation: Bool, method: SemiSupConfiguration.Method) throws {
    let start = try MethodTrainingTests.start(segmentation)
    withoutGradients {
      for (_, tensor) in start.store.parameters { tensor.fill_(Double.nan) }
    }
    let outcome = Result {
      try TinyPool.stage(settings(method)).run(TinyPool.request(start))
    }
    switch outcome {
    case .failure(let error):
      #expect(error is NonFiniteLoss, "\(error)")
    case .success(let result): #expect(!result.verdict.isOn, "\(result.verdict)")
    }
  }
}

/// Every way to believe predictions, on batches that say little.
@Suite("Thresholds at the edge")
struct ThresholdEdgeTests {
  /// A threshold of the catalogue for three classes, of images or of maps.
  private func threshold(_ choice: ThresholdChoice, _ segmentation: Bool) -> any Threshold {
    let frame = ThresholdFrame(classes: 3, isSegmentation: segmentation, steps: 100)
    return switch choice {
    case .fixed(let settings): FixedThreshold(settings.confidence)
    case .flex(let settings): FlexThreshold(settings, frame, items: [0, 1])
    case .free(let settings): FreeThreshold(settings, frame)
    case .soft(let settings): SoftThreshold(settings, frame)
    }
  }

  @Test(
    "weights stay between 0 and 1 and statistics finite: one image, equal ones, certain and even",
    arguments: ThresholdChoice.choices.map(\.value))
  func edges(choice: ThresholdChoice) {
    let batches: [[[Double]]] = [
      [[0.2, 0.7, 0.1]], [[0.2, 0.7, 0.1], [0.2, 0.7, 0.1]], [[1, 0, 0], [1, 0, 0]],
      [[0, 1, 0], [0, 0, 1]], [[1 / 3.0, 1 / 3.0, 1 / 3.0]],
    ]
    for segmentation in [false, true] {
      let (one, two) = (threshold(choice, segmentation), threshold(choice, segmentation))
      for batch in batches {
        let rows = Tensor(batch.flatMap { $0 }, [batch.count, 3]).to(.float32)
        let shares = segmentation ? rows.reshape([batch.count, 3, 1, 1]) : rows
        let items = Array(0..<batch.count)
        func weights(_ threshold: any Threshold) -> [Float] {
          threshold.weights(threshold.aligned(shares), items: items).floats()
        }
        let first = weights(one)
        #expect(first.allSatisfy { (0...1).contains($0) }, "\(batch)")
        #expect(weights(two) == first)
        #expect(one.extras.allSatisfy { $0.tensor.floats().allSatisfy { $0.isFinite } })
        let fairness = one.fairness(rows, weights: rows.amax(dim: [1]))
        #expect(fairness.map { $0.item().isFinite } ?? true)
      }
    }
  }
}
