/// What a run does next.
public enum RoundAction: Sendable, Equatable {
  /// Choose the round's items.
  case query(round: Int)
  /// Ask the annotator for labels of the chosen items, and take those that are there.
  case label(round: Int)
  /// Train on everything labelled.
  case train(round: Int)
  /// Measure on the test split, where there is truth.
  case evaluate(round: Int)
  /// Nothing is left to do.
  case finish(reason: Ending)

  /// Why rounds end.
  public enum Ending: String, Sendable, Codable {
    /// The label budget is spent.
    case budget
    /// Everything is labelled.
    case exhausted
    /// The out-of-fold score has reached the target.
    case target
  }
}

/// What of a round is on disk.
public struct RoundRecord: Sendable, Equatable {
  /// The chosen items, in their order; nil: not chosen yet.
  public var picks: [Int]?
  /// Whether each chosen item has its label in the run's ledger.
  public var isLabelled = false
  /// Whether the round's network is there.
  public var isTrained = false
  /// Whether its scores are there.
  public var isEvaluated = false
  /// The out-of-fold score, once trained.
  public var trust: Double?

  /// A round of which nothing is there.
  public init() {}
}

/// The rounds of a run as they stand on disk: the next action is a function of this and the plan.
public struct RoundLedger: Sendable, Equatable {
  /// The rounds begun, in their order.
  public var rounds: [RoundRecord]
  /// N, the images (or tiles that lie apart) that may be asked for.
  public var poolSize: Int

  /// - Parameters: as the properties.
  public init(rounds: [RoundRecord], poolSize: Int) {
    self.rounds = rounds
    self.poolSize = poolSize
  }

  /// What comes next.
  ///
  /// Actions are idempotent: one that was interrupted is simply done again.
  public func nextAction(_ plan: RoundPlan) -> RoundAction {
    guard let last = rounds.last, last.picks != nil else {
      return .query(round: max(rounds.count - 1, 0))
    }
    let round = rounds.count - 1
    if !last.isLabelled { return .label(round: round) }
    if !last.isTrained { return .train(round: round) }
    if !last.isEvaluated { return .evaluate(round: round) }
    let labelled = rounds.reduce(0) { $0 + ($1.picks?.count ?? 0) }
    if plan.target > 0, let trust = last.trust, trust >= plan.target {
      return .finish(reason: .target)
    }
    // A round that falls short found nothing more to ask for, as where tiles leave gaps.
    let isShort = labelled < plan.total(round: round, size: poolSize) ?? 0
    if labelled >= poolSize || isShort { return .finish(reason: .exhausted) }
    guard plan.total(round: round + 1, size: poolSize) != nil else {
      return .finish(reason: .budget)
    }
    return .query(round: round + 1)
  }
}
