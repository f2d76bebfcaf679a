public import Base

/// One rule after another: each is in force until its phase ends.
///
/// A round asks the first rule whose phase has not ended; the last has no end. What a phase's end
/// counts is known before anything is computed, so that a round pays only for the rule that is in
/// force. `{phases: {plan: [{query: max-herding, until: {labels: 10}}, {query: uherding}]}}` was
/// measured best of the rules that only read frozen features.
///
/// - Reads: what the rule in force reads, and `probabilities [N, C]` where an end counts classes.
/// - Utility, cost, randomness: those of the rule in force.
public struct Phases: QueryStrategy {
  static let card = MethodCard(
    "one rule after another, by the labels there are", cost: "that of the rule in force",
    regime: "a start by coverage, then uncertainty", paper: "own")

  /// When a phase is over: as soon as one of the conditions given holds.
  public struct End: Sendable, Equatable, Defaulted, Documented {
    /// So many labels.
    public var labels: Int?
    /// So many labels of every class.
    public var each: Int?
    /// So many labels times the number of classes.
    public var perClass: Int?

    /// Never.
    public init() { self.init(labels: nil) }

    /// - Parameters: as the properties.
    public init(labels: Int? = nil, each: Int? = nil, perClass: Int? = nil) {
      (self.labels, self.each, self.perClass) = (labels, each, perClass)
    }

    /// What each key means.
    public static let documentation = [
      "labels": "So many labels; null for no such condition.",
      "each": "So many labels of every class.",
      "perClass": "So many labels times the number of classes.",
    ]

    /// Whether there is no condition.
    var isNever: Bool { self == End() }
    /// Whether a condition speaks of classes.
    var countsClasses: Bool { each != nil || perClass != nil }

    /// Whether a phase is over, given the number of labels of each class (of all classes, seen or
    /// not; none where the labels are masks) and in all.
    func isReached(byClass counts: [Int], total: Int) -> Bool {
      if let labels, total >= labels { return true }
      guard let rarest = counts.min() else { return false }
      return each.map { rarest >= $0 } ?? false
        || perClass.map { total >= $0 * counts.count } ?? false
    }
  }

  private let plan: [(rule: any QueryStrategy, until: End)]

  /// The rules in their order, each with the end of its phase; that of the last is not asked.
  public init(_ plan: [(rule: any QueryStrategy, until: End)]) {
    precondition(!plan.isEmpty, "phases need a rule")
    self.plan = plan
  }

  /// What any of the rules reads.
  public var needs: Set<PoolStatistic> {
    let counts: Set<PoolStatistic> = countsClasses ? [.probabilities] : []
    return plan.reduce(counts) { $0.union($1.rule.needs) }
  }

  /// What all of the rules are for.
  public var tasks: Set<QueryTask> {
    plan.reduce([.classification, .segmentation]) { $0.intersection($1.rule.tasks) }
  }

  /// The least of the rules' largest batches.
  public var largestBatch: Int? { plan.compactMap(\.rule.largestBatch).min() }

  /// What any of the rules reads.
  public var needsInSegmentation: Set<PoolStatistic> {
    plan.reduce([]) { $0.union($1.rule.needsInSegmentation) }
  }

  /// Asks the rule in force.
  public func query(_ pool: PoolStatistics, budget: Int, key: RandomKey) throws -> [Pick] {
    try plan[phase(of: pool)].rule.query(pool, budget: budget, key: key)
  }

  private var countsClasses: Bool { plan.dropLast().contains { $0.until.countsClasses } }

  private func phase(of pool: PoolStatistics) throws -> Int {
    guard !pool.labelled.isEmpty, countsClasses else {
      return Self.phase(plan.map(\.until), byClass: [], total: pool.labelled.count)
    }
    guard let matrix = pool.probabilities ?? pool.logits else {
      throw Diagnostic(
        "'phases' counts labels by class and needs probabilities to know the classes",
        fix: "compute probabilities.npy for every item, or end the phases by 'labels'")
    }
    return Self.phase(
      plan.map(\.until), byClass: pool.labelCounts(classes: matrix.columns),
      total: pool.labelled.count)
  }

  /// The first phase that has not ended.
  static func phase(_ ends: [End], byClass counts: [Int], total: Int) -> Int {
    if total == 0 { return 0 }
    return ends.firstIndex { !$0.isReached(byClass: counts, total: total) } ?? ends.count - 1
  }
}

extension QuerySettings {
  /// `phases`.
  public struct Phases: Sendable, Codable, Equatable, Validatable {
    /// A rule and the end of its phase.
    public struct Phase: Sendable, Equatable, Defaulted, Documented {
      /// The rule.
      public var query: QueryConfiguration
      /// When it has had its turn; nothing for the last.
      public var until: Query.Phases.End

      /// Coverage for good.
      public init() { self.init(.maxHerding(.init())) }

      /// A rule until its phase ends; for good where no end is given.
      public init(_ query: QueryConfiguration, until: Query.Phases.End = .init()) {
        (self.query, self.until) = (query, until)
      }

      /// What each key means.
      public static let documentation = [
        "query": "The rule.", "until": "When its phase ends; no condition for the last.",
      ]
    }

    /// The rules in their order.
    public var plan: [Phase]

    /// Coverage for ten labels, then uncertain coverage.
    public init() {
      plan = [
        Phase(.maxHerding(.init()), until: .init(labels: 10)), Phase(.uherding(.init())),
      ]
    }

    /// What is out of range.
    public func faults() -> [String] {
      var faults: [String] = []
      if plan.count < 2 { faults.append("plan must hold two phases or more") }
      if plan.dropLast().contains(where: \.until.isNever) {
        faults.append("plan must say of every phase but the last when it ends, by until")
      }
      if plan.last.map({ !$0.until.isNever }) ?? false {
        faults.append("plan must not end its last phase")
      }
      let ends = plan.flatMap { [$0.until.labels, $0.until.each, $0.until.perClass] }
      if ends.contains(where: { $0.map { $0 < 1 } ?? false }) {
        faults.append("plan must count at least 1 label in until")
      }
      return faults
    }

    func make() -> Query.Phases { Query.Phases(plan.map { ($0.query.make(), $0.until) }) }
  }
}

extension QuerySettings.Phases: Documented {
  /// What each key means.
  public static let documentation = [
    "plan": "Rules in their order, each until its phase ends: [{query: …, until: {labels: …}}, …]."
  ]
}

extension QueryConfiguration {
  /// The rule that is in force with so many labels of each class (of all, seen or not) and in all:
  /// itself but for `phases`.
  public func inForce(byClass counts: [Int], total: Int) -> QueryConfiguration {
    guard case .phases(let settings) = self else { return self }
    let phase = Phases.phase(settings.plan.map(\.until), byClass: counts, total: total)
    return settings.plan[phase].query.inForce(byClass: counts, total: total)
  }
}
