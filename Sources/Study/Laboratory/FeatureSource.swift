public import Base
public import Models

/// What turns an image of the laboratory into numbers, once and for good.
public enum FeatureSource: NamedChoice, Equatable {
  /// What a network's head would read.
  case network(Network)
  /// The pixels themselves, of images shrunk to a small side.
  case pixels(Pixels)

  /// A network and its weights.
  public struct Network: Codable, Sendable, Equatable, Documented {
    /// The network; its classes do not count.
    public var model = ModelConfiguration()
    /// A file of weights or a run; empty for first weights drawn at random.
    public var weights = ""
    /// Mean of each channel that the network was trained with, of samples from 0 to 1; empty: the
    /// pool's.
    public var mean: [Double] = []
    /// Deviation of each channel; empty: the pool's.
    public var deviation: [Double] = []

    /// A residual network with random weights.
    public init() {}

    /// What each key means.
    public static let documentation = [
      "model": "The network; its classes do not count.",
      "weights": "A file of weights or a run; empty for first weights drawn at random.",
      "mean": "Mean of each channel that the weights were trained with; empty: the pool's.",
      "deviation": "Deviation of each channel, likewise.",
    ]
  }

  /// Small images as they are.
  public struct Pixels: Codable, Sendable, Equatable, Documented {
    /// Side of the image.
    public var side = 16
    /// 1 or 3.
    public var channels = 3

    /// Colour images of 16 pixels a side.
    public init() {}

    /// What each key means.
    public static let documentation = [
      "side": "Side of the shrunken image in pixels.", "channels": "1 or 3.",
    ]
  }

  /// The names that can be chosen.
  public static let choices: [Choice<FeatureSource>] = [
    Choice("network", Network(), Self.network, "what a network's head would read"),
    Choice("pixels", Pixels(), Self.pixels, "the pixels of a small image"),
  ]

  /// The name and settings of this value.
  public var chosen: Chosen {
    switch self {
    case .network(let settings): Chosen("network", settings)
    case .pixels(let settings): Chosen("pixels", settings)
    }
  }

  /// The size and channels at which it reads images.
  var shape: (side: Int, channels: Int) {
    switch self {
    case .network(let settings): (settings.model.imageSize, settings.model.channels)
    case .pixels(let settings): (settings.side, settings.channels)
    }
  }
}

extension FeatureSource.Network: Validatable {
  /// What is out of range.
  public func faults() -> [String] {
    var faults: [String] = []
    if model.architecture.isSegmentation {
      faults.append("model.architecture must be a classification network")
    }
    if model.channels != 1 && model.channels != 3 { faults.append("model.channels must be 1 or 3") }
    if mean.count != deviation.count || !(mean.isEmpty || mean.count == model.channels) {
      faults.append("mean and deviation must both be empty or hold one number for each channel")
    }
    if deviation.contains(where: { $0 <= 0 }) { faults.append("deviation must be above 0") }
    return faults
  }
}

extension FeatureSource.Pixels: Validatable {
  /// What is out of range.
  public func faults() -> [String] {
    var faults: [String] = []
    if !(1...128).contains(side) { faults.append("side must be from 1 to 128, not \(side)") }
    if channels != 1 && channels != 3 { faults.append("channels must be 1 or 3") }
    return faults
  }
}
