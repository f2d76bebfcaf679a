import Base
import FineTune
import Foundation
import Models
import NN
import Testing
import Torch

@Suite("Where a training starts, and what holds it there")
struct StartTests {
  private let task = TinyTask()

  private func network(_ seed: UInt64) throws -> Network {
    try Network(task.model, key: RandomKey(seed: seed))
  }

  @Test("shrinking without noise is θ₀ + λ (θ − θ₀), running statistics the later network's")
  func shrunk() throws {
    let (origin, later) = (try network(1), try network(2))
    later.store["bn1.running_mean"]?.fill_(0.7)
    let before = origin.store.snapshot()
    var rule = ShrinkPerturb()
    (rule.kept, rule.noise) = (0.75, 0)
    rule.apply(to: origin.store, from: later.store, key: RandomKey(seed: 1))
    for (name, start) in before where name.hasSuffix("weight") {
      let (now, end) = (origin.store[name]?.floats() ?? [], later.store[name]?.floats() ?? [])
      let expected = zip(start.floats(), end).map { $0 + 0.75 * ($1 - $0) }
      #expect(zip(now, expected).allSatisfy { abs($0 - $1) < 1e-6 }, "\(name)")
    }
    #expect(origin.store["bn1.running_mean"]?.floats().allSatisfy { $0 == 0.7 } == true)
  }

  @Test("the noise has a hundredth of the tensor's deviation, and the key decides it")
  func perturbed() throws {
    func disturbed(_ seed: UInt64) throws -> [Float] {
      let (origin, later) = (try network(1), try network(2))
      var rule = ShrinkPerturb()
      rule.kept = 1
      rule.apply(to: origin.store, from: later.store, key: RandomKey(seed: seed))
      return origin.store["layer4.0.conv2.weight"]?.floats() ?? []
    }
    let clean = try network(2).store["layer4.0.conv2.weight"]?.floats() ?? []
    let noise = zip(try disturbed(1), clean).map { Double($0 - $1) }
    #expect(abs((deviation(noise) ?? 0) / (deviation(clean.map(Double.init)) ?? 1) - 0.01) < 5e-4)
    #expect(try disturbed(1) == disturbed(1))
    #expect(try disturbed(1) != disturbed(2))
  }

  private func deviation(_ values: [Double]) -> Double? {
    let mean = values.reduce(0, +) / Double(values.count)
    return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count))
      .squareRoot()
  }

  @Test("rates fall by γ from stage to stage, and the head's stays")
  func rates() throws {
    let rate = LayerDecay(try network(1), trunk: 0.1, decay: 0.5)
    #expect(abs(rate("layer4.1.bn2.weight") - 0.1) < 1e-12)
    #expect(abs(rate("layer3.0.conv1.weight") - 0.05) < 1e-12)
    #expect(abs(rate("layer1.0.conv1.weight") - 0.0125) < 1e-12)
    #expect(abs(rate("conv1.weight") - 0.00625) < 1e-12)
    #expect(rate("fc.weight") == 1 && rate("fc.bias") == 1)
  }

  @Test("of a U-Net only the encoder's rates fall; of a transformer they fall block by block")
  func otherRates() throws {
    let unet = try Network(
      ModelConfiguration(
        architecture: .unetResNet18, channels: 1, imageSize: 32, stem: .small, widthFactor: 0.125),
      key: RandomKey(seed: 1))
    let rate = LayerDecay(unet, trunk: 0.1, decay: 0.5)
    #expect(abs(rate("encoder.layer4.0.conv1.weight") - 0.1) < 1e-12)
    #expect(abs(rate("encoder.conv1.weight") - 0.00625) < 1e-12)
    #expect(
      unet.store.parameters.filter { !$0.name.hasPrefix("encoder") }.allSatisfy {
        rate($0.name) == 1
      })
    let transformer = try Network(
      ModelConfiguration(architecture: .vitTiny, channels: 1, imageSize: 16, patch: 8),
      key: RandomKey(seed: 1))
    let blocks = LayerDecay(transformer, trunk: 0.1, decay: 0.75)
    let step = blocks("blocks.10.norm1.weight") / blocks("blocks.11.norm1.weight")
    #expect(abs(step - 0.75) < 1e-9)
    #expect(abs(blocks("norm.weight") - 0.1) < 1e-12)
  }

  @Test("the pull is (α / 2) ‖w − w⁰‖² over the trunk that learns, its gradient α (w − w⁰)")
  func pull() throws {
    let (now, start) = (try network(1), try network(2))
    now.store.freeze(under: "layer1")
    let penalty = StartPull(now, to: start, strength: 0.3)()
    var expected = 0.0
    for (name, tensor) in now.store.parameters
    where name.hasPrefix("fc") == false && name.hasPrefix("layer1") == false {
      let other = start.store[name]?.floats() ?? []
      expected += zip(tensor.floats(), other).reduce(0) { $0 + pow(Double($1.0 - $1.1), 2) }
    }
    #expect(abs(penalty.item() / (0.15 * expected) - 1) < 1e-5)
    penalty.backward()
    let conv = try #require(now.store["conv1.weight"])
    let slope = try #require(conv.gradient).floats()
    let other = start.store["conv1.weight"]?.floats() ?? []
    #expect(
      zip(slope, zip(conv.floats(), other)).allSatisfy {
        abs($0 - 0.3 * ($1.0 - $1.1)) < 1e-6
      })
    #expect(now.store["fc.weight"]?.gradient == nil)
    #expect(StartPull(start, to: start, strength: 1)().item() == 0)
  }

  @Test("a strong pull holds the trunk nearer to where it started, the head free")
  func held() throws {
    func distance(_ settings: FineTuneConfiguration) throws -> Double {
      let tuned = try task.train(settings)
      let start = try task.weights().filter { $0.name == "layer4.1.conv2.weight" }
      return zip(tuned.values("layer4.1.conv2.weight"), start[0].tensor.floats())
        .reduce(0) { $0 + pow(Double($1.0 - $1.1), 2) }
    }
    var settings = task.settings
    (settings.steps.minimum, settings.steps.maximum) = (12, 12)
    let free = try distance(settings)
    settings.startPull = 100
    #expect(try distance(settings) < 0.8 * free)
  }
}
