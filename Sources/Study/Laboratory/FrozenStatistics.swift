import Base
import FineTune
package import Query
import Training

/// What rules may read where the features are frozen, computed from linear heads.
package struct FrozenStatistics {
  let pool: FrozenPool
  let settings: LaboratoryConfiguration
  let key: RandomKey

  /// What there is.
  package static let offered: Set<PoolStatistic> = [
    .embeddings, .currentEmbeddings, .probabilities, .logits, .memberProbabilities, .passes,
    .trust, .truth,
  ]

  /// The statistics of a round.
  ///
  /// - Parameters:
  ///   - needs: what the rule reads; what needs a head is left out where there is none.
  ///   - query: the rule.
  ///   - labelled: rows that are labelled, in the order asked.
  ///   - head: the head fitted to them; nil in the first round.
  /// - Returns: a row for each row of the pool.
  func build(
    _ needs: Set<PoolStatistic>, for query: QueryConfiguration, labelled: [Int],
    head: LogisticHead?
  ) -> PoolStatistics {
    var statistics = PoolStatistics(
      count: pool.count,
      labelled: Dictionary(uniqueKeysWithValues: labelled.map { ($0, pool.labels[$0]) }),
      groups: pool.groups)
    statistics.limits = settings.limits
    statistics.embeddingsAreStandard = true
    for statistic in needs.sorted() {
      fill(statistic, of: &statistics, query: query, labelled: labelled, head: head)
    }
    return statistics
  }

  /// Computes one statistic: the one list of how.
  private func fill(
    _ statistic: PoolStatistic, of statistics: inout PoolStatistics, query: QueryConfiguration,
    labelled: [Int], head: LogisticHead?
  ) {
    switch statistic {
    case .embeddings: statistics.embeddings = features
    case .currentEmbeddings: statistics.currentEmbeddings = features
    case .truth: statistics.truth = Matrix(pool.labels.map { Float($0) }, shape: [pool.count, 1])
    case .trust: statistics.trust = labelled.isEmpty ? nil : trust(labelled)
    case .probabilities: statistics.probabilities = head.map(probabilities)
    case .logits: statistics.logits = head.map(logits)
    case .memberProbabilities:
      if head != nil {
        statistics.memberProbabilities = stack(members(query.members, labelled))
      }
    case .passes: statistics.passes = head.map { stack(passes(query.passes, of: $0)) }
    case .descriptors, .views, .uncertainty, .truthAreas, .previousProbabilities, .losses,
      .predictedAreas:
      preconditionFailure("\(statistic.rawValue) is refused before anything starts")
    }
  }

  private var features: Matrix { Matrix(pool.features, shape: [pool.count, pool.width]) }

  private func probabilities(_ head: LogisticHead) -> Matrix {
    Matrix(head.probabilities(pool.features), shape: [pool.count, pool.classes])
  }

  private func stack(_ heads: [LogisticHead]) -> Matrix {
    Matrix(
      heads.flatMap { $0.probabilities(pool.features) },
      shape: [heads.count, pool.count, pool.classes])
  }

  /// A class never seen gets a finite logit that rules it out.
  private func logits(_ head: LogisticHead) -> Matrix {
    Matrix(head.logits(pool.features).map { max($0, -1e4) }, shape: [pool.count, pool.classes])
  }

  /// Heads on bootstrap samples of the labels.
  private func members(_ count: Int, _ labelled: [Int]) -> [LogisticHead] {
    let labels = Dictionary(uniqueKeysWithValues: labelled.map { ($0, pool.labels[$0]) })
    return (0..<count).map { member in
      let sample = BootstrapCommittee.sample(
        labelled.sorted(), labels: labels, key: key.folding("member").folding(member))
      return pool.head(sample, settings.head)
    }
  }

  /// The head with features dropped, the same ones for every image of a pass.
  private func passes(_ count: Int, of head: LogisticHead) -> [LogisticHead] {
    let kept = 1 - settings.head.dropout
    return (0..<count).map { pass in
      let key = key.folding("pass").folding(pass)
      let mask = (0..<pool.width).map { key.folding($0).uniform() < kept ? 1 / kept : 0 }
      let weight = head.weight.indices.map { head.weight[$0] * mask[$0 % pool.width] }
      return LogisticHead(weight: weight, bias: head.bias, isSeen: head.isSeen)
    }
  }

  /// The out-of-fold score; the worst where no class can be held out.
  private func trust(_ labelled: [Int]) -> Trust {
    let rows = labelled.sorted()
    var configuration = FineTuneConfiguration()
    (configuration.lambda, configuration.folds) = (settings.head.lambda, settings.head.folds)
    let key = key.folding("trust")
    let held = OutOfFold(
      features: pool.features(of: rows), labels: rows.map { pool.labels[$0] },
      groups: rows.map { pool.groups[$0] }, classes: pool.classes, configuration: configuration,
      key: key)
    let score = held?.score(key: key)
    return Trust(score: score?.score ?? 0, low: score?.low ?? 0, high: score?.high ?? 1)
  }
}

extension FrozenPool {
  /// The features of some rows, `[rows, width]`.
  func features(of rows: [Int]) -> [Float] {
    rows.flatMap { features[$0 * width..<($0 + 1) * width] }
  }

  /// The head fitted to some rows, which may repeat.
  func head(
    _ rows: [Int], _ settings: LaboratoryConfiguration.Head, from start: LogisticHead? = nil
  ) -> LogisticHead {
    LogisticHead.fit(
      features(of: rows), width: width, labels: rows.map { labels[$0] }, classes: classes,
      settings: .init(lambda: settings.lambda, balanced: settings.balanced), from: start)
  }
}
