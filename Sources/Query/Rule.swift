import Base

/// What every rule of this module is: a choice on a `Draft`, to which the laws of `QueryStrategy`
/// are applied in one place.
protocol Rule: QueryStrategy {
  /// The name of the catalogue.
  var name: String { get }
  /// Whether the rule asks the current model, which a pool without labels does not have.
  var asksModel: Bool { get }
  /// Whether the rule heeds the limits on groups and near copies.
  var heedsLimits: Bool { get }
  /// What the rule reads of this very pool.
  func required(in pool: PoolStatistics) -> Set<PoolStatistic>
  /// Takes places until the draft is full.
  func choose(_ draft: Draft) throws
}

extension Rule {
  var asksModel: Bool {
    !needs.isDisjoint(with: [
      .probabilities, .logits, .previousProbabilities, .memberProbabilities, .passes, .views,
      .uncertainty, .currentEmbeddings, .losses, .predictedAreas,
    ])
  }

  var heedsLimits: Bool { true }

  func required(in pool: PoolStatistics) -> Set<PoolStatistic> { needs }

  /// Chooses up to `budget` items; see the laws of `QueryStrategy`.
  public func query(
    _ pool: PoolStatistics, budget: Int, key: RandomKey
  ) throws -> [Pick] {
    try pool.check(required(in: pool), for: name)
    let draft = try Draft(pool, budget: budget, key: key.folding("query"), limited: heedsLimits)
    if draft.isWholePool {
      draft.takeAll()
    } else if !draft.isFull {
      try checkBatch(draft.budget)
      try chooseLawfully(draft)
    }
    return draft.picks
  }

  private func checkBatch(_ budget: Int) throws {
    guard let largestBatch, budget > largestBatch else { return }
    throw Diagnostic(
      "'\(name)' weighs batches of at most \(largestBatch) items, not of \(budget)",
      fix: "ask for fewer at a time, or choose bald with power noise, which is about as good")
  }

  private func chooseLawfully(_ draft: Draft) throws {
    if asksModel {
      if draft.pool.labelled.isEmpty {
        throw Diagnostic(
          "'\(name)' asks the current model, and there is no label yet to train one on",
          fix: "choose the first batch by coverage: max-herding, typiclust or auto")
      }
      if draft.pool.knowsOneClassOnly {
        return try draft.coverInstead(because: "one class known")
      }
    }
    try choose(draft)
  }
}

extension PoolStatistics {
  /// Whether class probabilities say nothing because the labels hold a single class.
  var knowsOneClassOnly: Bool {
    if let matrix = probabilities ?? logits, matrix.columns == 1 { return true }
    return labelled.values.allSatisfy { $0 >= 0 } && Set(labelled.values).count == 1
  }

  /// Refuses a pool that lacks a statistic or holds one of another size.
  func check(_ needs: Set<PoolStatistic>, for rule: String) throws {
    let absent = needs.filter { !has($0) }.sorted().map(\.rawValue)
    if !absent.isEmpty {
      throw Diagnostic(
        "'\(rule)' needs \(absent.joined(separator: ", ")), which the pool's statistics lack",
        fix: "compute \(absent.map { $0 + ".npy" }.joined(separator: ", ")) for every item, "
          + "or choose a rule that does without")
    }
    for statistic in PoolStatistic.allCases {
      guard let matrix = self[statistic] else { continue }
      try checkShape(of: matrix, statistic)
    }
    for (name, numbers) in [("group", groups), ("stratum", strata)] {
      if let numbers, numbers.count != count {
        throw Diagnostic(
          "there are \(numbers.count) \(name == "group" ? "groups" : "strata") for \(count) items",
          fix: "give each item one \(name)")
      }
    }
  }

  private func checkShape(of matrix: Matrix, _ statistic: PoolStatistic) throws {
    let items: Int?
    switch statistic {
    case .memberProbabilities, .passes: items = matrix.shape.count == 3 ? matrix.shape[1] : nil
    case .views: items = matrix.shape.count == 3 ? matrix.shape[0] : nil
    default: items = matrix.shape.count == 2 ? matrix.shape[0] : nil
    }
    if items != count || matrix.columns == 0 {
      throw Diagnostic(
        "\(statistic.rawValue) has the shape \(matrix.shape), which does not fit \(count) items",
        fix: "write the statistics of one pool again, all at the same time")
    }
  }
}
