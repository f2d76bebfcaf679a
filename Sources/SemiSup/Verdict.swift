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
    /// The method is for later rounds of active learning.
    case earlyRound = "early-round"
    /// The labels alone do not make a network whose predictions are worth learning from.
    case weakModel = "weak-model"
    /// The unlabelled images differ from the labelled ones.
    case shift
    /// No class is predicted precisely enough at any confidence.
    case nothingConfident = "nothing-confident"
    /// Held-out pseudo-labels are wrong too often.
    case imprecise
    /// Too few held-out predictions become pseudo-labels.
    case lowCoverage = "low-coverage"
    /// The folds gain too little.
    case noGain = "no-gain"
    /// A class loses too much.
    case classLoss = "class-loss"
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
  /// The out-of-fold score of the labels alone: balanced accuracy or mean foreground Dice.
  public var score: Double?
  /// The area under the ROC curve of telling labelled from unlabelled images; 0.5: they are alike.
  public var shift: Double?
  /// Whether that is more than the settings bear.
  public var isShifted: Bool?
  /// The gain of each fold, in balanced accuracy or mean foreground Dice.
  public var gains: [Double] = []
  /// The mean gain of each class, in recall or Dice; nil where no fold has one.
  public var classGains: [Double?] = []
  /// What divides the logits before they are compared with the thresholds.
  public var temperature: Double?
  /// The threshold of each class; nil: the class is never believed.
  public var thresholds: [Double?] = []
  /// The share of right ones among held-out pseudo-labels.
  public var precision: Double?
  /// The same of each class; nil where it has no pseudo-label.
  public var classPrecision: [Double?] = []
  /// The share of held-out predictions that become pseudo-labels.
  public var coverage: Double?
  /// The share of unlabelled images (or of their pixels) that got a label at the end.
  public var kept: Double?
  /// Why the training went on without pseudo-labels, if it did.
  public var alarm: Alarm?

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
  ///   - needs: the limits.
  /// - Returns: nil where there is.
  public static func beforehand(
    counts: [Int], labelled: Int, unlabelled: Int, segmentation: Bool,
    _ needs: SemiSupConfiguration.Needs
  ) -> Verdict? {
    let least = counts.min() ?? 0
    if segmentation, least < needs.withForeground {
      return Verdict(
        .fewWithForeground,
        "only \(least) labelled images show foreground; \(needs.withForeground) are wanted")
    }
    if !segmentation, least < needs.perClass {
      return Verdict(
        .fewPerClass, "a class has only \(least) labels; \(needs.perClass) are wanted of each")
    }
    if Double(unlabelled) < needs.unlabelledPerLabel * Double(labelled) {
      return Verdict(
        .fewUnlabelled,
        "\(unlabelled) unlabelled images are too few beside \(labelled) labelled ones")
    }
    return nil
  }

  /// By the labels alone: whether their predictions are worth learning from, and of these images.
  ///
  /// Below these scores pseudo-labels confirm mistakes; more labels or pretraining help first.
  ///
  /// - Parameters:
  ///   - score: out-of-fold balanced accuracy or mean foreground Dice.
  ///   - shift: the two-sample test; nil where it could not be made.
  ///   - classes: C.
  ///   - segmentation: what `score` is.
  ///   - needs: the limits.
  /// - Returns: nil where they are.
  public static func byLabels(
    score: Double, shift: Double?, classes: Int, segmentation: Bool,
    _ needs: SemiSupConfiguration.Needs
  ) -> Verdict? {
    let wanted = segmentation ? needs.dice : 1 / Double(classes) + needs.aboveChance
    if score < wanted {
      return Verdict(
        .weakModel,
        String(
          format: "the labels alone reach only %.3f on held-out images; %.3f is wanted", score,
          wanted))
    }
    if needs.shift == .off, let shift, shift > needs.alike {
      return Verdict(
        .shift,
        String(
          format: "unlabelled images can be told from labelled ones (AUC %.3f, at most %.3f)",
          shift, needs.alike))
    }
    return nil
  }

  /// By the folds: on where held-out pseudo-labels are precise and frequent enough, the mean gain is
  /// above `gain` and above its standard error, and no class loses more than `classLoss` on average.
  ///
  /// Ties are off: where one fold alone gains, the mean is exactly its standard error.
  ///
  /// - Parameters:
  ///   - gains: what the unlabelled images add on each fold.
  ///   - precision: held-out pseudo-labels.
  ///   - rule: the limits.
  /// - Returns: the verdict with the gains.
  package static func byFolds(
    _ gains: [FoldScore], _ precision: PseudoLabelPrecision, _ rule: SemiSupConfiguration.OffSwitch
  ) -> Verdict {
    let values = gains.map(\.value)
    let average = mean(values) ?? 0
    let error = standardError(values) ?? 0
    let classGains = (0..<(gains.first?.classes.count ?? 0)).map { label in
      mean(gains.compactMap { $0.classes[label] })
    }
    let needed = max(rule.gain, error)
    let loss = -(classGains.compactMap { $0 }.min() ?? 0)
    let (right, coverage) = (precision.precision ?? 0, precision.coverage)
    let objections: [(Bool, Reason, String, Double, Double)] = [
      (
        right < rule.precision, .imprecise,
        "of held-out pseudo-labels %.3f are right; %.3f is wanted", right, rule.precision
      ),
      (
        coverage < rule.coverage, .lowCoverage,
        "of held-out predictions %.3f become pseudo-labels; %.3f is wanted", coverage, rule.coverage
      ),
      (
        average <= needed * (1 + 1e-9), .noGain,
        "the folds gain %.4f on average; more than %.4f is wanted", average, needed
      ),
      (
        loss > rule.classLoss, .classLoss, "a class loses %.4f on average; at most %.4f may", loss,
        rule.classLoss
      ),
    ]
    let (_, reason, format, value, limit) =
      objections.first { $0.0 }
      ?? (
        false, .gain, "the folds gain %.4f on average; more than %.4f was wanted", average, needed
      )
    var verdict = Verdict(reason, String(format: format, value, limit))
    verdict.gains = values
    verdict.classGains = classGains
    return verdict
  }
}
