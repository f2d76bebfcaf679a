import Base

/// Rules that are made of parts: their names stand for a score and a way to make a batch of it.
extension QueryConfiguration {
  static let aliases: [Choice<QueryConfiguration>] =
    scores + [
      alias("weighted-random", .margin, .power(.init()), Noise.card),
      alias("info-density", .entropy, .density(.init()), Density.weightedCard),
      alias("cluster-then-uncertain", .margin, .clusters, ClusterSampling.card),
      alias("clue", .entropy, .clue, ClusterSampling.clueCard),
      alias("ranked-batch", .leastConfidence, .rankedBatch, RankedBatch.card),
    ]

  /// Every score that is no rule of its own: the highest are asked for.
  private static let scores: [Choice<QueryConfiguration>] =
    ScoreConfiguration.choices.compactMap { choice in
      guard let name = choice.name, let card = choice.card,
        !rules.contains(where: { $0.name == name })
      else { return nil }
      return alias(name, choice.value, .top, card)
    }

  private static func alias(
    _ name: String, _ score: ScoreConfiguration, _ select: SelectionConfiguration,
    _ card: MethodCard
  ) -> Choice<QueryConfiguration> {
    Choice(name, QuerySettings.Parts(score: score, select: select), { .alias(name, $0) }, card)
  }
}
