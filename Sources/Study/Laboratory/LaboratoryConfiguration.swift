public import Base
public import Evaluation
public import Query

/// Settings of the laboratory: queries compared on features that never change, with a linear head
/// that is fitted anew in each round.
///
/// The defaults are those with which the product's own default rule was measured.
public struct LaboratoryConfiguration: Codable, Sendable, Equatable, Validatable, Documented {
  /// A labelled classification pool.
  public struct Dataset: Defaulted, Sendable, Equatable {
    /// What it is called in the results.
    public var name: String
    /// The pool's folder.
    public var pool: String

    /// Neither name nor pool yet.
    public init() { self.init(name: "", pool: "") }

    /// - Parameters: as the properties.
    public init(name: String, pool: String) { (self.name, self.pool) = (name, pool) }
  }

  /// The head, and what is made of its features.
  public struct Head: Codable, Sendable, Equatable, Documented {
    /// Principal components that are kept.
    public var components = 256
    /// λ of the penalty (λ/2)‖W‖².
    public var lambda = 1e-3
    /// Whether every class that has labels weighs the same.
    public var balanced = true
    /// Share of the features dropped in a stochastic pass.
    public var dropout = 0.5
    /// Folds of the out-of-fold score that `auto` asks.
    public var folds = 5

    /// The settings that serve at every number of labels.
    public init() {}

    /// What each key means.
    public static let documentation = [
      "components": "Principal components of the standardised features that are kept.",
      "lambda": "λ of the head's penalty (λ/2)‖W‖².",
      "balanced": "Whether every class that has labels weighs the same in the head's loss.",
      "dropout": "Share of the features dropped in a stochastic pass, for rules that read passes.",
      "folds": "Folds of the out-of-fold score that auto asks.",
    ]
  }

  /// The pools.
  public var datasets: [Dataset] = []
  /// What turns an image into numbers.
  public var features = FeatureSource.network(.init())
  /// The arms; one must be called `random`.
  public var arms = [
    StudyConfiguration.Arm(name: "random", query: .random),
    StudyConfiguration.Arm(name: "margin", query: .margin(.init())),
    StudyConfiguration.Arm(name: "auto", query: .auto(.init())),
  ]
  /// What the first round asks for where an arm needs a model.
  public var firstQuery = QueryConfiguration.random
  /// Labels at the ends of the rounds, as far as the pool reaches.
  public var budgets = [10, 14, 20, 28, 40, 57, 80, 113, 160, 226, 320, 452, 640]
  /// Seeds of every arm; paired.
  public var seeds = 20
  /// Runs of random selection per seed, of whose labels to a target the logarithms are averaged.
  public var randomRuns = 4
  /// Share of the groups that a seed may ask for; all arms of a seed share them.
  public var share = 0.9
  /// The head.
  public var head = Head()
  /// What a batch may hold at most of things that tell the same.
  public var limits = QueryLimits(perGroup: nil, nearCopy: nil)
  /// How savings are read.
  public var savings = SavingsRule.laboratory

  /// The defaults, without a pool.
  public init() {}

  /// What each setting means.
  public static let documentation = [
    "datasets": "Labelled classification pools: [{name: …, pool: FOLDER}].",
    "features": "What turns an image into numbers, computed once.",
    "arms": "Ways to choose labels; all else is equal. One must be called random.",
    "firstQuery": "What the first round asks for where an arm needs a model.",
    "budgets": "Labels at the ends of the rounds, as far as the pool reaches.",
    "seeds": "Seeds of every arm, paired; no interval is given under 3.",
    "randomRuns": "Runs of random selection per seed; the logarithms of their labels to a target "
      + "are averaged.",
    "share": "Share of the groups that a seed may ask for; all arms of a seed share them.",
    "head": "The linear head and the features that it reads.",
    "limits": "What a batch may hold at most of things that tell the same.",
    "savings": "How savings are read: laboratory (the target is a share of the same seed's "
      + "full-label score, and what was not reached counts as the last budget) or censored (the "
      + "mean full-label score; bounds stay bounds).",
  ]

  /// What is out of range.
  public func faults() -> [String] {
    armFaults + datasetFaults + rangeFaults
  }

  private var rangeFaults: [String] {
    var faults: [String] = []
    func require(_ holds: Bool, _ fault: String) { if !holds { faults.append(fault) } }
    require(seeds >= 1 && randomRuns >= 1, "seeds and randomRuns must be at least 1")
    require(share > 0 && share <= 1, "share must be above 0 and at most 1")
    require(
      !budgets.isEmpty && budgets[0] >= 1 && !zip(budgets, budgets.dropFirst()).contains(where: >=),
      "budgets must ascend from 1 or more")
    require(head.components >= 1, "head.components must be at least 1")
    require(head.lambda > 0, "head.lambda must be above 0")
    require((0..<1).contains(head.dropout), "head.dropout must be from 0 to below 1")
    require(head.folds >= 2, "head.folds must be at least 2")
    return faults
  }

  private var datasetFaults: [String] {
    var faults: [String] = []
    if datasets.contains(where: { $0.name.isEmpty || $0.pool.isEmpty }) {
      faults.append("datasets must each have a name and a pool")
    }
    if Set(datasets.map(\.name)).count != datasets.count {
      faults.append("datasets must have different names")
    }
    return faults
  }

  private var armFaults: [String] {
    var faults: [String] = []
    let names = arms.map(\.name)
    if !names.contains(ResultRow.randomArm) {
      faults.append("arms must hold one called random: it is what savings are measured against")
    }
    if Set(names).count != names.count || names.contains(ResultRow.fullArm) {
      faults.append("arms must have different names, none of them full")
    }
    if names.contains(where: {
      $0.isEmpty || $0.hasPrefix(".") || $0.contains { "/#".contains($0) }
    }) {
      faults.append("arms must have names without '/' and '#' that do not begin with a point")
    }
    if firstQuery.startsWithModel { faults.append("firstQuery must do without a model") }
    for (name, query) in arms.map({ ($0.name, $0.query) }) + [("firstQuery", firstQuery)] {
      let absent = query.make().needs.subtracting(FrozenStatistics.offered).sorted()
      if !absent.isEmpty {
        faults.append(
          "arms must do with frozen features: '\(name)' reads "
            + absent.map(\.rawValue).joined(separator: ", ")
            + ", which the laboratory cannot give; compare it without --frozen")
      }
    }
    return faults
  }
}
