public import Base

/// What kind of picture a data set holds: it decides which changes are harmless.
public enum Modality: String, Codable, CaseIterable, Sendable {
  /// X-ray, ultrasound, MR, CT: grey values carry meaning, sides may too.
  case grey
  /// Skin through a dermatoscope: no way up, colour is a sign.
  case dermoscopy
  /// Endoscopy.
  case endoscopy
  /// The back of the eye.
  case fundus
  /// Stained tissue: no way up.
  case histology
}

/// Augmentation by modality: the presets that stages use.
///
/// Colour is barely turned, exposure never inverted, solarised or equalised: in medicine they are
/// findings. Ranges as in SimCLR (Chen et al., ICML 2020) and FixMatch (Sohn et al., NeurIPS 2020)
/// as far as the modality bears them.
public struct AugmentationPolicy: Codable, Sendable, Equatable {
  /// Whether left and right may be exchanged.
  public enum HorizontalFlip: String, Codable, CaseIterable, Sendable {
    /// Not for grey images, where the side (heart, liver, marker) is often a cue; else yes.
    case automatic
    /// The side is neither a label nor a cue.
    case allowed
    /// The side is a label or a cue, such as right and left eye.
    case forbidden
  }

  /// The kind of picture.
  public var modality: Modality
  /// Whether left and right may be exchanged.
  public var horizontalFlip: HorizontalFlip
  /// Median share of the image that a finding takes, where known: crops then keep more, and two
  /// views must overlap.
  public var lesionFraction: Double?

  /// A policy.
  public init(
    modality: Modality, horizontalFlip: HorizontalFlip = .automatic,
    lesionFraction: Double? = nil
  ) {
    self.modality = modality
    self.horizontalFlip = horizontalFlip
    self.lesionFraction = lesionFraction
  }

  /// Whether images may be mirrored left to right, in training and at inference.
  public var flips: Bool {
    switch horizontalFlip {
    case .automatic: modality != .grey
    case .allowed: true
    case .forbidden: false
    }
  }

  /// Whether the picture has no way up, so that it may be turned and mirrored up to down.
  public var hasNoWayUp: Bool { modality == .dermoscopy || modality == .histology }

  /// Small changes that keep label and mask: flip where allowed, shift by an eighth, ±10°.
  public func weak(size: Int) -> Augmentation {
    var result = upright
    result.rotation = 10
    result.shift = 0.125
    return result
  }

  /// The weak changes, two kinds of intensity change at random, and for classification a cut-out of
  /// up to 0.3 of the side (0.15 where findings are small).
  public func strong(size: Int, segmentation: Bool = false) -> Augmentation {
    var result = weak(size: size)
    result.intensity.choose = 2
    result.intensity.brightness = 0.4
    result.intensity.contrast = 0.4
    result.intensity.sharpness = 1
    if size >= Self.blurFrom { result.intensity.blur = 0.1...2 }
    if modality != .histology { result.intensity.gamma = 0.7...1.5 }
    if modality == .grey { result.intensity.noise = 0.05 }
    if !segmentation { result.cutOut = (lesionFraction ?? 1) < 0.05 ? 0.15 : 0.3 }
    return result
  }

  /// A view for contrastive learning: random crop, flip where allowed, turn, intensity and colour
  /// within what the modality bears, blur from 96 pixels on.
  public func contrastive(size: Int) -> Augmentation {
    var result = upright
    result.crop = smallestCrop...1
    result.overlap = lesionFraction == nil ? 0 : 0.2
    result.rotation = 10
    result.rotationProbability = 0.5
    result.intensity = contrastiveIntensity
    if size >= Self.blurFrom { result.intensity.blur = 0.1...2 }
    return result
  }

  /// Blur would erase what there is in smaller images.
  private static let blurFrom = 96

  private var upright: Augmentation {
    var result = Augmentation()
    result.horizontalFlip = flips ? 0.5 : 0
    if hasNoWayUp {
      result.verticalFlip = 0.5
      result.quarterTurns = true
    }
    return result
  }

  private var smallestCrop: Double {
    if let lesionFraction { return min(max(4 * lesionFraction + 0.25, 0.3), 0.6) }
    return modality == .histology ? 0.2 : 0.3
  }

  private var contrastiveIntensity: IntensityJitter {
    var jitter = IntensityJitter()
    jitter.brightness = modality == .histology ? 0.2 : 0.4
    jitter.contrast = jitter.brightness
    switch modality {
    case .grey:
      jitter.gamma = 0.7...1.5
      jitter.noise = 0.05
    case .dermoscopy, .endoscopy, .fundus:
      (jitter.saturation, jitter.hue, jitter.greyscale) = (0.2, 0.03, 0.05)
      jitter.gamma = 0.7...1.5
    case .histology:
      (jitter.saturation, jitter.hue) = (0.1, 0.03)
    }
    return jitter
  }
}

extension AugmentationPolicy: Documented, Validatable, Defaulted {
  /// Grey images that are not mirrored.
  public init() { self.init(modality: .grey) }

  /// What the keys mean.
  public static let documentation = [
    "modality": "The kind of picture; it decides which changes are harmless.",
    "horizontalFlip": "Whether left and right may be exchanged: automatic (not for grey images, "
      + "whose side is often a cue), allowed, forbidden.",
    "lesionFraction": "Median share of the image that a finding takes, where known; crops keep "
      + "more of the image then.",
  ]

  /// What is out of range.
  public func faults() -> [String] {
    guard let lesionFraction, !(0...1).contains(lesionFraction) else { return [] }
    return ["lesionFraction must be from 0 to 1, not \(lesionFraction)"]
  }
}
