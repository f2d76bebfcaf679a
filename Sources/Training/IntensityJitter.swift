/// Changes of grey values and colour; all off unless set.
///
/// Samples are in 0 ... 1 before and after. With `choose` set, each image gets that many of the
/// enabled kinds, drawn without replacement, and the probabilities do not count.
public struct IntensityJitter: Sendable, Equatable {
  /// Kinds of change, in the order in which they are made.
  public enum Kind: String, CaseIterable, Sendable {
    /// Multiplication.
    case brightness
    /// Distance from the image's mean.
    case contrast
    /// Power.
    case gamma
    /// Strength and angle of colour, or none.
    case colour
    /// Gaussian blur.
    case blur
    /// Unsharp masking.
    case sharpness
    /// Gaussian noise.
    case noise
  }

  /// Largest relative change of brightness.
  public var brightness = 0.0
  /// Largest relative change of contrast.
  public var contrast = 0.0
  /// Probability of brightness, contrast, saturation and hue.
  public var jitterProbability = 0.8
  /// Range of the exponent; nil: none.
  public var gamma: ClosedRange<Double>?
  /// Probability of a power.
  public var gammaProbability = 0.5
  /// Largest relative change of saturation, for three channels.
  public var saturation = 0.0
  /// Largest turn of the hue, as a share of the full circle, for three channels.
  public var hue = 0.0
  /// Probability of taking the colour away, for three channels.
  public var greyscale = 0.0
  /// Range of the blur's deviation in pixels; nil: none.
  public var blur: ClosedRange<Double>?
  /// Probability of blur.
  public var blurProbability = 0.5
  /// Largest strength of sharpening.
  public var sharpness = 0.0
  /// Largest deviation of noise.
  public var noise = 0.0
  /// Probability of noise, and of sharpening.
  public var noiseProbability = 0.3
  /// How many kinds each image gets; nil: each kind by its probability.
  public var choose: Int?

  /// Changes nothing.
  public init() {}

  /// The kinds that are enabled.
  var kinds: [Kind] {
    Kind.allCases.filter { kind in
      switch kind {
      case .brightness: brightness > 0
      case .contrast: contrast > 0
      case .gamma: gamma != nil
      case .colour: saturation > 0 || hue > 0 || greyscale > 0
      case .blur: blur != nil
      case .sharpness: sharpness > 0
      case .noise: noise > 0
      }
    }
  }

  func probability(_ kind: Kind) -> Double {
    switch kind {
    case .brightness, .contrast, .colour: jitterProbability
    case .gamma: gammaProbability
    case .blur: blurProbability
    case .sharpness, .noise: noiseProbability
    }
  }
}
