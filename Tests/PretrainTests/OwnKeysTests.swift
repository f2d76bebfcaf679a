import Base
import Foundation
import Models
import Pretrain
import Testing
import Torch
import Training

/// What a queue longer than the pool does; a few minutes, so only where `MODICUM_SLOW` is 1.
@Suite struct OwnKeysTests {
  private static let isSlow = ProcessInfo.processInfo.environment["MODICUM_SLOW"] == "1"
  private static let size = 32
  private let items = Array(0..<96)

  /// Waves in four directions, a class each, of drawn length, phase and strength, under noise.
  private var pixels: PixelArray {
    let images = items.map { item -> (Int, [UInt8]) in
      let key = RandomKey(seed: 7).folding(item)
      let angle = Double(item % 4) * .pi / 4 + 0.25 * (key.folding("angle").uniform() - 0.5)
      let (length, phase) = (
        5 + 7 * key.folding("length").uniform(), 2 * .pi * key.folding("phase").uniform()
      )
      let strength = 20 + 40 * key.folding("strength").uniform()
      let bytes = (0..<Self.size * Self.size).map { place -> UInt8 in
        let along = Double(place % Self.size) * cos(angle) + Double(place / Self.size) * sin(angle)
        let noise = 60 * (key.folding(place).uniform() - 0.5)
        return UInt8(128 + strength * sin(2 * .pi * along / length + phase) + noise)
      }
      return (item, bytes)
    }
    return PixelArray(
      Dictionary(uniqueKeysWithValues: images), channels: 1, height: Self.size, width: Self.size)
  }

  private func score(queue: Int?, masksOwn: Bool, seed: UInt64) throws -> PretrainVerdict {
    var method = MoCo.Settings()
    (method.queue, method.masksOwn) = (queue, masksOwn)
    var settings = PretrainConfiguration()
    settings.method = .moCo(method)
    settings.model = ModelConfiguration(
      architecture: .resnet18, channels: 1, imageSize: Self.size, stem: .medium, widthFactor: 0.25)
    (settings.steps, settings.batch, settings.checkEvery) = (240, 16, 240)
    settings.baseRate = 0.24
    let result = try PretrainStage(
      settings, pixels: pixels, normalization: .half(channels: 1), items: items,
      groups: ItemTable(items.map(Int32.init)),
      labels: ItemTable(items.map { Int32($0 % 4) }), device: .cpu,
      key: RandomKey(seed: seed)
    ).run(folder: nil)
    return try #require(result.verdict)
  }

  @Test(
    "a queue of twice the pool without the rule against own keys makes worse features",
    .enabled(if: isSlow))
  func ownKeys() throws {
    var sums = (masked: 0.0, unmasked: 0.0)
    for seed in 1...3 {
      let masked = try score(queue: 192, masksOwn: true, seed: UInt64(seed))
      let unmasked = try score(queue: 192, masksOwn: false, seed: UInt64(seed))
      print(
        "seed \(seed): start \(masked.before.balancedAccuracy), masked "
          + "\(masked.after.balancedAccuracy), not masked \(unmasked.after.balancedAccuracy)")
      sums.masked += masked.after.balancedAccuracy
      sums.unmasked += unmasked.after.balancedAccuracy
    }
    #expect(sums.masked > sums.unmasked)
  }
}
