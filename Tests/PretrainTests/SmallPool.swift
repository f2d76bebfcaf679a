import Base
import Models
import Pretrain
import Torch
import Training

/// A few grey images that are made up, and a stage on them that takes seconds.
struct SmallPool {
  let size: Int
  let items: [Int]
  private let images: [Int: [UInt8]]

  /// Images of `size` pixels a side, each sample from 0 to 1 by item, row and column.
  init(_ count: Int, size: Int, sample: (Int, Int, Int) -> Double) {
    self.size = size
    items = Array(0..<count)
    images = Dictionary(
      uniqueKeysWithValues: items.map { item in
        let places = (0..<size * size).map { sample(item, $0 / size, $0 % size) }
        return (item, places.map { UInt8(255 * min(max($0, 0), 1)) })
      })
  }

  /// Images with a bright half, above in even ones, under noise.
  static func halves(_ count: Int, size: Int) -> SmallPool {
    let noise = RandomKey(seed: 3)
    return SmallPool(count, size: size) { item, row, column in
      ((row < size / 2) == (item % 2 == 0) ? 0.55 : 0.15)
        + 0.25 * noise.folding(item).folding(row * size + column).uniform()
    }
  }

  /// Labels by the halves of ``halves(_:size:)``, of the first `count`.
  func labels(_ count: Int) -> ItemTable {
    ItemTable(Dictionary(uniqueKeysWithValues: items.prefix(count).map { ($0, $0 % 2) }))
  }

  /// Settings of a few steps of a method.
  func settings(
    _ method: PretrainMethodConfiguration, _ architecture: Architecture = .resnet18
  ) -> PretrainConfiguration {
    var settings = PretrainConfiguration()
    settings.model = ModelConfiguration(
      architecture: architecture, channels: 1, imageSize: size, patch: size / 4, stem: .small,
      widthFactor: 0.125)
    settings.method = method
    (settings.steps, settings.batch, settings.checkEvery) = (4, 8, 2)
    return settings
  }

  /// A stage on the images, every one a group of its own or in the group given for it.
  func stage(
    _ settings: PretrainConfiguration, labels: ItemTable = [:], seed: UInt64 = 8,
    group: (Int) -> Int = { $0 }
  ) -> PretrainStage {
    PretrainStage(
      settings,
      pixels: PixelArray(images, channels: 1, height: size, width: size),
      normalization: .half(channels: 1), items: items,
      groups: ItemTable(Dictionary(uniqueKeysWithValues: items.map { ($0, group($0)) })),
      labels: labels, device: .cpu, key: RandomKey(seed: seed))
  }
}
