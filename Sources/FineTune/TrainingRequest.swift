public import Base
public import Models
public import Torch
public import Training

/// One training of one round: what is known, and from where to start.
public struct TrainingRequest {
  /// The network to build.
  public var model: ModelConfiguration
  /// Class names, in the order of the outputs.
  public var classes: [String]
  /// Labels of earlier rounds (L), ascending item numbers.
  public var earlier: [Int]
  /// This round's labels (Q), ascending item numbers.
  public var queried: [Int]
  /// The labels of both.
  public var targets: Targets
  /// Item → group; folds never split one.
  public var groups: ItemTable
  /// The pretrained trunk (M₀); nil: the network starts from nothing.
  public var pretrained: [(name: String, tensor: Tensor)]?
  /// The network of the round before (Mₜ₋₁), where there is one.
  public var previous: Network?
  /// The round, from 0.
  public var round = 0
  /// Whether no round follows.
  public var isLast = false
  /// Images whose labels are not read, labelled or not: what statistics may be measured on.
  public var images: [Int] = []

  /// Everything labelled, ascending.
  public var labelled: [Int] { Set(earlier + queried).sorted() }

  /// - Parameters: as the properties.
  public init(
    model: ModelConfiguration, classes: [String], earlier: [Int], queried: [Int], targets: Targets,
    groups: ItemTable, pretrained: [(name: String, tensor: Tensor)]? = nil,
    previous: Network? = nil
  ) {
    self.model = model
    self.classes = classes
    self.earlier = earlier
    self.queried = queried
    self.targets = targets
    self.groups = groups
    self.pretrained = pretrained
    self.previous = previous
  }
}
