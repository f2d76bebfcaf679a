import Base
import FineTune
import Foundation
import Models
import NN
import Testing
import Torch
import Training

@Suite("Items that a network gets wrong") struct HardItemsTests {
  private let size = 32
  private let items = Array(0..<13)
  private let pixels: PixelArray
  private let normalization = Normalization(mean: [0.5], std: [0.5])

  init() {
    let images = items.map { item -> (Int, [UInt8]) in
      let key = RandomKey(seed: 7).folding(item)
      return (item, (0..<32 * 32).map { UInt8(key.folding($0 / 8).uniform() * 255) })
    }
    pixels = PixelArray(
      Dictionary(uniqueKeysWithValues: images), channels: 1, height: 32, width: 32)
  }

  private func network(_ architecture: Architecture) throws -> Network {
    try Network(
      ModelConfiguration(
        architecture: architecture, classes: 3, channels: 1, imageSize: size, stem: .small,
        widthFactor: 0.125), key: RandomKey(seed: 2))
  }

  /// Logits of one image, alone in its batch.
  private func logits(_ network: Network, _ item: Int) -> [Float] {
    var bytes = [UInt8](repeating: 0, count: size * size)
    bytes.withUnsafeMutableBufferPointer { pixels.copy(item: item, into: $0) }
    let values = bytes.map { (Float($0) / 255 - 0.5) / 0.5 }
    return withoutGradients {
      network.logits(Tensor(values, [1, 1, size, size]), .evaluate).floats()
    }
  }

  private var hard: HardItems {
    HardItems(pixels: pixels, normalization: normalization, device: .cpu)
  }

  @Test("of classes: those whose largest logit belongs to another class, in their order")
  func classes() throws {
    let network = try network(.resnet18)
    let largest = items.map { item in
      let values = logits(network, item)
      return values.indices.max { values[$0] < values[$1] } ?? 0
    }
    let labels = Dictionary(
      uniqueKeysWithValues: items.map { ($0, ($0 % 3 == 0 ? 1 : 0) + largest[$0]) })
    let order = Array(items.reversed())
    #expect(
      try hard.find(network, items: order, targets: .classes(labels)) == [12, 9, 6, 3, 0])
  }

  @Test("of masks: those whose mean cross-entropy lies above the third quartile, unknown left out")
  func masks() throws {
    let network = try network(.unetResNet18)
    let maps = items.map { item in
      (0..<size * size).map { place -> UInt8 in
        let draw = RandomKey(seed: 9).folding(item).folding(place).uniform()
        return draw < 0.2 ? 255 : UInt8((place / 100 + item) % 3)
      }
    }
    let losses = items.map { crossEntropy(logits(network, $0), maps[$0]) }
    let ranked = items.sorted { losses[$0] > losses[$1] }
    let masks = MaskArray(
      Dictionary(uniqueKeysWithValues: zip(items, maps)), height: size, width: size)
    let found = try hard.find(network, items: items, targets: .masks(masks))
    #expect(found == ranked.prefix(3).sorted())
  }

  private func crossEntropy(_ logits: [Float], _ classes: [UInt8]) -> Double {
    let known = classes.indices.filter { classes[$0] != 255 }
    let losses = known.map { place -> Double in
      let values = (0..<3).map { Double(logits[$0 * classes.count + place]) }
      let top = values.max() ?? 0
      return top + log(values.reduce(0) { $0 + exp($1 - top) }) - values[Int(classes[place])]
    }
    return losses.reduce(0, +) / Double(known.count)
  }
}

@Suite("Scores inside the labels") struct OutOfFoldScoreTests {
  private func measured(wrong: Set<Int>) -> OutOfFoldScore? {
    let labels = (0..<60).map { $0 % 3 == 0 ? 1 : 0 }
    let features = labels.enumerated().flatMap { item, label -> [Float] in
      let shown = wrong.contains(item) ? 1 - label : label
      return shown == 0 ? [1, 0] : [0, 1]
    }
    return OutOfFold(
      features: features, labels: labels, groups: Array(0..<60), classes: 2,
      configuration: FineTuneConfiguration(), key: RandomKey(seed: 4)
    )?.score(key: RandomKey(seed: 4))
  }

  @Test("items that look like the other class are what a head misses")
  func misses() throws {
    // Of 20 and 40 items, 2 and 4 look like the other class: 0.9 on both.
    let score = try #require(measured(wrong: [0, 3, 1, 2, 4, 5]))
    #expect(abs(score.score - 0.9) < 1e-12)
    #expect(score.count == 60)
    #expect(score.low < 0.9 && score.low > 0.75 && score.high > 0.9 && score.high < 1)
  }

  @Test("what no head misses is certain")
  func perfect() throws {
    let score = try #require(measured(wrong: []))
    #expect([score.score, score.low, score.high] == [1, 1, 1])
  }

  @Test("one class alone has no score")
  func oneClass() {
    let none = OutOfFold(
      features: [Float](repeating: 1, count: 20), labels: Array(repeating: 0, count: 10),
      groups: Array(0..<10), classes: 2, configuration: FineTuneConfiguration(),
      key: RandomKey(seed: 4))
    #expect(none == nil)
  }
}
