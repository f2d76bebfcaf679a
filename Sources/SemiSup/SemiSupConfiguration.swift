public import Base
public import NN
public import Training

/// Settings of learning from unlabelled images.
public struct SemiSupConfiguration: Codable, Sendable, Equatable, Validatable, Documented {
  /// What of a classifier learns.
  public enum Trunk: String, Codable, Sendable, CaseIterable {
    /// Frozen where no label has ever touched the trunk; else full.
    case auto
    /// A logistic head on the trunk's embeddings.
    case frozen
    /// The whole network.
    case full
  }

  /// The update rule of the student.
  public enum Rule: String, Codable, Sendable, CaseIterable {
    /// Adam with decoupled weight decay: for networks that are pretrained.
    case adamw
    /// Nesterov's momentum of 0.9: for networks from nothing.
    case sgd
  }

  /// Who says what unlabelled images show.
  public enum TeacherKind: String, Codable, Sendable, CaseIterable {
    /// The network that training starts from, unchanged.
    case start
    /// The moving average of the network being trained, which is also the result.
    case average
  }

  /// How sure a prediction must be, class by class.
  public struct Thresholds: Codable, Sendable, Equatable, Documented {
    /// The share of held-out predictions above the threshold that must be right.
    public var precision = 0.9
    /// No threshold is lower.
    public var lowest = 0.6
    /// No threshold is higher.
    public var highest = 0.99

    /// The defaults.
    public init() {}

    /// What each setting means.
    public static let documentation = [
      "precision": "The share of held-out predictions above the threshold that must be right.",
      "lowest": "No threshold is lower.",
      "highest": "No threshold is higher.",
    ]
  }

  /// When a run uses the unlabelled images.
  public enum Moment: String, Codable, Sendable, CaseIterable {
    /// Once, after the rounds of active learning: the rounds ignore it.
    case final
    /// At the end of every round's training, so that the next query asks the improved network.
    case eachRound = "each-round"
  }

  /// How unlabelled images are learnt from.
  public var method = Method.confident
  /// What of a classifier learns.
  public var trunk = Trunk.auto
  /// When, in a run with rounds.
  public var when = Moment.final
  /// Who labels.
  public var teacher = TeacherKind.start
  /// How sure the teacher must be.
  public var thresholds = Thresholds()
  /// When the unlabelled images are left alone.
  public var offSwitch = OffSwitch()
  /// When a training that is under way goes on without them.
  public var guardrail = Guardrail()
  /// Rounds of self-training on embeddings.
  public var rounds = 3
  /// The share of a class, the surest first, that gets a pseudo-label at most: of the images that
  /// are predicted as it, and of those that should be by its share among the labels.
  public var quota = 0.5
  /// λ of the logistic heads.
  public var lambda = 1e-3
  /// Optimiser steps of the student.
  public var steps = 600
  /// Optimiser steps of a supervised network that starts anew, as folds need it.
  public var supervisedSteps = 600
  /// Labelled images a step.
  public var batch = 8
  /// Unlabelled images a step.
  public var unlabelledBatch = 8
  /// The student's update rule.
  public var optimizer = Rule.adamw
  /// The course of its rate.
  public var schedule = Schedule.cosine(warmUp: 0.05, floor: 0)
  /// Rate of the student.
  public var rate = 3e-4
  /// Rate of the trunk, in the student and wherever it is pretrained.
  public var trunkRate = 1e-4
  /// AdamW's rate of what starts from nothing.
  public var freshRate = 1e-3
  /// Weight decay.
  public var weightDecay = 0.01
  /// The final weight of the unlabelled images' loss.
  public var weight = 1.0
  /// The share of the steps over which that weight rises.
  public var ramp = 0.3
  /// What images go through.
  public var augmentation = AugmentationPolicy()

  /// The defaults.
  public init() {}

  var headSettings: LogisticHead.Settings { .init(lambda: lambda, balanced: true) }

  /// What is out of range.
  public func faults() -> [String] {
    var faults: [String] = []
    func require(_ holds: Bool, _ fault: String) { if !holds { faults.append(fault) } }
    require((0...1).contains(thresholds.precision), "thresholds.precision must lie in 0 ... 1")
    require(
      0 <= thresholds.lowest && thresholds.lowest <= thresholds.highest && thresholds.highest <= 1,
      "thresholds: 0 ≤ lowest ≤ highest ≤ 1")
    require(rounds >= 1, "rounds must be at least 1")
    require(quota > 0 && quota <= 1, "quota must be above 0 and at most 1")
    require(lambda > 0, "lambda must be above 0")
    require(steps >= 1 && supervisedSteps >= 1, "steps and supervisedSteps must be at least 1")
    require(batch >= 1 && unlabelledBatch >= 1, "batch and unlabelledBatch must be at least 1")
    require(
      rate > 0 && freshRate > 0 && trunkRate >= 0,
      "rate and freshRate must be above 0, trunkRate not negative")
    if trunk == .frozen, method.settings.headRule(self, nil) == nil {
      faults.append(
        "trunk: a head on a frozen trunk sees no views of images, which the method learns from; "
          + "set trunk to full, or use confident, pseudo-label or ceal")
    }
    require(weight >= 0, "weight must not be negative")
    require((0...1).contains(ramp), "ramp must lie in 0 ... 1")
    return faults
  }

  /// What each setting means.
  public static let documentation = [
    "method": "How unlabelled images are learnt from. Methods that are not confident have their "
      + "weight, ramp and rounds among their own settings.",
    "trunk": "What of a classifier learns: frozen (a head on embeddings), full, or auto (frozen "
      + "where no label has touched the trunk).",
    "when":
      "In a run with rounds: final (once, after the rounds) or each-round (at the end of every "
      + "round's training).",
    "teacher": "Who says what unlabelled images show: start (the given model) or average (the "
      + "moving average of the student), in confident.",
    "thresholds": "How sure a prediction must be: the least confidence at which held-out "
      + "predictions of the class reach this precision, cut to lowest ... highest.",
    "offSwitch": "The unlabelled images are used only where folds inside the labels say that it "
      + "helps.",
    "guardrail": "A training whose pseudo-labels go astray goes on without them.",
    "rounds": "Rounds of self-training on embeddings (confident).",
    "quota":
      "The share of a class that gets a pseudo-label at most: of the images predicted as it, "
      + "and of those that should be by its share among the labels (confident).",
    "lambda": "Penalty of the logistic heads.",
    "steps": "Optimiser steps of the student.",
    "supervisedSteps": "Optimiser steps of a fold's supervised network, times offSwitch.share.",
    "batch": "Labelled images a step.",
    "unlabelledBatch": "Unlabelled images a step.",
    "optimizer": "The student's update rule: adamw, or sgd (Nesterov's momentum of 0.9).",
    "schedule": "The course of its rate.",
    "rate": "Rate of the student.",
    "trunkRate": "Rate of the student's trunk; AdamW's of a pretrained trunk in folds.",
    "freshRate": "AdamW's rate of what starts from nothing.",
    "weightDecay": "Weight decay.",
    "weight": "Final weight of the unlabelled images' loss (confident).",
    "ramp": "Share of the steps over which that weight rises (confident).",
    "augmentation": "What images go through; choose the modality of the images.",
  ]
}
