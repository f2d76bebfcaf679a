public import Base

/// The catalogue of the rules, by name: `hybrid`, `{hybrid: {candidates: 16}}`, or in parts
/// `{score: margin, select: {power: {beta: 1}}}`.
///
/// A rule enters with one case here, one line in `choices`, `chosen` and `make()`, its file, and its
/// test.
public enum QueryConfiguration: NamedChoice, Equatable {
  /// See `Auto`.
  case auto(QuerySettings.Auto)
  /// See `Hybrid`.
  case hybrid(QuerySettings.Committee)
  /// See `RandomSampling`.
  case random
  /// See `Margin`.
  case margin(QuerySettings.Scored)
  /// See `Entropy`.
  case entropy(QuerySettings.Scored)
  /// See `LeastConfidence`.
  case leastConfidence(QuerySettings.Scored)
  /// See `BALD`.
  case bald(QuerySettings.BALD)
  /// See `KCenter`.
  case kCenter
  /// See `TypiClust`.
  case typiclust(QuerySettings.TypiClust)
  /// See `BADGE`.
  case badge
  /// See `MaxHerding`.
  case maxHerding(QuerySettings.Herding)
  /// See `UncertaintyHerding`.
  case uherding(QuerySettings.UncertaintyHerding)
  /// See `MaxCover`.
  case maxCover(QuerySettings.Committee)
  /// See `KMeansSampling`.
  case kMeans
  /// See `ProbCover`.
  case probcover(QuerySettings.ProbCover)
  /// See `BatchBALD`.
  case batchBALD(QuerySettings.BatchBALD)
  /// See `AIFT`.
  case aift(QuerySettings.AIFT)
  /// See `ClassBalanced`.
  case classBalanced(QuerySettings.ClassBalanced)
  /// See `ClaSP`.
  case clasp(QuerySettings.ClaSP)
  /// See `AutoPhases`.
  case autoPhases(QuerySettings.AutoPhases)
  /// See `Phases`.
  case phases(QuerySettings.Phases)
  /// See `RandomBalanced`.
  case randomBalanced
  /// See `RandomForeground`.
  case randomForeground
  /// See `ScoredSampling`.
  case parts(QuerySettings.Parts)

  /// The names that can be chosen, with their default settings.
  public static let choices: [Choice<QueryConfiguration>] = [
    Choice("auto", .init(), Self.auto, "coverage first, then uncertain coverage once trusted"),
    Choice("hybrid", .init(), Self.hybrid, "uncertain for a committee and unlike one another"),
    Choice("random", .random, "every item alike: the baseline"),
    Choice("margin", .init(), Self.margin, Margin.card),
    Choice("entropy", .init(), Self.entropy, "high entropy of the class probabilities"),
    Choice("least-confidence", .init(), Self.leastConfidence, "a low highest probability"),
    Choice("bald", .init(), Self.bald, "dropout passes disagree"),
    Choice("k-center", .kCenter, "farthest from all labelled and chosen items"),
    Choice("typiclust", .init(), Self.typiclust, "typical items of unlabelled clusters"),
    Choice("badge", .badge, "large and diverse gradients of the last layer"),
    Choice("max-herding", .init(), Self.maxHerding, "coverage of the pool"),
    Choice("uherding", .init(), Self.uherding, "coverage of what is uncertain"),
    Choice("max-cover", .init(), Self.maxCover, "uncertain for a committee and representative"),
    Choice("k-means", .kMeans, "nearest to the centres of a clustering"),
    Choice("probcover", .init(), Self.probcover, "coverage by balls of a fixed radius"),
    Choice("batch-bald", .init(), Self.batchBALD, "a committee disagrees on the batch as a whole"),
    Choice("aift", .init(), Self.aift, "entropy and diversity over the views of an item"),
    Choice(
      "class-balanced", .init(), Self.classBalanced,
      "uncertain in every predicted class, rare ones first"),
    Choice("clasp", .init(), Self.clasp, "class-stratified entropy with noise"),
    Choice("auto-phases", .init(), Self.autoPhases, "coverage, then noisy margins, then gradients"),
    Choice("phases", .init(), Self.phases, Phases.card),
    Choice("random-balanced", .randomBalanced, "control that knows the truth: classes in balance"),
    Choice("random-fg66", .randomForeground, "control that knows the truth: foreground images"),
    Choice(unnamed: .init(), Self.parts),
  ]

  /// The name and settings of this value.
  public var chosen: Chosen {
    switch self {
    case .auto(let settings): Chosen("auto", settings)
    case .hybrid(let settings): Chosen("hybrid", settings)
    case .random: Chosen("random")
    case .margin(let settings): Chosen("margin", settings)
    case .entropy(let settings): Chosen("entropy", settings)
    case .leastConfidence(let settings): Chosen("least-confidence", settings)
    case .bald(let settings): Chosen("bald", settings)
    case .kCenter: Chosen("k-center")
    case .typiclust(let settings): Chosen("typiclust", settings)
    case .badge: Chosen("badge")
    case .maxHerding(let settings): Chosen("max-herding", settings)
    case .uherding(let settings): Chosen("uherding", settings)
    case .maxCover(let settings): Chosen("max-cover", settings)
    case .kMeans: Chosen("k-means")
    case .probcover(let settings): Chosen("probcover", settings)
    case .batchBALD(let settings): Chosen("batch-bald", settings)
    case .aift(let settings): Chosen("aift", settings)
    case .classBalanced(let settings): Chosen("class-balanced", settings)
    case .clasp(let settings): Chosen("clasp", settings)
    case .autoPhases(let settings): Chosen("auto-phases", settings)
    case .phases(let settings): Chosen("phases", settings)
    case .randomBalanced: Chosen("random-balanced")
    case .randomForeground: Chosen("random-fg66")
    case .parts(let settings): Chosen(unnamed: settings)
    }
  }

  /// The rule.
  public func make() -> any QueryStrategy {
    switch self {
    case .auto(let settings): Auto(guard: settings.trust, bandwidth: settings.bandwidth)
    case .hybrid(let settings): Hybrid(candidates: settings.candidates)
    case .random: RandomSampling()
    case .margin(let settings): Margin(settings.select.make())
    case .entropy(let settings): Entropy(settings.select.make())
    case .leastConfidence(let settings): LeastConfidence(settings.select.make())
    case .bald(let settings): BALD(settings.select.make())
    case .kCenter: KCenter()
    case .typiclust(let settings): TypiClust(clusters: settings.clusters)
    case .badge: BADGE()
    case .maxHerding(let settings): MaxHerding(bandwidth: settings.bandwidth)
    case .uherding(let settings):
      UncertaintyHerding(
        score: settings.score.score, bandwidth: settings.bandwidth, rarity: settings.rarity)
    case .maxCover(let settings): MaxCover(candidates: settings.candidates)
    case .kMeans: KMeansSampling()
    case .probcover(let settings): ProbCover(radius: settings.radius)
    case .batchBALD(let settings):
      BatchBALD(states: settings.states, candidates: settings.candidates)
    case .aift(let settings): settings.make()
    case .classBalanced(let settings): ClassBalanced(exponent: settings.exponent)
    case .clasp(let settings): ClaSP(share: settings.share, beta: settings.beta)
    case .autoPhases(let settings):
      AutoPhases(coverage: settings.coverage, margin: settings.margin, least: settings.least)
    case .phases(let settings): settings.make()
    case .randomBalanced: RandomBalanced()
    case .randomForeground: RandomForeground()
    case .parts(let parts): ScoredSampling(parts.score.score, parts.select.make())
    }
  }
}
