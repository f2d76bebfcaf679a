public import Base
public import Training

/// Settings of fine-tuning on few labels.
public struct FineTuneConfiguration: Codable, Sendable, Equatable, Documented {
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
  /// γ, a pretrained trunk's rate from one layer to the one before it (``LayerDecay``).
  public var layerDecay = 1.0
  /// Factor on both rates in a round that continues from the one before.
  public var continuedRate = 0.3
  /// AdamW's weight decay.
  public var weightDecay = 0.01
  /// α of the pull to the pretrained trunk, in place of its weight decay (``StartPull``).
  public var startPull = 0.0
  /// Whether the head is fitted before the trunk learns (``FrozenHead``).
  public var headFirst = false
  /// Exponent of class-balanced sampling: class c is drawn ∝ n_c^balance (1: as it comes, 0: equally).
  public var balance = 0.5
  /// τ, how much of the sampled classes' prior is taken out of a network's logits.
  public var logitAdjustment = 1.0
  /// What an image weighs by its class.
  public var classWeights = ClassWeights.automatic
  /// Whether images are mixed.
  public var mixing = Mixing.none
  /// The largest momentum of an average of the weights, which then is what is kept; 0: none.
  public var averaging = 0.0
  /// λ of the logistic head's penalty (λ/2)‖W‖².
  public var lambda = 1e-3
  /// Running statistics of pretrained normalisation layers stay as they are below this many labels.
  public var frozenStatisticsBelow = 200
  /// Whether scale and shift of those layers then stay too.
  public var frozenAffine = false
  /// Images that running statistics are measured on anew after training; 0: they are not.
  public var preciseStatistics = 0
  /// Folds of the out-of-fold score.
  public var folds = 5
  /// Whether out-of-fold logits give the network a temperature.
  public var calibrated = false
  /// What training images go through.
  public var augmentation = AugmentationPolicy()
  /// Whether probabilities are averaged over the mirrored views that `augmentation` allows.
  public var testTimeFlips = false

  /// The defaults.
  public init() {}
}
