import Evaluation
import Foundation

/// Whether the unlabelled images were used, and why.
public struct Verdict: Codable, Sendable, Equatable {
  /// Why.
  public enum Reason: String, Codable, Sendable, CaseIterable {
    /// A class has too few labels.
    case fewPerClass = "few-per-class"
    /// Too few labelled images show any foreground.
    case fewWithForeground = "few-with-foreground"
    /// There are too few unlabelled images.
    case fewUnlabelled = "few-unlabelled"
    /// The labels cannot be divided into folds.
    case noFolds = "no-folds"
    /// No class is predicted precisely enough at any confidence.
    case nothingConfident = "nothing-confident"
    /// The folds gain too little.
    case noGain = "no-gain"
    /// The folds gain enough.
    case gain
    /// The switch was disabled.
    case forced
  }

  /// Whether they were used.
  public let isOn: Bool
  /// Why.
  public let reason: Reason
  /// The same in words.
  public let explanation: String
  /// The gain of each fold, in balanced accuracy or mean foreground Dice.
  public var gains: [Double] = []
  /// The threshold of each class; nil: the class is never believed.
  public var thresholds: [Double?] = []
  /// The share of unlabelled images (or of their pixels) that got a label at the end.
  public var kept: Double?

  init(_ reason: Reason, _ explanation: String) {
    isOn = reason == .gain || reason == .forced
    self.reason = reason
    self.explanation = explanation
  }

  /// Before any training: whether there is enough to decide on.
  ///
  /// - Parameters:
  ///   - counts: labels of each class (classification), or one number: the labelled images that
  ///     show foreground (segmentation).
  ///   - labelled: labelled images.
  ///   - unlabelled: unlabelled images.
  ///   - segmentation: what `counts` means.
  ///   - rule: the limits.
  /// - Returns: nil where there is.
  public static func beforehand(
    counts: [Int], labelled: Int, unlabelled: Int, segmentation: Bool,
    _ rule: SemiSupConfiguration.OffSwitch
  ) -> Verdict? {
    let least = counts.min() ?? 0
    if segmentation, least < rule.withForeground {
      return Verdict(
        .fewWithForeground,
        "only \(least) labelled images show foreground; \(rule.withForeground) are wanted")
    }
    if !segmentation, least < rule.perClass {
      return Verdict(
        .fewPerClass, "a class has only \(least) labels; \(rule.perClass) are wanted of each")
    }
    if Double(unlabelled) < rule.unlabelledPerLabel * Double(labelled) {
      return Verdict(
        .fewUnlabelled,
        "\(unlabelled) unlabelled images are too few beside \(labelled) labelled ones")
    }
    return nil
  }

  /// By the folds: on where the mean gain is at least `gain` and at least its standard error.
  public static func byFolds(
    _ gains: [Double], _ rule: SemiSupConfiguration.OffSwitch
  ) -> Verdict {
    let average = mean(gains) ?? 0
    let error = (standardDeviation(gains) ?? 0) / Double(max(gains.count, 1)).squareRoot()
    let needed = max(rule.gain, error)
    let helps = average >= needed
    let text = String(
      format: "the folds gain %.4f on average; %.4f is wanted", average, needed)
    var verdict = Verdict(helps ? .gain : .noGain, text)
    verdict.gains = gains
    return verdict
  }
}
