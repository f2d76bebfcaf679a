/// What a query may ask of a pool, named as on the command line and as its file.
public enum PoolStatistic: String, Sendable, Codable, CaseIterable, Comparable {
  /// `[N, D]`: features of the pretrained trunk, for coverage.
  case embeddings
  /// `[N, H]`: the current head's input.
  case currentEmbeddings = "embeddings_current"
  /// `[N, D]`: image descriptors of a segmentation network.
  case descriptors
  /// `[N, C]`: class probabilities.
  case probabilities
  /// `[N, C]`: class probabilities of an earlier model, or of a teacher.
  case previousProbabilities = "previous_probabilities"
  /// `[N, C]`: logits; they stand in for the probabilities.
  case logits
  /// `[M, N, C]`: class probabilities of the members of a committee.
  case memberProbabilities = "member_probabilities"
  /// `[T, N, C]`: class probabilities of stochastic passes.
  case passes
  /// `[N, V, C]`: class probabilities of V views of each item.
  case views
  /// `[N]`: an informativeness aggregated from pixels.
  case uncertainty
  /// `[N]`: the loss of each labelled item under models that had not learnt from it; negative where
  /// there is none.
  case losses
  /// `[N, C]`: the predicted share of each class in an image, background first.
  case predictedAreas = "predicted_areas"
  /// What the head has shown out of fold.
  case trust
  /// `[N]`: the true class; for controls in simulations only.
  case truth
  /// `[N, C]`: the true share of each class in an image, background first; for controls only.
  case truthAreas = "truth_areas"

  /// What can be had without a model of the round's labels.
  public static let modelFree: Set<PoolStatistic> = [
    .embeddings, .descriptors, .truth, .truthAreas,
  ]

  /// In the order of the names.
  public static func < (a: PoolStatistic, b: PoolStatistic) -> Bool { a.rawValue < b.rawValue }
}

/// What may be asked of a pool: one row of each matrix per item.
///
/// A row's item is `ids[row]`; picks, labels and errors speak of items. Matrices are mapped files
/// or held in memory; what a query does not need may be absent. `embeddings` stand in for
/// `currentEmbeddings` and `descriptors`, `descriptors` for `embeddings`, `logits` for
/// `probabilities`, the members of a committee and stochastic passes for one another, and a
/// pixel-level `uncertainty` for every other statistic from which informativeness is computed.
public struct PoolStatistics: Sendable {
  /// The item of each row; distinct.
  public let ids: [Int]
  /// `[N, D]`: features of the pretrained trunk.
  public var embeddings: Matrix?
  /// `[N, H]`: the current head's input.
  public var currentEmbeddings: Matrix?
  /// `[N, D]`: image descriptors of a segmentation network.
  public var descriptors: Matrix?
  /// `[N, C]`: class probabilities.
  public var probabilities: Matrix?
  /// `[N, C]`: class probabilities of an earlier model.
  public var previousProbabilities: Matrix?
  /// `[N, C]`: logits.
  public var logits: Matrix?
  /// `[M, N, C]`: class probabilities of the members of a committee.
  public var memberProbabilities: Matrix?
  /// `[T, N, C]`: class probabilities of stochastic passes.
  public var passes: Matrix?
  /// `[N, V, C]`: class probabilities of V views of each item.
  public var views: Matrix?
  /// `[N]`: an informativeness aggregated from pixels, higher for what to ask first.
  public var uncertainty: Matrix?
  /// `[N]`: out-of-bag losses of labelled items, negative elsewhere.
  public var losses: Matrix?
  /// `[N, C]`: predicted shares of the classes in an image.
  public var predictedAreas: Matrix?
  /// What the current head has shown out of fold.
  public var trust: Trust?
  /// `[N]`: true classes, for the controls of a simulation.
  public var truth: Matrix?
  /// `[N, C]`: true shares of the classes in an image, for the controls of a simulation.
  public var truthAreas: Matrix?
  /// Labelled items and their class, −1 where the label is no class (a mask).
  public var labelled: [Int: Int]
  /// The group of each row: the patient, or what the user named.
  public var groups: [Int]?
  /// The tile of each row, where parts of images are asked for; a batch holds none that overlap.
  public var tiles: [Tile]?
  /// The stratum of each row (site, scanner, acquisition); nil to take the groups.
  public var strata: [Int]?
  /// What a batch may hold at most of one group and of near copies.
  public var limits = QueryLimits()
  /// Whether `embeddings` are standardised, clipped and reduced already, so that rules of coverage
  /// only scale them to unit length.
  public var embeddingsAreStandard = false

  /// A pool of the given items without statistics; set those that the query needs.
  public init(ids: [Int], labelled: [Int: Int] = [:], groups: [Int]? = nil) {
    self.ids = ids
    self.labelled = labelled
    self.groups = groups
  }

  /// A pool whose items are its rows 0 ..< count.
  public init(count: Int, labelled: [Int: Int] = [:], groups: [Int]? = nil) {
    self.init(ids: Array(0..<count), labelled: labelled, groups: groups)
  }

  /// The number of items, labelled ones included.
  public var count: Int { ids.count }

  /// The number of items that may be asked for.
  public var unlabelledCount: Int { ids.count { labelled[$0] == nil } }

  /// Whether `picks` leave nothing to ask for.
  public func isExhausted(by picks: [Pick]) -> Bool { picks.count >= unlabelledCount }

  /// Whether a statistic is there, itself or by what stands in for it.
  public func has(_ statistic: PoolStatistic) -> Bool {
    switch statistic {
    case .trust: trust != nil
    case .probabilities: probabilities != nil || logits != nil || uncertainty != nil
    case .memberProbabilities, .passes:
      memberProbabilities != nil || passes != nil || uncertainty != nil
    case .views, .previousProbabilities: self[statistic] != nil || uncertainty != nil
    case .embeddings, .currentEmbeddings, .descriptors: features(statistic) != nil
    default: self[statistic] != nil
    }
  }

  /// Whether a statistic is there itself.
  public func holds(_ statistic: PoolStatistic) -> Bool {
    statistic == .trust ? trust != nil : self[statistic] != nil
  }

  /// The features of the named kind, or those that stand in for them.
  func features(_ statistic: PoolStatistic) -> Matrix? {
    self[statistic] ?? embeddings ?? descriptors
  }

  /// The matrix of a statistic.
  package subscript(_ statistic: PoolStatistic) -> Matrix? {
    get { Self.path(statistic).flatMap { self[keyPath: $0] } }
    set { if let path = Self.path(statistic) { self[keyPath: path] = newValue } }
  }

  private static func path(_ statistic: PoolStatistic) -> WritableKeyPath<Self, Matrix?>? {
    switch statistic {
    case .embeddings: \.embeddings
    case .currentEmbeddings: \.currentEmbeddings
    case .descriptors: \.descriptors
    case .probabilities: \.probabilities
    case .logits: \.logits
    case .previousProbabilities: \.previousProbabilities
    case .losses: \.losses
    case .predictedAreas: \.predictedAreas
    case .memberProbabilities: \.memberProbabilities
    case .passes: \.passes
    case .views: \.views
    case .uncertainty: \.uncertainty
    case .truth: \.truth
    case .truthAreas: \.truthAreas
    case .trust: nil
    }
  }
}
