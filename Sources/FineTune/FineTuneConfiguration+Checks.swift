public import Base
public import Models
public import Torch
import Training

extension FineTuneConfiguration: Validatable {
  /// What is out of range, or cannot go together whatever is trained.
  public func faults() -> [String] {
    var faults: [String] = []
    func require(_ holds: Bool, _ fault: String) { if !holds { faults.append(fault) } }
    require(
      steps.minimum >= 1 && steps.maximum >= steps.minimum,
      "steps: minimum must be at least 1 and at most maximum")
    require(
      steps.continued > 0 && steps.continued <= 1,
      "steps.continued must be above 0 and at most 1")
    require(batch >= 1, "batch must be at least 1")
    require(
      headRate > 0 && trunkRate >= 0 && continuedRate > 0,
      "headRate and continuedRate must be above 0, trunkRate at least 0")
    require(layerDecay > 0 && layerDecay <= 1, "layerDecay must be above 0 and at most 1")
    require(startPull >= 0, "startPull must not be negative")
    require((0..<1).contains(averaging), "averaging must be from 0 to below 1")
    require(logitAdjustment >= 0, "logitAdjustment must not be negative")
    require(lambda > 0, "lambda must be above 0")
    require((0...1).contains(balance), "balance must lie in 0 ... 1")
    require(preciseStatistics >= 0, "preciseStatistics must not be negative")
    require(folds >= 2, "folds must be at least 2")
    require(
      !weighsClasses || logitAdjustment == 0,
      "classWeights: the logit adjustment makes up for rare classes already; set "
        + "logitAdjustment to 0 too, or leave classWeights at automatic")
    require(
      !testTimeFlips || augmentation.flips,
      "testTimeFlips: augmentation does not let left and right be exchanged; set "
        + "augmentation.horizontalFlip to allowed if the side is no sign")
    return faults
  }

  private var weighsClasses: Bool { classWeights != .automatic && classWeights != .none }

  /// What a trained network's probabilities are averaged over; nil: the image as it is.
  public var testTimeViews: MirrorViews? {
    guard testTimeFlips else { return nil }
    return augmentation.hasNoWayUp ? .both : .horizontal
  }

  /// Whether the trunk stays as it is.
  public func freezesTrunk(_ model: ModelConfiguration, pretrained: Bool, device: Device) -> Bool {
    switch trunk {
    case .frozen: true
    case .full: false
    case .auto:
      pretrained && !model.architecture.isSegmentation && model.outputs == .exclusive
        && device == .cpu
    }
  }

  /// Settings that mean nothing for what is to be trained, each with what to do instead; empty
  /// where all of them do.
  public func misfits(
    _ model: ModelConfiguration, pretrained: Bool, device: Device
  ) -> [String] {
    let segmentation = model.architecture.isSegmentation
    let freezes = freezesTrunk(model, pretrained: pretrained, device: device)
    func set(_ settings: KeyValuePairs<String, Bool>) -> [String] {
      settings.filter(\.value).map(\.key)
    }
    let adjusts = logitAdjustment != 1
    let ofTrunk = set([
      "layerDecay": layerDecay < 1, "startPull": startPull > 0, "headFirst": headFirst,
      "frozenAffine": frozenAffine,
    ])
    let ofDescent = set([
      "mixing": mixing != .none, "averaging": averaging > 0,
      "preciseStatistics": preciseStatistics > 0, "logitAdjustment": adjusts && !weighsClasses,
    ])
    let ofClasses = set([
      "headFirst": headFirst, "calibrated": calibrated, "classWeights": weighsClasses,
      "logitAdjustment": adjusts,
    ])
    var misfits: [String] = []
    if freezes {
      misfits += ofTrunk.map { "\($0) is of a trunk that learns: set trunk to full" }
    } else if !pretrained {
      misfits += ofTrunk.map { "\($0) is of a pretrained trunk: give weights, or leave it out" }
    }
    if freezes, !segmentation {
      misfits += ofDescent.map {
        "\($0) is of a network that is trained, here a logistic head is fitted to a frozen trunk: "
          + "set trunk to full, or leave it out"
      }
    }
    if model.outputs == .independent {
      misfits += set([
        "trunk": trunk == .frozen, "headFirst": headFirst, "calibrated": calibrated,
        "logitAdjustment": adjusts && !weighsClasses,
      ]).map { "\($0) is of one class an image: leave it out for several" }
    }
    if segmentation {
      misfits += ofClasses.map { "\($0) is of classification: leave it out for segmentation" }
    }
    return misfits
  }
}
