public import Base
import Evaluation
public import Models
public import Torch
public import Training

/// What a semi-supervised training is given.
public struct SemiSupRequest {
  /// The trained network to improve.
  public var start: Network
  /// Labelled items, ascending.
  public var labelled: [Int]
  /// Items without labels, ascending.
  public var unlabelled: [Int]
  /// The labels.
  public var targets: Targets
  /// Item → group; folds never split one.
  public var groups: ItemTable
  /// The weights that `start` itself began with, for folds; nil: folds start from nothing.
  public var pretrained: [(name: String, tensor: Tensor)]?
  /// Whether the trunk of `start` has never seen a label, so that folds may share it.
  public var sharesTrunk: Bool
  /// The round of active learning that the labels are from, from 0.
  public var round: Int
  /// The embeddings `[items, D]` that the shared trunk gives, where they are known already; nil:
  /// they are computed.
  public var embeddings: (([Int]) throws -> [Float])?

  /// - Parameters: as the properties.
  public init(
    start: Network, labelled: [Int], unlabelled: [Int], targets: Targets, groups: ItemTable,
    pretrained: [(name: String, tensor: Tensor)]? = nil, sharesTrunk: Bool = false, round: Int = 0,
    embeddings: (([Int]) throws -> [Float])? = nil
  ) {
    self.start = start
    self.labelled = labelled
    self.unlabelled = unlabelled
    self.targets = targets
    self.groups = groups
    self.pretrained = pretrained
    self.sharesTrunk = sharesTrunk
    self.round = round
    self.embeddings = embeddings
  }

  var classes: Int { start.configuration.classes }

  /// Item → class; empty for segmentation.
  var classLabels: [Int: Int] {
    if case .classes(let labels) = targets { labels } else { [:] }
  }

  /// The class map of an item, row by row.
  func mask(_ item: Int) -> [UInt8] {
    guard case .masks(let masks) = targets else { return [] }
    return [UInt8](unsafeUninitializedCapacity: masks.height * masks.width) { bytes, count in
      masks.copyMask(item: item, into: bytes)
      count = masks.height * masks.width
    }
  }

  /// What these labels say of how often classes occur.
  func prior(_ items: [Int]) -> LabelledPrior {
    guard case .masks(let masks) = targets else {
      return LabelledPrior(classes: items.map { classLabels[$0] ?? 0 }, count: classes)
    }
    return LabelledPrior(
      masks: items.map(mask), height: masks.height, width: masks.width, count: classes)
  }

  /// What folds are balanced by: the class, or whether there is any foreground.
  var strata: [Int] {
    guard start.isSegmentation else { return labelled.map { classLabels[$0] ?? 0 } }
    return labelled.map { mask($0).contains { $0 != 0 && $0 != 255 } ? 1 : 0 }
  }

  /// The group of an item; an item of none is one of its own.
  func group(_ item: Int) -> Int { groups[item] ?? -1 - item }

  /// Whole groups, dealt to folds.
  func folds(_ count: Int, key: RandomKey) -> Folds {
    Folds(
      classes: strata, groups: labelled.map(group), count: count, key: key.folding("folds"))
  }

  /// What the switch counts before any training.
  func beforehand(_ needs: SemiSupConfiguration.Needs) -> Verdict? {
    let strata = strata
    let counts =
      start.isSegmentation
      ? [strata.reduce(0, +)]
      : (0..<classes).map { label in strata.count { $0 == label } }
    return Verdict.beforehand(
      counts: counts, labelled: labelled.count, unlabelled: unlabelled.count,
      segmentation: start.isSegmentation, needs)
  }
}
