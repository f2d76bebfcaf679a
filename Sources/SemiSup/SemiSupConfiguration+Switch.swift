public import Base

extension SemiSupConfiguration {
  /// When the unlabelled images are left alone.
  public struct OffSwitch: Codable, Sendable, Equatable, Validatable, Documented {
    /// Whether there is a switch; without one the unlabelled images are always used.
    public var enabled = true
    /// Folds of the comparison.
    public var folds = 3
    /// Steps of a fold's trainings, as a share of those of the whole.
    public var share = 0.4
    /// The least mean gain over the folds, in balanced accuracy or Dice.
    public var gain = 0.005
    /// The most that a class may lose on average over the folds, in recall or Dice.
    public var classLoss = 0.05
    /// The least share of right ones among held-out pseudo-labels.
    public var precision = 0.8
    /// The least share of held-out predictions that become pseudo-labels.
    public var coverage = 0.2
    /// What there must be before the folds are compared.
    public var needs = Needs()

    /// The defaults.
    public init() {}

    /// What is out of range.
    public func faults() -> [String] {
      var faults: [String] = []
      if folds < 2 { faults.append("folds must be at least 2") }
      if !(share > 0 && share <= 1) { faults.append("share must be above 0 and at most 1") }
      if classLoss < 0 { faults.append("classLoss must not be negative") }
      if !(0...1).contains(precision) { faults.append("precision must lie in 0 ... 1") }
      if !(0...1).contains(coverage) { faults.append("coverage must lie in 0 ... 1") }
      return faults
    }

    /// What each setting means.
    public static let documentation = [
      "enabled": "Whether there is a switch; without one the unlabelled images are always used.",
      "folds": "Folds of the comparison, which never split a group.",
      "share": "Steps of a fold's trainings, as a share of those of the whole.",
      "gain": "On where the folds gain this on average, and at least the standard error.",
      "classLoss": "Off where a class loses more than this on average.",
      "precision": "Off where fewer of the held-out pseudo-labels are right.",
      "coverage": "Off where fewer of the held-out predictions become pseudo-labels.",
      "needs": "Off before any comparison where this is missing.",
    ]
  }

  /// What there must be before the folds are compared.
  public struct Needs: Codable, Sendable, Equatable, Validatable, Documented {
    /// What follows where labelled and unlabelled images can be told apart.
    public enum Shift: String, Codable, Sendable, CaseIterable {
      /// The verdict says so.
      case warn
      /// The unlabelled images are left alone.
      case off
    }

    /// Labels of every class (classification).
    public var perClass = 5
    /// Labelled images that show any foreground (segmentation).
    public var withForeground = 10
    /// Unlabelled images for each labelled one.
    public var unlabelledPerLabel = 2.0
    /// Out-of-fold balanced accuracy of the labels alone, above 1 / C (classification).
    public var aboveChance = 0.15
    /// Out-of-fold mean foreground Dice of the labels alone (segmentation).
    public var dice = 0.4
    /// The area under the ROC curve of labelled against unlabelled images, above which they count
    /// as different (``ShiftTest``).
    public var alike = 0.85
    /// What follows then.
    ///
    /// Labels that a query chose differ from the rest on purpose: a rule that covers the pool, or
    /// seeks what is hard, can be told from the rest without any change of domain. So the switch
    /// only warns unless the labels are known to be a random sample; what another domain spoils is
    /// judged by the folds' gains and by the guardrail.
    public var shift = Shift.warn

    /// The defaults.
    public init() {}

    /// What is out of range.
    public func faults() -> [String] {
      var faults: [String] = []
      if unlabelledPerLabel < 0 { faults.append("unlabelledPerLabel must not be negative") }
      if !(0...1).contains(aboveChance) { faults.append("aboveChance must lie in 0 ... 1") }
      if !(0...1).contains(dice) { faults.append("dice must lie in 0 ... 1") }
      if !(0...1).contains(alike) { faults.append("alike must lie in 0 ... 1") }
      return faults
    }

    /// What each setting means.
    public static let documentation = [
      "perClass": "Labels of every class (classification).",
      "withForeground": "Labelled images that show any foreground (segmentation).",
      "unlabelledPerLabel": "Unlabelled images for each labelled one.",
      "aboveChance": "Out-of-fold balanced accuracy of the labels alone, above chance.",
      "dice": "Out-of-fold mean foreground Dice of the labels alone.",
      "alike": "AUC of telling labelled from unlabelled images, above which they count as "
        + "different.",
      "shift": "What follows then: warn, or off. Labels that a query chose differ on purpose, so "
        + "off is for labels that are a random sample.",
    ]
  }

  /// When a training that is under way goes on without its pseudo-labels.
  public struct Guardrail: Codable, Sendable, Equatable, Validatable, Documented {
    /// How often the training is looked at.
    public var evaluations = 10
    /// The score falls short where it lies this far below that of the start.
    public var shortfall = 0.03
    /// So many evaluations must fall short.
    public var shortfalls = 3
    /// The least share of foreground among pseudo-labels, over that among labels.
    public var leastForeground = 0.5
    /// The largest.
    public var mostForeground = 2.0
    /// The largest divergence KL(pseudo-labels ‖ labels) of the classes' shares, in nats.
    public var divergence = 0.5
    /// Shares are judged from so many pseudo-labelled images on.
    public var images = 64

    /// The defaults.
    public init() {}

    /// What is out of range.
    public func faults() -> [String] {
      var faults: [String] = []
      if evaluations < 1 { faults.append("evaluations must be at least 1") }
      if shortfall < 0 { faults.append("shortfall must not be negative") }
      if shortfalls < 1 { faults.append("shortfalls must be at least 1") }
      if !(0 <= leastForeground && leastForeground <= mostForeground) {
        faults.append("leastForeground must lie between 0 and mostForeground")
      }
      if divergence <= 0 { faults.append("divergence must be above 0") }
      return faults
    }

    /// What each setting means.
    public static let documentation = [
      "evaluations": "How often a training is looked at.",
      "shortfall": "A score falls short where it lies this far below that of the start.",
      "shortfalls": "So many evaluations must fall short.",
      "leastForeground":
        "The least share of foreground among pseudo-labels over that among labels.",
      "mostForeground": "The largest.",
      "divergence": "The largest KL of the classes' shares among pseudo-labels from those among "
        + "labels.",
      "images": "Shares are judged from so many pseudo-labelled images on.",
    ]

    /// Why the pseudo-labels are given up, if they are.
    ///
    /// - Parameters:
    ///   - shortfalls: evaluations so far whose score fell short.
    ///   - foregroundRatio: foreground among pseudo-labels over that among labels.
    ///   - divergence: KL of the classes' shares.
    ///   - images: pseudo-labelled images that the shares come from.
    /// - Returns: nil where nothing is wrong.
    public func alarm(
      shortfalls: Int, foregroundRatio: Double?, divergence: Double?, images: Int
    ) -> Alarm.Reason? {
      if shortfalls >= self.shortfalls { return .belowStart }
      guard images >= self.images else { return nil }
      if let foregroundRatio, !(leastForeground...mostForeground).contains(foregroundRatio) {
        return .foreground
      }
      if let divergence, divergence > self.divergence { return .prior }
      return nil
    }
  }
}

/// That a training went on without its pseudo-labels.
public struct Alarm: Codable, Sendable, Equatable {
  /// Why.
  public enum Reason: String, Codable, Sendable, CaseIterable {
    /// The score lay too far below that of the start, too often.
    case belowStart = "below-start"
    /// The pseudo-labels show too little or too much foreground.
    case foreground
    /// The pseudo-labels' classes occur in other shares than the labels'.
    case prior
  }

  /// Why.
  public let reason: Reason
  /// The steps (or rounds of self-training) done by then.
  public let step: Int

  /// - Parameters: as the properties.
  public init(reason: Reason, step: Int) {
    self.reason = reason
    self.step = step
  }
}
