public import Base
package import Torch

/// How sure a prediction must be to become a label, or how much it weighs.
///
/// State is in tensors that checkpoints hold, changed in place.
package protocol Threshold {
  /// What a checkpoint holds.
  var extras: [(name: String, tensor: Tensor)] { get }
  /// The weight of each prediction, 0 ... 1; the statistics see it too.
  ///
  /// - Parameters:
  ///   - probabilities: `[B, C]` or `[B, C, H, W]`.
  ///   - items: of the rows.
  /// - Returns: `[B]` or `[B, H, W]`.
  func weights(_ probabilities: Tensor, items: [Int]) -> Tensor
  /// What is added to the loss of the strong view's logits; nil: nothing.
  func fairness(_ logits: Tensor, weights: Tensor) -> Tensor?
  /// The probabilities that are labelled by, where they are shifted to the labels' prior.
  func aligned(_ probabilities: Tensor) -> Tensor
}

extension Threshold {
  /// Nothing is remembered.
  package var extras: [(name: String, tensor: Tensor)] { [] }
  /// Nothing is added.
  package func fairness(_ logits: Tensor, weights: Tensor) -> Tensor? { nil }
  /// Nothing is shifted.
  package func aligned(_ probabilities: Tensor) -> Tensor { probabilities }
}

/// The thresholds of fixmatch and unimatch, by name.
///
/// In maps the background outnumbers everything: statistics over all pixels would give the classes of
/// the foreground thresholds near nought. So there the statistics are those of foreground classes,
/// thresholds are cut to 0.6 ... 0.95, and with one foreground class the threshold is 0.9.
public enum ThresholdChoice: NamedChoice, Equatable {
  /// One for all.
  case fixed(FixedThreshold.Settings)
  /// Lower for classes that are learnt slowly.
  case flex(FlexThreshold.Settings)
  /// From how sure the network is.
  case free(FreeThreshold.Settings)
  /// Weights instead of a threshold.
  case soft(SoftThreshold.Settings)

  /// Every choice with its default settings.
  public static let choices: [Choice<ThresholdChoice>] = [
    Choice("fixed", FixedThreshold.Settings(), ThresholdChoice.fixed, FixedThreshold.card),
    Choice("flex", FlexThreshold.Settings(), ThresholdChoice.flex, FlexThreshold.card),
    Choice("free", FreeThreshold.Settings(), ThresholdChoice.free, FreeThreshold.card),
    Choice("soft", SoftThreshold.Settings(), ThresholdChoice.soft, SoftThreshold.card),
  ]

  /// The name and settings of this value.
  public var chosen: Chosen {
    switch self {
    case .fixed(let settings): Chosen("fixed", settings)
    case .flex(let settings): Chosen("flex", settings)
    case .free(let settings): Chosen("free", settings)
    case .soft(let settings): Chosen("soft", settings)
    }
  }

  /// The threshold of a training.
  func make(_ setup: MethodSetup) -> any Threshold {
    let frame = ThresholdFrame(setup)
    if case .fixed(let settings) = self { return FixedThreshold(settings.confidence) }
    if frame.isSegmentation, frame.classes == 2 { return FixedThreshold(ThresholdFrame.oneClass) }
    return switch self {
    case .fixed(let settings): FixedThreshold(settings.confidence)
    case .flex(let settings): FlexThreshold(settings, frame, items: setup.request.unlabelled)
    case .free(let settings): FreeThreshold(settings, frame)
    case .soft(let settings): SoftThreshold(settings, frame)
    }
  }
}

/// What the statistics of thresholds have in common.
package struct ThresholdFrame {
  /// The threshold of maps with one foreground class.
  static let oneClass = 0.9
  /// The thresholds of maps are cut to this range.
  static let range = 0.6...0.95
  let classes: Int
  let isSegmentation: Bool
  /// How often the labels' classes occur.
  let prior: [Double]
  /// The statistics' momentum where settings leave it open, 1 − 1 / (0.05 S), at least 0.9.
  let momentum: Double
  let device: Device

  package init(
    classes: Int, isSegmentation: Bool = false, prior: [Double]? = nil, steps: Int,
    device: Device = .cpu
  ) {
    self.classes = classes
    self.isSegmentation = isSegmentation
    self.prior = prior ?? Array(repeating: 1 / Double(classes), count: classes)
    momentum = max(1 - 1 / (0.05 * Double(steps)), 0.9)
    self.device = device
  }

  init(_ setup: MethodSetup) {
    self.init(
      classes: setup.classes, isSegmentation: setup.isSegmentation, prior: setup.prior.shares,
      steps: setup.steps, device: setup.images.device)
  }

  /// The number of classes that statistics are of: all, or those of the foreground.
  var counted: Int { isSegmentation ? classes - 1 : classes }

  /// Probabilities `[B, C]` or `[B, C, H, W]` as rows `[N, C]`.
  func rows(_ probabilities: Tensor) -> Tensor {
    probabilities.movedim(1, -1).reshape([-1, classes])
  }

  /// The rows that count: all, or those that are predicted as foreground.
  func countedRows(_ probabilities: Tensor) -> Tensor {
    let rows = rows(probabilities)
    guard isSegmentation else { return rows }
    let chosen = rows.argmax(dim: 1).gt(0).nonzero().reshape([-1])
    return rows.indexSelect(dim: 0, index: chosen)
  }

  /// The shares of the classes that count, `[N, counted]`, which sum to 1.
  func countedShares(_ rows: Tensor) -> Tensor {
    guard isSegmentation else { return rows }
    let foreground = rows.narrow(dim: 1, start: 1, length: classes - 1)
    return foreground / foreground.sum(dim: [1], keepdim: true).clamp(min: 1e-12)
  }

  /// One threshold a class: in maps the background's is the highest, the others are cut.
  func thresholds(_ counted: Tensor) -> Tensor {
    guard isSegmentation else { return counted }
    let background = Tensor([Float(Self.range.upperBound)], [1]).to(counted.device)
      .to(counted.dtype)
    return cat(
      [
        background,
        counted.clamp(min: Self.range.lowerBound, max: Self.range.upperBound),
      ], dim: 0)
  }

  /// 1 where a prediction reaches the threshold of its class, `[B]` or `[B, H, W]`.
  func reached(_ probabilities: Tensor, _ thresholds: Tensor) -> Tensor {
    let (confidence, label) = probabilities.max(dim: 1)
    let needed = thresholds.indexSelect(dim: 0, index: label.reshape([-1])).reshape(label.shape)
    return confidence.ge(needed.to(confidence.dtype)).to(probabilities.dtype)
  }
}

extension Tensor {
  /// self ← m self + (1 − m) value, in place.
  func follow(_ value: Tensor, momentum: Double) {
    copy_(from: self * momentum + value.to(dtype) * (1 - momentum))
  }
}

/// One threshold for all classes.
///
/// Sohn et al. *FixMatch.* NeurIPS 2020. <https://arxiv.org/abs/2001.07685>
public struct FixedThreshold: Threshold {
  static let card = MethodCard(
    "one least confidence for all", cost: "none", regime: "always; maps with one foreground class",
    paper: "Sohn et al. 2020")
  /// Settings.
  public struct Settings: Codable, Sendable, Equatable, Validatable, Documented {
    /// The least confidence.
    public var confidence = 0.95

    /// The defaults.
    public init() {}

    /// What each key means.
    public static let documentation = ["confidence": "The least calibrated confidence."]

    /// What is out of range.
    public func faults() -> [String] {
      (0...1).contains(confidence) ? [] : ["confidence must lie in 0 ... 1"]
    }
  }

  private let confidence: Double

  package init(_ confidence: Double) { self.confidence = confidence }

  package func weights(_ probabilities: Tensor, items: [Int]) -> Tensor {
    probabilities.amax(dim: [1]).ge(confidence).to(probabilities.dtype)
  }
}
