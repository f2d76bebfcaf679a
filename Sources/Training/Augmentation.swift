import Base

/// How images are varied in training: geometry by one affine warp, then intensity, then a cut-out.
///
/// Plain numbers; everything is off unless set. ``AugmentationPolicy`` has the presets by modality.
/// Each row is drawn from its own key alone, so the batch around it does not matter.
public struct Augmentation: Sendable, Equatable {
  /// Share of the area that a random crop keeps, resized to the full image; nil: no crop.
  public var crop: ClosedRange<Double>?
  /// Width over height of the crop.
  public var cropRatio = 0.75...(4.0 / 3)
  /// Least intersection over union of the crops of two views.
  public var overlap = 0.0
  /// Probability of mirroring left and right.
  public var horizontalFlip = 0.0
  /// Probability of mirroring up and down.
  public var verticalFlip = 0.0
  /// Whether to turn by 0, 90, 180 or 270 degrees.
  public var quarterTurns = false
  /// Largest turn in degrees, either way.
  public var rotation = 0.0
  /// Probability of turning.
  public var rotationProbability = 1.0
  /// Largest shift along each axis, as a share of the side.
  public var shift = 0.0
  /// Brightness, contrast, colour, blur and noise.
  public var intensity = IntensityJitter()
  /// Largest side of the square that is blanked, as a share of the image's; 0: none.
  public var cutOut = 0.0

  /// Leaves images as they are.
  public init() {}

  /// Leaves images as they are.
  public static let none = Augmentation()

  /// The same without crop, flips, turns and shift: what may follow a warp that masks have been
  /// made for.
  public var withoutGeometry: Augmentation {
    var result = Augmentation()
    result.intensity = intensity
    result.cutOut = cutOut
    return result
  }
}
