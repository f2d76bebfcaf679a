public import Base
public import FineTune
public import Models
public import Pool
public import Query
public import SemiSup
public import Torch

/// Settings of active learning: rounds of query, labels and fine-tuning.
public struct ActiveLearningConfiguration: Codable, Sendable, Equatable, Documented {
  /// Who labels.
  public enum Labeller: String, Codable, Sendable, CaseIterable {
    /// A simulation: the pool's own labels answer at once.
    case oracle
    /// People: images and suggestions are written to a folder, and the program waits.
    case folder
  }

  /// The network; classes are taken from the pool.
  public var model = ModelConfiguration(architecture: .resnet18, imageSize: 64)
  /// How many labels when.
  public var rounds = RoundPlan()
  /// What is asked for as one label.
  public var unit = QueryUnit.image
  /// Which labels.
  public var query = QueryConfiguration.auto(.init())
  /// Which labels in the first round, when there is no model: rules that ask none choose
  /// themselves, others leave it to this one.
  public var firstQuery = QueryConfiguration.maxHerding(.init())
  /// How the labels are learnt.
  public var fineTune = FineTuneConfiguration()
  /// What a member of the committee learns anew, for rules that ask one.
  public var committee = BootstrapCommittee.Mode.auto
  /// What the images without labels add: at the end of every round where `when` is each-round; final
  /// leaves them to what comes after the rounds.
  public var semisup = SemiSupConfiguration()
  /// What a batch may hold at most of one group and of near copies.
  public var limits = QueryLimits()
  /// Who labels.
  public var annotator = Labeller.oracle
  /// What annotating masks costs a person.
  public var rates = AnnotationRates()

  /// The defaults.
  public init() {}

  /// Refuses what cannot come to anything, before any work starts.
  ///
  /// - Throws: a diagnostic where a trunk is to be frozen that nothing has taught (a head on it would
  ///   only measure noise), where a setting of fine-tuning means nothing for what is trained, where
  ///   the rounds' semi-supervised method does not go with the network, where tiles are asked for
  ///   that the mode or the rules do not know, or where a rule does not fit the pool, the network or
  ///   the rounds.
  public func check(_ mode: PoolMode?, hasWeights: Bool, device: Device) throws {
    if case .tile = unit { try checkTiles(mode) }
    if semisup.when == .eachRound { try semisup.check(model) }
    if mode == .classification, fineTune.trunk == .frozen, !hasWeights {
      throw Diagnostic(
        "the trunk is to be frozen, but there are no weights that it could have learnt",
        at: "fineTune.trunk", fix: "give weights (--weights), or set fineTune.trunk to full",
        exit: .usage)
    }
    if mode == .multiLabel { try checkSeveralClasses() }
    if let mode { try checkQueries(mode) }
    var model = model
    if mode == .multiLabel { model.outputs = .independent }
    let misfits = fineTune.misfits(model, pretrained: hasWeights, device: device)
    guard misfits.isEmpty else {
      throw Diagnostic(
        "settings of fine-tuning do not go together", at: "fineTune",
        fix: misfits.joined(separator: "; "), exit: .usage)
    }
  }

  /// What rules may read of images with several classes: features, and scores of the classes.
  private static let readable: Set<PoolStatistic> = [
    .embeddings, .currentEmbeddings, .descriptors, .uncertainty,
  ]

  /// Refuses what is not defined for several classes an image.
  private func checkSeveralClasses() throws {
    for (key, rule) in [("query", query), ("firstQuery", firstQuery)] {
      let unread = rule.make().needsInSegmentation.subtracting(Self.readable)
      let isReadable = rule.views == 0 && rule.score.map { $0.score.map != nil } ?? true
      guard unread.isEmpty, isReadable else {
        throw Diagnostic(
          "the rule '\(rule.chosen.name ?? "parts")' reads what images with several classes do not "
            + "have"
            + (unread.isEmpty
              ? "" : ": " + unread.map(\.rawValue).sorted().joined(separator: ", ")),
          at: key,
          fix: "choose margin, entropy, least-confidence, bald, hybrid, uherding, max-herding, "
            + "k-center, k-means, typiclust, probcover or random", exit: .usage)
      }
    }
    if semisup.when == .eachRound {
      throw Diagnostic(
        "semi-supervised learning is of one class an image or pixel", at: "semisup.when",
        fix: "leave semisup.when at final, and the stage semisup out", exit: .usage)
    }
  }

  /// How many labels `images` images can be asked for: as many, or the tiles that lie apart.
  public func units(in images: Int) -> Int {
    images * (unit.grid(size: model.imageSize)?.disjoint ?? 1)
  }

  private func checkTiles(_ mode: PoolMode?) throws {
    guard mode == .segmentation else {
      throw Diagnostic(
        "tiles are parts of images, and a class is asked for of a whole image", at: "unit",
        fix: "set unit: image, or give a pool of masks", exit: .usage)
    }
    for (name, rule) in [("query", query), ("firstQuery", firstQuery)]
    where rule.tileChoice == nil {
      throw Diagnostic(
        "'\(rule.chosen.name ?? name)' compares whole images, and tiles are asked for", at: name,
        fix: "choose clasp, or a score of pixels such as entropy; random, random-fg66, or a rule "
          + "of coverage such as max-herding needs no model", exit: .usage)
    }
  }

  /// What each setting means.
  public static let documentation = [
    "model": "The network; its classes are the pool's.",
    "rounds": "How many labels each round asks for, and when the rounds end.",
    "unit": "What is asked for as one label: image, or tile with its side and the tiles of one "
      + "image in a batch (segmentation).",
    "query": "Which labels are asked for.",
    "firstQuery": "Which labels the first round asks for, when there is no model; rules that need "
      + "none choose themselves.",
    "fineTune": "How the labels are learnt.",
    "committee": "What a member of the committee learns anew, for rules that ask one: heads on a "
      + "shared trunk, the full network, or auto (heads on a CPU).",
    "semisup": "What the images without labels add: with when: each-round at the end of every "
      + "round's training; with final the rounds leave them to pipeline semisup.",
    "limits": "What a batch may hold at most of things that tell the same; they give way where "
      + "they would leave the batch short.",
    "annotator": "Who labels: oracle (a simulation with the pool's own labels) or folder (people: "
      + "images and suggestions are written, and the program waits).",
    "rates": "What annotating masks costs a person, in seconds, so that rounds are told in seconds "
      + "too; all 0: not told.",
  ]
}
