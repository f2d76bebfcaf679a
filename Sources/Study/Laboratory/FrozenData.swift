import Base
import Foundation
import Models
import NN
import Pool
import Torch
import Training

/// A data set of the laboratory: the features of every image that has truth.
package struct FrozenData: Sendable {
  /// Classes.
  package let classes: Int
  /// The training side.
  package let pool: FrozenSide
  /// The test side.
  package let test: FrozenSide

  /// - Parameters: as the properties.
  package init(classes: Int, pool: FrozenSide, test: FrozenSide) {
    (self.classes, self.pool, self.test) = (classes, pool, test)
  }

  /// The features of a pool, computed where `folder` does not hold them yet.
  ///
  /// - Throws: a diagnostic for a pool that is no labelled classification pool.
  init(
    _ dataset: LaboratoryConfiguration.Dataset, _ source: FeatureSource, folder: URL,
    device: Device, weights: (String) throws -> [(name: String, tensor: Tensor)]
  ) throws {
    let pool = try Self.open(dataset)
    classes = try pool.classes.count
    let encoder = try Encoder(pool, source, device: device, weights: weights)
    func side(_ split: Split) throws -> FrozenSide {
      try FrozenSide(
        pool, split, encoder, file: folder.appendingPathComponent("\(dataset.name)-\(split).npy"))
    }
    (self.pool, test) = (try side(.train), try side(.test))
    guard !test.items.isEmpty, !self.pool.items.isEmpty else {
      throw Diagnostic(
        "the pool has no labelled images in its training or test split", at: dataset.pool,
        fix: "import labels with a test split, or with --test-share")
    }
  }

  /// Opens a pool that the laboratory can work with.
  ///
  /// - Throws: a diagnostic where what is learnt is not one class an image.
  static func open(_ dataset: LaboratoryConfiguration.Dataset) throws -> Pool {
    let pool = try Pool.open(URL(fileURLWithPath: dataset.pool))
    let mode = try pool.mode
    guard mode == .classification else {
      throw Diagnostic(
        "frozen features serve pools with one class an image, not \(mode?.rawValue ?? "no mode")",
        at: dataset.pool,
        fix: "compare \(mode == nil ? "a labelled pool" : "it without --frozen")")
    }
    return pool
  }
}

/// The images of one side of a pool.
package struct FrozenSide: Sendable {
  /// Those that have truth, ascending.
  package let items: [Int]
  /// The class of each.
  package let labels: [Int]
  /// The group of each.
  package let groups: [Int]
  /// `[items, width]`.
  package let features: [Float]

  /// Images 0, 1, …, each a group of its own where no groups are given.
  package init(labels: [Int], groups: [Int]? = nil, features: [Float]) {
    items = Array(labels.indices)
    (self.labels, self.groups, self.features) = (labels, groups ?? Array(labels.indices), features)
  }

  fileprivate init(_ pool: Pool, _ split: Split, _ encoder: Encoder, file: URL) throws {
    let truth = try pool.truth(of: pool.itemsWithTruth(in: split)).compactMapValues { label in
      if case .class(let label) = label { label } else { nil }
    }
    let groupOf = try pool.groups()
    items = truth.keys.sorted()
    labels = items.compactMap { truth[$0] }
    groups = items.map { groupOf[$0] ?? $0 }
    if !items.isEmpty, !FileManager.default.fileExists(atPath: file.path) {
      try encoder.write(items, to: file)
    }
    features = items.isEmpty ? [] : try ArrayFile(file).floats()
  }
}

/// What a `FeatureSource` makes of a pool's images.
private struct Encoder {
  private let inference: PoolInference
  private let forward: (Tensor) -> Tensor

  init(
    _ pool: Pool, _ source: FeatureSource, device: Device,
    weights: (String) throws -> [(name: String, tensor: Tensor)]
  ) throws {
    let pixels = try pool.cache(size: source.shape.side, channels: source.shape.channels)
    var normalization = Normalization(mean: pixels.mean, std: pixels.std)
    switch source {
    case .pixels: forward = { $0.reshape([$0.shape[0], -1]) }
    case .network(let settings):
      if !settings.mean.isEmpty {
        normalization = Normalization(mean: settings.mean, std: settings.deviation)
      }
      let network = try Network(
        settings.model, key: RandomKey(seed: 0).folding("laboratory"), device: device)
      if !settings.weights.isEmpty { try network.loadTrunk(try weights(settings.weights)) }
      forward = { network.embedding($0, .evaluate) }
    }
    inference = PoolInference(pixels, normalization: normalization, device: device)
  }

  func write(_ items: [Int], to file: URL) throws {
    try inference.write(items, to: file, forward: forward)
  }
}
