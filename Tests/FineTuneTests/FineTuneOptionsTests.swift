import Base
import Evaluation
import FineTune
import Foundation
import Models
import NN
import Testing
import Torch
import Training

@Suite("What a training is told")
struct FineTuneOptionsTests {
  private let task = TinyTask()

  @Test("the average of one step is that step, of more it is not the last")
  func averaging() throws {
    func bits(_ steps: Int, _ averaging: Double) throws -> [Float] {
      var settings = task.settings
      (settings.steps.minimum, settings.steps.maximum) = (steps, steps)
      settings.averaging = averaging
      return try task.train(settings).values("fc.weight")
    }
    #expect(try bits(1, 0.9) == bits(1, 0))
    #expect(try bits(4, 0.9) != bits(4, 0))
  }

  @Test("statistics that are measured anew are those of the given images under the new weights")
  func statistics() throws {
    var settings = task.settings
    (settings.batch, settings.preciseStatistics) = (16, 16)
    let tuned = try task.train(settings)
    let found = tuned.values("layer4.1.bn2.running_var")
    try preciseBatchNorm(
      tuned.network.store, items: TinyTask.items, pixels: task.pixels,
      normalization: task.normalization, batch: 16, key: RandomKey(seed: 99)
    ) { tuned.network.logits($0, $1) }
    let again = tuned.values("layer4.1.bn2.running_var")
    #expect(zip(found, again).allSatisfy { abs($0 - $1) < 1e-4 * max(abs($1), 1e-3) })
    settings.preciseStatistics = 0
    #expect(try task.train(settings).values("layer4.1.bn2.running_var") != found)
  }

  @Test("with few labels statistics stay, and scale and shift too where that is asked for")
  func affine() throws {
    let start = try task.weights()
    func moved(_ settings: FineTuneConfiguration, _ name: String) throws -> Bool {
      let before = start.first { $0.name == name }?.tensor.floats() ?? []
      return try task.train(settings).values(name) != before
    }
    var settings = task.settings
    #expect(try !moved(settings, "bn1.running_mean"))
    #expect(try moved(settings, "bn1.weight"))
    settings.frozenAffine = true
    #expect(try !moved(settings, "bn1.weight"))
    #expect(try !moved(settings, "layer2.0.downsample.1.bias"))
    #expect(try moved(settings, "conv1.weight"))
    settings.frozenStatisticsBelow = 0
    #expect(try moved(settings, "bn1.running_mean"))
    #expect(try moved(settings, "bn1.weight"))
  }

  @Test("a fitted head leaves classes it has not seen as they were")
  func head() throws {
    let model = ModelConfiguration(
      architecture: .resnet18, classes: 3, channels: 1, imageSize: 16, stem: .small,
      widthFactor: 0.125)
    let network = try Network(model, key: RandomKey(seed: 2))
    let before = network.store["fc.bias"]?.floats() ?? []
    let rows = (0..<4 * network.width).map { place in
      Float((place * 37) % 11) + (place / network.width < 2 ? 3 : 0)
    }
    let scaler = FeatureScaler(fitting: rows, width: network.width)
    let head = FrozenHead(
      scaler(rows), scaler: scaler, labels: [0, 0, 2, 2], classes: 3,
      configuration: FineTuneConfiguration())
    head.load(into: network, rulingOut: false)
    #expect(network.store["fc.bias"]?.floats()[1] == before[1])
    let logits = withoutGradients {
      network.head(Tensor(rows, [4, network.width]), .evaluate).floats()
    }
    #expect((0..<4).allSatisfy { (logits[$0 * 3] > logits[$0 * 3 + 2]) == ($0 < 2) })
    head.load(into: network)
    #expect((network.store["fc.bias"]?.floats()[1] ?? 0) < -100)
  }

  @Test("a head that is fitted first begins with less loss than a new one")
  func headFirst() throws {
    func score(_ headFirst: Bool) throws -> Double {
      var settings = task.settings
      settings.headFirst = headFirst
      (settings.steps.minimum, settings.steps.maximum) = (1, 1)
      (settings.headRate, settings.trunkRate) = (1e-7, 0)
      let network = try task.train(settings).network
      let logits = try PoolInference(task.pixels, normalization: task.normalization)
        .rows(TinyTask.items) { network.logits($0, .evaluate) }.values
      return try #require(
        negativeLogLikelihood(
          truth: TinyTask.items.map { $0 % 2 },
          probabilities: softmax(ClassProbabilities(logits, classes: 2))))
    }
    #expect(try score(true) < 0.5 * score(false))
  }

  @Test("a training that is calibrated has the temperature of logits out of fold, else 1")
  func temperature() throws {
    var settings = task.settings
    settings.folds = 2
    #expect(try task.train(settings).temperature == 1)
    settings.calibrated = true
    let temperature = try task.train(settings).temperature
    #expect(temperature > 0.5 && temperature < 10 && temperature != 1)
    #expect(try task.train(settings).temperature == temperature)
  }

  @Test("a class that a fold never saw leaves the temperature a number")
  func unseen() throws {
    let held = try #require(
      OutOfFold(
        labels: [0, 1, 0, 1, 0, 1], groups: Array(0..<6), classes: 3,
        configuration: FineTuneConfiguration(), key: RandomKey(seed: 1)
      ) { _ in (0..<6).flatMap { [Float($0 % 2 == 0 ? 2 : 1), 1.5, -Float.infinity] } })
    let finite = held.logits.map { $0 < -1000 ? -1000 : $0 }
    #expect(
      held.temperature
        == Temperature(truth: held.truth, logits: ClassProbabilities(finite, classes: 3)).value)
  }

  @Test("auto keeps the better of two trainings, and is the one start where it makes one")
  func auto() throws {
    var request = try task.request(earlier: Array(0..<10), queried: Array(10..<16))
    request.previous = try Network(task.model, key: RandomKey(seed: 77))
    var settings = task.settings
    settings.strategy = .aft
    let anew = try task.train(settings, request)
    settings.strategy = .auto
    request.round = 1
    #expect(try task.train(settings, request).bits == anew.bits)
    request.round = 3
    let continued = try task.train(settings, request)
    #expect(continued.bits != anew.bits)
    request.round = 2
    let kept = try task.train(settings, request)
    let better = (anew.trust?.score ?? 0) >= (continued.trust?.score ?? 0) ? anew : continued
    #expect(kept.bits == better.bits)
  }

  @Test("all options together train, twice alike")
  func together() throws {
    var settings = task.settings
    settings.strategy = .auto
    (settings.layerDecay, settings.startPull, settings.headFirst) = (0.85, 1e-3, true)
    (settings.averaging, settings.frozenAffine, settings.preciseStatistics) = (0.99, true, 8)
    (settings.mixing, settings.logitAdjustment) = (.cutmix(CutMix()), 0)
    (settings.classWeights, settings.calibrated, settings.folds) = (.balanced, true, 2)
    #expect(settings.faults().isEmpty)
    #expect(settings.misfits(task.model, pretrained: true, device: .cpu).isEmpty)
    let (one, two) = (try task.train(settings), try task.train(settings))
    #expect(one.bits == two.bits && one.temperature == two.temperature)
    #expect(one.bits.allSatisfy { $0.isFinite })
  }
}

@Suite("Settings of fine-tuning that do not go together")
struct FineTuneChecksTests {
  private let classifier = ModelConfiguration(architecture: .resnet18)
  private let segmenter = ModelConfiguration(architecture: .unetResNet18)

  private func settings(_ change: (inout FineTuneConfiguration) -> Void) -> FineTuneConfiguration {
    var settings = FineTuneConfiguration()
    change(&settings)
    return settings
  }

  @Test("the defaults go with everything")
  func defaults() {
    let settings = FineTuneConfiguration()
    #expect(settings.faults().isEmpty)
    for model in [classifier, segmenter] {
      #expect(settings.misfits(model, pretrained: true, device: .cpu).isEmpty)
      #expect(settings.misfits(model, pretrained: false, device: .cpu).isEmpty)
    }
  }

  @Test("what is of a network that learns is refused where only a head is fitted")
  func frozen() {
    let each: [(String, (inout FineTuneConfiguration) -> Void)] = [
      ("mixing", { $0.mixing = .mixup(Mixup()) }), ("averaging", { $0.averaging = 0.9 }),
      ("layerDecay", { $0.layerDecay = 0.8 }), ("startPull", { $0.startPull = 0.1 }),
      ("headFirst", { $0.headFirst = true }), ("frozenAffine", { $0.frozenAffine = true }),
      ("preciseStatistics", { $0.preciseStatistics = 9 }),
      ("logitAdjustment", { $0.logitAdjustment = 0 }),
    ]
    for (name, change) in each {
      let settings = settings(change)
      let found = settings.misfits(classifier, pretrained: true, device: .cpu)
      #expect(found.count == 1 && found[0].hasPrefix(name))
      #expect(found[0].contains("set trunk to full"))
      var whole = settings
      whole.trunk = .full
      #expect(whole.misfits(classifier, pretrained: true, device: .cpu).isEmpty)
    }
  }

  @Test("what is of classes is refused for segmentation, what is of weights without them")
  func kinds() {
    func misfits(
      _ model: ModelConfiguration, pretrained: Bool = true,
      _ change: (inout FineTuneConfiguration) -> Void
    ) -> [String] {
      settings {
        change(&$0); $0.trunk = .full
      }
      .misfits(model, pretrained: pretrained, device: .cpu)
    }
    #expect(misfits(segmenter) { $0.calibrated = true }.count == 1)
    #expect(misfits(segmenter) { $0.headFirst = true }.count == 1)
    let weighed = misfits(segmenter) { ($0.classWeights, $0.logitAdjustment) = (.balanced, 0) }
    #expect(weighed.count == 2)
    #expect(misfits(segmenter) { $0.mixing = .cutmix(CutMix()) }.isEmpty)
    #expect(misfits(segmenter) { $0.layerDecay = 0.85 }.isEmpty)
    #expect(misfits(classifier, pretrained: false) { $0.startPull = 1 }.count == 1)
    #expect(misfits(classifier, pretrained: false) { $0.mixing = .mixup(Mixup()) }.isEmpty)
  }

  @Test("flips where the side is a sign, and two remedies for one imbalance, are out of range")
  func faults() {
    let flips = settings { $0.testTimeFlips = true }
    #expect(flips.faults().count == 1 && flips.faults()[0].hasPrefix("testTimeFlips"))
    let allowed = settings {
      $0.testTimeFlips = true
      $0.augmentation.horizontalFlip = .allowed
    }
    #expect(allowed.faults().isEmpty && allowed.testTimeViews == .horizontal)
    let turned = settings {
      $0.testTimeFlips = true
      $0.augmentation.modality = .histology
    }
    #expect(turned.testTimeViews == .both)
    #expect(FineTuneConfiguration().testTimeViews == nil)
    let twice = settings { $0.classWeights = .balanced }
    #expect(twice.faults().count == 1 && twice.faults()[0].hasPrefix("classWeights"))
    #expect(settings { $0.layerDecay = 0 }.faults().count == 1)
    #expect(settings { $0.averaging = 1 }.faults().count == 1)
    #expect(settings { $0.startPull = -1 }.faults().count == 1)
    #expect(CutMix().faults().isEmpty && Mixup().faults().isEmpty)
    var mixup = Mixup()
    mixup.alpha = 0
    #expect(mixup.faults().count == 1)
  }
}
