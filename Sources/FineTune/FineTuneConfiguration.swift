public import Base
public import Training

/// Settings of fine-tuning on few labels.
public struct FineTuneConfiguration: Codable, Sendable, Equatable, Validatable, Documented {
  /// What of the network learns.
  public enum Trunk: String, Codable, Sendable, CaseIterable {
    /// Classification on a CPU: frozen. Everything else: full.
    case auto
    /// Classification: a logistic head on cached embeddings. Segmentation: everything but the
    /// encoder.
    case frozen
    /// The whole network, the trunk at its own, lower rate.
    case full
  }

  /// Optimiser steps by the number of labels n: clamp(⌈perLabel · n / batch⌉, minimum, maximum).
  public struct Steps: Codable, Sendable, Equatable, Documented {
    /// Passes over the labels, were there no limits.
    public var perLabel = 40.0
    /// Never fewer steps.
    public var minimum = 300
    /// Never more steps.
    public var maximum = 3000
    /// Share of the steps that a round takes which continues from the one before, up to 1.
    public var continued = 0.5

    /// What each setting means.
    public static let documentation = [
      "perLabel": "Passes over the labels, were there no limits.",
      "minimum": "Never fewer steps.",
      "maximum": "Never more steps.",
      "continued": "Share of the steps that a round takes which continues from the one before.",
    ]

    /// The steps of one training, `n` labels in batches of `batch`.
    public func count(labels n: Int, batch: Int, continues: Bool) -> Int {
      let wanted = Int((perLabel * Double(n) / Double(batch)).rounded(.up))
      let steps = min(max(wanted, minimum), maximum)
      return continues ? max(Int((Double(steps) * continued).rounded()), 1) : steps
    }
  }

  /// Where training starts and which labels it sees.
  public var strategy = FineTuneStrategy.acftLQ
  /// What of the network learns.
  public var trunk = Trunk.auto
  /// How long.
  public var steps = Steps()
  /// Images a step.
  public var batch = 16
  /// AdamW's rate η of the head (and of a trunk that starts from nothing).
  public var headRate = 1e-3
  /// η of a pretrained trunk.
  public var trunkRate = 1e-4
  /// Factor on both rates in a round that continues from the one before.
  public var continuedRate = 0.3
  /// AdamW's weight decay.
  public var weightDecay = 0.01
  /// Exponent of class-balanced sampling: class c is drawn ∝ n_c^balance (1: as it comes, 0: equally).
  public var balance = 0.5
  /// λ of the logistic head's penalty (λ/2)‖W‖².
  public var lambda = 1e-3
  /// Running statistics of pretrained normalisation layers stay as they are below this many labels.
  public var frozenStatisticsBelow = 200
  /// Folds of the out-of-fold score.
  public var folds = 5
  /// What training images go through.
  public var augmentation = AugmentationPolicy()

  /// The defaults.
  public init() {}

  var headSettings: LogisticHead.Settings { .init(lambda: lambda, balanced: true) }

  /// What each setting means.
  public static let documentation = [
    "strategy": "Where a round's training starts and which labels it sees: rft and aft start from "
      + "the pretrained network, acft-lq and acft-hq from the round before; acft-hq sees only the "
      + "new labels and those that the model got wrong.",
    "trunk": "What of the network learns: frozen (classification: a logistic head on cached "
      + "embeddings), full, or auto (frozen for a pretrained classifier on a CPU).",
    "steps": "Optimiser steps: perLabel · labels / batch, within the limits.",
    "batch": "Images a step.",
    "headRate": "AdamW's rate of the head, and of a trunk that starts from nothing.",
    "trunkRate": "AdamW's rate of a pretrained trunk.",
    "continuedRate": "Factor on both rates in a round that continues from the one before.",
    "weightDecay": "AdamW's weight decay.",
    "balance": "A class with n labels is drawn in proportion to n^balance: 1 as it comes, 0 "
      + "equally.",
    "lambda": "Penalty of the logistic head.",
    "frozenStatisticsBelow": "Running statistics of pretrained normalisation layers stay as they "
      + "are below this many labels.",
    "folds": "Folds of the out-of-fold score inside the labels.",
    "augmentation": "What images go through; choose the modality of the images.",
  ]

  /// What is out of range.
  public func faults() -> [String] {
    var faults: [String] = []
    if steps.minimum < 1 || steps.maximum < steps.minimum {
      faults.append("steps: minimum must be at least 1 and at most maximum")
    }
    if !(0...1).contains(steps.continued) || steps.continued == 0 {
      faults.append("steps.continued must be above 0 and at most 1")
    }
    if batch < 1 { faults.append("batch must be at least 1") }
    if headRate <= 0 || trunkRate < 0 || continuedRate <= 0 {
      faults.append("headRate and continuedRate must be above 0, trunkRate at least 0")
    }
    if lambda <= 0 { faults.append("lambda must be above 0") }
    if !(0...1).contains(balance) { faults.append("balance must lie in 0 ... 1") }
    if folds < 2 { faults.append("folds must be at least 2") }
    return faults
  }
}
