public import Base
public import Models
public import Pool
public import Query
public import Torch
public import Training

/// What the rounds of a run work on: a pool at one size, its items by split, the start's weights.
public struct RunData {
  /// The pool.
  public let pool: Pool
  /// Its mode.
  public let mode: PoolMode
  /// Class names.
  public let classes: [String]
  /// The network, its classes set from the pool.
  public let model: ModelConfiguration
  /// Pixels of every item.
  public let pixels: PixelCache
  /// Normalisation of the pixels.
  public let normalization: Normalization
  /// Items that may be asked for, ascending.
  public let candidates: [Int]
  /// Items to measure on, ascending; empty where there are none with truth.
  public let test: [Int]
  /// Item → group.
  public let groups: ItemTable
  /// The pretrained weights; nil: from nothing.
  public let pretrained: [(name: String, tensor: Tensor)]?

  /// Opens the pool at the size of `model`.
  ///
  /// - Parameters:
  ///   - pool: the pool.
  ///   - model: the network, whose size and channels the pixels get.
  ///   - pretrained: weights of the start.
  ///   - candidates: the part of the training split that may be asked for; nil: all of it.
  ///   - normalization: of the pixels; nil: the pool's.
  /// - Throws: a diagnostic when the pool has no mode, no classes or no images, or when the network
  ///   is of the other kind.
  public init(
    pool: Pool, model: ModelConfiguration, pretrained: [(name: String, tensor: Tensor)]?,
    candidates: [Int]? = nil, normalization: Normalization? = nil
  ) throws {
    guard let mode = try pool.mode else {
      throw Diagnostic(
        "the pool does not know whether it is for classification or segmentation",
        fix: "import with --mode classification or --mode segmentation")
    }
    self.pool = pool
    self.mode = mode
    classes = try pool.classes
    self.model = try Self.fitted(model, mode: mode, classes: classes)
    pixels = try pool.cache(size: model.imageSize, channels: model.channels)
    self.normalization = normalization ?? Normalization(mean: pixels.mean, std: pixels.std)
    self.candidates = try candidates ?? pool.ids(in: .train)
    guard !self.candidates.isEmpty else {
      throw Diagnostic("the training split of the pool is empty", fix: "import images first")
    }
    groups = try pool.groups()
    test = try pool.itemsWithTruth(in: .test)
    self.pretrained = pretrained
  }

  /// The network with the pool's classes.
  private static func fitted(
    _ model: ModelConfiguration, mode: PoolMode, classes: [String]
  ) throws -> ModelConfiguration {
    guard classes.count > (mode == .multiLabel ? 0 : 1) else {
      throw Diagnostic(
        "the pool knows \(classes.count) classes; learning wants at least 2",
        fix: "import labels, or name the classes with import --classes a,b")
    }
    guard model.architecture.isSegmentation == (mode == .segmentation) else {
      throw Diagnostic(
        "the network \(model.architecture.rawValue) does not fit a \(mode) pool",
        fix: mode == .segmentation
          ? "set model.architecture to unet-resnet18 or another segmentation network"
          : "set model.architecture to resnet18 or another classification network")
    }
    var model = model
    model.classes = classes.count
    model.outputs = mode == .multiLabel ? .independent : .exclusive
    return model
  }

  /// The labels as training targets; masks only within `tiles`, where there are any.
  public func targets(_ labels: [Int: Label], within tiles: [Tile] = []) throws -> Targets {
    switch mode {
    case .classification:
      .classes(
        labels.compactMapValues { label in
          if case .class(let value) = label { value } else { nil }
        })
    case .multiLabel:
      .classSets(labels.compactMapValues(\.classes), classes: classes.count)
    case .segmentation: .masks(try masks(labels, within: tiles))
    }
  }

  /// The masks of these labels at the network's size; only within `tiles`, where there are any.
  public func masks(
    _ labels: [Int: Label], within tiles: [Tile] = []
  ) throws -> any MaskSource {
    let masks = try pool.maskCache(size: model.imageSize, labels: labels)
    return tiles.isEmpty ? masks : TileMasks(masks, within: tiles)
  }
}
