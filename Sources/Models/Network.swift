public import Base
public import NN
public import Torch

/// One network as stages use it: an architecture, its weights by name, its outputs.
public struct Network {
  /// The weights.
  public let store: ParameterStore
  /// What it was built from.
  public let configuration: ModelConfiguration
  private let body: Body

  private enum Body {
    case classifier(any Backbone, ClassifierHead)
    case segmenter(any Segmenter)
  }

  /// Builds the network with first weights drawn from `key`.
  ///
  /// `layout` is how images and weights lie in memory, ``defaultLayout(_:_:)`` where left out.
  ///
  /// - Throws: a diagnostic with every fault of the configuration.
  public init(
    _ configuration: ModelConfiguration, key: RandomKey, device: Device = .cpu,
    dtype: DType = .float32, layout: TensorLayout? = nil
  ) throws {
    let faults = configuration.faults()
    guard faults.isEmpty else {
      throw Diagnostic(
        "the model cannot be built", at: faults.joined(separator: "; "),
        fix: "correct these values under `model`", exit: .usage)
    }
    store = ParameterStore(
      device: device, dtype: dtype,
      layout: layout ?? Self.defaultLayout(configuration.architecture, device))
    self.configuration = configuration
    let scope = store.scope(key: key)
    if configuration.architecture.isSegmentation {
      body = .segmenter(Self.segmenter(configuration, scope))
    } else {
      let (backbone, head) = Self.classifier(configuration, scope)
      body = .classifier(backbone, head)
    }
  }

  /// The faster layout of an architecture on a device, as measured.
  public static func defaultLayout(_ architecture: Architecture, _ device: Device) -> TensorLayout {
    device == .cpu && !architecture.isTransformer ? .channelsLast : .contiguous
  }

  /// Whether it gives a class per pixel.
  public var isSegmentation: Bool { configuration.architecture.isSegmentation }

  /// The number D of features.
  public var width: Int {
    switch body {
    case .classifier(let backbone, _): backbone.width
    case .segmenter(let segmenter): segmenter.width
    }
  }

  /// Names of the trunk's parts, from the first layers to the last.
  var layers: [[String]] {
    switch body {
    case .classifier(let backbone, _): backbone.layers
    case .segmenter(let segmenter): segmenter.layers
    }
  }

  /// The trunk of a classifier, or of a U-Net on a residual network.
  public var backbone: (any Backbone)? {
    switch body {
    case .classifier(let backbone, _): backbone
    case .segmenter(let segmenter): (segmenter as? UNet)?.encoder
    }
  }

  /// Logits `[B, C]`, or `[B, C, H, W]` at the size of the images whatever it is.
  ///
  /// - Parameters:
  ///   - x: images `[B, channels, H, W]`.
  ///   - pass: evaluation, or training with a key.
  ///   - perturbing: a change of the features between encoder and decoder (or before the head),
  ///     such as feature dropout.
  /// - Returns: logits, not probabilities.
  public func logits(
    _ x: Tensor, _ pass: Pass, perturbing: ((Tensor) -> Tensor)? = nil
  ) -> Tensor {
    let change = perturbing ?? { $0 }
    let x = store.layout.arranged(x)
    switch body {
    case .classifier(let backbone, let head):
      return head(change(backbone.embedding(x, pass)), pass)
    case .segmenter(let segmenter):
      let maps = segmenter.encode(padding: x, pass).map(change)
      return Resolution.cropped(segmenter.decode(maps, pass), to: Array(x.shape.suffix(2)))
    }
  }

  /// One vector per image `[B, D]`: what a classifier's head reads, or the mean of the encoder's
  /// last map.
  public func embedding(_ x: Tensor, _ pass: Pass) -> Tensor {
    switch body {
    case .classifier(let backbone, _): backbone.embedding(store.layout.arranged(x), pass)
    case .segmenter: Resolution.globalMean(featureMap(x, pass))
    }
  }

  /// The trunk's last map `[B, D, h, w]`.
  public func featureMap(_ x: Tensor, _ pass: Pass) -> Tensor {
    let x = store.layout.arranged(x)
    switch body {
    case .classifier(let backbone, _): return backbone.featureMap(x, pass)
    case .segmenter(let segmenter):
      let maps = segmenter.encode(padding: x, pass)
      return maps[maps.count - 1]
    }
  }

  /// The trunk's maps `[B, Dᵢ, hᵢ, wᵢ]` from fine to coarse; the last is ``featureMap(_:_:)``'s, and
  /// the only one where an architecture keeps no others.
  public func maps(_ x: Tensor, _ pass: Pass) -> [Tensor] {
    let x = store.layout.arranged(x)
    return switch body {
    case .classifier(let backbone, _):
      (backbone as? ResNet)?.maps(x, pass) ?? [backbone.featureMap(x, pass)]
    case .segmenter(let segmenter):
      segmenter.encode(Resolution.padded(x, toMultipleOf: 32), pass)
    }
  }

  /// Logits and embeddings from one run of the trunk.
  public func outputs(_ x: Tensor, _ pass: Pass) -> (logits: Tensor, embedding: Tensor) {
    let x = store.layout.arranged(x)
    switch body {
    case .classifier(let backbone, let head):
      let embedding = backbone.embedding(x, pass)
      return (head(embedding, pass), embedding)
    case .segmenter(let segmenter):
      let maps = segmenter.encode(padding: x, pass)
      let logits = Resolution.cropped(segmenter.decode(maps, pass), to: Array(x.shape.suffix(2)))
      return (logits, Resolution.globalMean(maps[maps.count - 1]))
    }
  }

  /// A classifier's logits `[B, C]` of embeddings `[B, D]`.
  public func head(_ embedding: Tensor, _ pass: Pass) -> Tensor {
    guard case .classifier(_, let head) = body else {
      preconditionFailure("\(configuration.architecture.rawValue) has no head over embeddings")
    }
    return head(embedding, pass)
  }
}
