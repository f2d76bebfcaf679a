public import Base

/// The catalogue of the rules, by name: `hybrid`, `{hybrid: {candidates: 16}}`, or in parts
/// `{score: margin, select: {power: {beta: 1}}}`.
///
/// A rule enters with one case here, one line in `choices`, `chosen` and `make()`, its file, and its
/// test; a rule that is made of parts with one line in `aliases`.
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
  /// See `KernelHerding`.
  case kernelHerding(QuerySettings.Herding)
  /// See `FacilityLocation`.
  case facilityLocation
  /// See `KMeansPlusPlus`.
  case kMeansPlusPlus
  /// See `DropQuery`.
  case dropQuery(QuerySettings.DropQuery)
  /// See `RareClass`.
  case rareClass(QuerySettings.RareClass)
  /// See `DCoM`.
  case dcom(QuerySettings.DCoM)
  /// See `StratifiedRandom`.
  case stratifiedRandom
  /// See `RandomForeground`.
  case randomForegroundThird
  /// See `RandomForeground`.
  case randomPredictedForeground
  /// A name for parts, of which each may be replaced; see `aliases`.
  case alias(String, QuerySettings.Parts)
  /// See `ScoredSampling`.
  case parts(QuerySettings.Parts)

  /// The names that can be chosen, with their default settings.
  public static let choices: [Choice<QueryConfiguration>] =
    rules + aliases + [
      Choice(unnamed: .init(), Self.parts)
    ]

  static let rules: [Choice<QueryConfiguration>] = [
    Choice("auto", .init(), Self.auto, Auto.card),
    Choice("hybrid", .init(), Self.hybrid, Hybrid.card),
    Choice("random", .random, RandomSampling.card),
    Choice("margin", .init(), Self.margin, Margin.card),
    Choice("entropy", .init(), Self.entropy, Entropy.card),
    Choice("least-confidence", .init(), Self.leastConfidence, LeastConfidence.card),
    Choice("bald", .init(), Self.bald, BALD.card),
    Choice("k-center", .kCenter, KCenter.card),
    Choice("typiclust", .init(), Self.typiclust, TypiClust.card),
    Choice("badge", .badge, BADGE.card),
    Choice("max-herding", .init(), Self.maxHerding, MaxHerding.card),
    Choice("uherding", .init(), Self.uherding, UncertaintyHerding.card),
    Choice("max-cover", .init(), Self.maxCover, MaxCover.card),
    Choice("k-means", .kMeans, KMeansSampling.card),
    Choice("k-means++", .kMeansPlusPlus, KMeansPlusPlus.card),
    Choice("probcover", .init(), Self.probcover, ProbCover.card),
    Choice("kernel-herding", .init(), Self.kernelHerding, KernelHerding.card),
    Choice("facility-location", .facilityLocation, FacilityLocation.card),
    Choice("batch-bald", .init(), Self.batchBALD, BatchBALD.card),
    Choice("aift", .init(), Self.aift, AIFT.card),
    Choice("class-balanced", .init(), Self.classBalanced, ClassBalanced.card),
    Choice("clasp", .init(), Self.clasp, ClaSP.card),
    Choice("drop-query", .init(), Self.dropQuery, DropQuery.card),
    Choice("rare-class", .init(), Self.rareClass, RareClass.card),
    Choice("dcom", .init(), Self.dcom, DCoM.card),
    Choice("auto-phases", .init(), Self.autoPhases, AutoPhases.card),
    Choice("phases", .init(), Self.phases, Phases.card),
    Choice("stratified-random", .stratifiedRandom, StratifiedRandom.card),
    Choice("random-balanced", .randomBalanced, RandomBalanced.card),
    Choice("random-fg66", .randomForeground, RandomForeground.card),
    Choice("random-fg33", .randomForegroundThird, RandomForeground.thirdCard),
    Choice("random-predfg66", .randomPredictedForeground, RandomForeground.predictedCard),
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
    case .kernelHerding(let settings): Chosen("kernel-herding", settings)
    case .facilityLocation: Chosen("facility-location")
    case .kMeansPlusPlus: Chosen("k-means++")
    case .dropQuery(let settings): Chosen("drop-query", settings)
    case .rareClass(let settings): Chosen("rare-class", settings)
    case .dcom(let settings): Chosen("dcom", settings)
    case .stratifiedRandom: Chosen("stratified-random")
    case .randomForegroundThird: Chosen("random-fg33")
    case .randomPredictedForeground: Chosen("random-predfg66")
    case .alias(let name, let parts): Chosen(name, parts)
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
    case .uherding(let settings): settings.make()
    case .maxCover(let settings): MaxCover(candidates: settings.candidates)
    case .kMeans: KMeansSampling()
    case .probcover(let settings): ProbCover(radius: settings.radius)
    case .batchBALD(let settings): settings.make()
    case .aift(let settings): settings.make()
    case .classBalanced(let settings): ClassBalanced(exponent: settings.exponent)
    case .clasp(let settings): ClaSP(share: settings.share, beta: settings.beta)
    case .autoPhases(let settings): settings.make()
    case .phases(let settings): settings.make()
    case .randomBalanced: RandomBalanced()
    case .randomForeground: RandomForeground()
    case .kernelHerding(let settings): KernelHerding(bandwidth: settings.bandwidth)
    case .facilityLocation: FacilityLocation()
    case .kMeansPlusPlus: KMeansPlusPlus()
    case .dropQuery: DropQuery()
    case .rareClass(let settings): RareClass(share: settings.share)
    case .dcom(let settings): DCoM(steepness: settings.steepness, turn: settings.turn)
    case .stratifiedRandom: StratifiedRandom()
    case .randomForegroundThird: RandomForeground(share: 1 / 3)
    case .randomPredictedForeground: RandomForeground(source: .prediction)
    case .alias(let name, let parts): parts.make(name)
    case .parts(let parts): parts.make(parts.score.score.name)
    }
  }
}
