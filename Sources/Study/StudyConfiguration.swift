public import ActiveLearning
public import Base

import Models
public import Query

/// Settings of a study: arms × seeds on fully labelled pools, against random selection.
public struct StudyConfiguration: Codable, Sendable, Equatable, Validatable, Documented {
  /// A labelled pool.
  public struct Dataset: Defaulted, Sendable, Equatable {
    /// What it is called in the results.
    public var name: String
    /// The pool's folder.
    public var pool: String
    /// Weights that every arm starts from: a file or a run; empty for none.
    public var weights: String

    /// Neither name nor pool yet.
    public init() { self.init(name: "", pool: "") }

    /// - Parameters: as the properties.
    public init(name: String, pool: String, weights: String = "") {
      self.name = name
      self.pool = pool
      self.weights = weights
    }
  }

  /// One way to choose labels; all else is equal.
  public struct Arm: Codable, Sendable, Equatable, Documented {
    /// What it is called in the results; `random` is what the others are compared with.
    public var name: String
    /// How labels are chosen.
    public var query: QueryConfiguration

    /// - Parameters: as the properties.
    public init(name: String, query: QueryConfiguration) {
      self.name = name
      self.query = query
    }

    /// What each key means.
    public static let documentation = [
      "name": "What it is called in the results.", "query": "How labels are chosen.",
    ]
  }

  /// The pools.
  public var datasets: [Dataset] = []
  /// The arms; one must be called `random`.
  public var arms = [
    Arm(name: "random", query: .random), Arm(name: "auto", query: .auto(.init())),
    Arm(name: "hybrid", query: .hybrid(.init())),
  ]
  /// Seeds of every arm; paired.
  public var seeds = 5
  /// Further seeds of the random arm, which every other arm is divided by.
  public var moreRandomSeeds = 0
  /// Share of the groups that a seed may ask for; all arms of a seed share them.
  public var share = 0.9
  /// Training of the full-label reference, in multiples of an arm's.
  public var fullSteps = 2.0
  /// Settings of every classification arm; its `query` does not count.
  public var classification = ActiveLearningConfiguration()
  /// Settings of every segmentation arm; its `query` does not count.
  public var segmentation = Self.segmentationDefaults

  /// The defaults, without a pool.
  public init() {}

  /// What each setting means.
  public static let documentation = [
    "datasets": "Labelled pools: [{name: …, pool: FOLDER, weights: FILE or RUN to start from}].",
    "arms": "Ways to choose labels; all else is equal. One must be called random.",
    "seeds": "Seeds of every arm, paired; no interval is given under 3.",
    "moreRandomSeeds": "Further seeds of the random arm, which every other arm is divided by.",
    "share": "Share of the groups that a seed may ask for; all arms of a seed share them.",
    "fullSteps": "Training of the reference with all labels, in multiples of an arm's.",
    "classification": "Settings of every arm on classification pools; its query does not count.",
    "segmentation": "Settings of every arm on segmentation pools; its query does not count.",
  ]

  /// What is out of range.
  public func faults() -> [String] {
    var faults: [String] = []
    if seeds < 1 || moreRandomSeeds < 0 {
      faults.append("seeds must be at least 1, moreRandomSeeds at least 0")
    }
    if !(share > 0 && share <= 1) { faults.append("share must be above 0 and at most 1") }
    if fullSteps < 1 { faults.append("fullSteps must be at least 1") }
    if !arms.contains(where: { $0.name == "random" }) {
      faults.append("arms must hold one called random: it is what savings are measured against")
    }
    if Set(arms.map(\.name)).count != arms.count || arms.contains(where: { $0.name == "full" }) {
      faults.append("arms must have different names, none of them full")
    }
    if datasets.contains(where: { $0.name.isEmpty || $0.pool.isEmpty }) {
      faults.append("datasets must each have a name and a pool")
    }
    if Set(datasets.map(\.name)).count != datasets.count {
      faults.append("datasets must have different names")
    }
    return faults
  }

  private static var segmentationDefaults: ActiveLearningConfiguration {
    var settings = ActiveLearningConfiguration()
    settings.model.architecture = .unetResNet18
    return settings
  }
}
