/// What has to be run over the pool before a rule can choose.
extension QueryConfiguration {
  /// The score that the rule goes by, nil for rules of coverage and chance.
  ///
  /// In segmentation its map over an image's pixels, by `aggregate`, is the image's `uncertainty`.
  public var score: ScoreConfiguration? {
    switch self {
    case .auto: .entropy
    case .hybrid(let settings), .maxCover(let settings):
      .committee(.init(members: settings.members))
    case .margin, .badge: .margin
    case .entropy: .entropy
    case .leastConfidence: .leastConfidence
    case .bald(let settings): Self.bald(settings.passes)
    case .uherding(let settings): settings.score
    case .parts(let parts), .alias(_, let parts): parts.score
    case .clasp: .entropy
    case .batchBALD(let settings): .committee(.init(members: settings.members))
    case .aift(let settings): Self.consistency(settings.views)
    case .classBalanced, .autoPhases, .rareClass, .dcom: .margin
    case .dropQuery(let settings): Self.bald(settings.passes)
    case .phases(let settings): settings.plan.lazy.compactMap(\.query.score).first
    default: nil
    }
  }

  /// Whether the rule cannot choose the first batch, because it asks a model.
  public var startsWithModel: Bool {
    switch self {
    case .auto: false
    case .phases(let settings): settings.plan[0].query.startsWithModel
    default: !make().needs.isSubset(of: PoolStatistic.modelFree)
    }
  }

  /// How a map of pixel scores becomes an image's `uncertainty`.
  public var aggregate: PixelAggregate {
    switch self {
    case .auto(let settings): settings.aggregate
    case .hybrid(let settings), .maxCover(let settings): settings.aggregate
    case .margin(let settings), .entropy(let settings), .leastConfidence(let settings):
      settings.aggregate
    case .bald(let settings): settings.aggregate
    case .uherding(let settings): settings.aggregate
    case .parts(let parts), .alias(_, let parts): parts.aggregate
    default: .mean
    }
  }

  /// The members of the committee that the rule asks; 1 where it asks none.
  public var members: Int {
    switch score {
    case .committee(let settings), .voteEntropy(let settings), .committeeKL(let settings),
      .learningLoss(let settings):
      settings.members
    default: 1
    }
  }

  /// The dropout passes that the rule reads; 0 where it reads none.
  public var passes: Int {
    switch score {
    case .bald(let settings), .variationRatio(let settings), .variationRatioVotes(let settings),
      .mcPredictiveEntropy(let settings), .mcVariance(let settings):
      settings.passes
    default: 0
    }
  }

  /// The share of the head's input that the passes drop; nil for the network's own dropout.
  public var dropout: Double? {
    if case .dropQuery(let settings) = self { settings.dropout } else { nil }
  }

  /// The views of each item that the rule reads; 0 where it reads none.
  public var views: Int {
    if case .consistency(let settings) = score { settings.views } else { 0 }
  }

  private static func consistency(_ views: Int) -> ScoreConfiguration {
    var settings = ScoreConfiguration.Views()
    settings.views = views
    return .consistency(settings)
  }

  private static func bald(_ passes: Int) -> ScoreConfiguration {
    var settings = ScoreConfiguration.Passes()
    settings.passes = passes
    return .bald(settings)
  }
}
