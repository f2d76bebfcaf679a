public import Base
import Models
import NN
import Torch
import Training

/// Contrastive learning: two views of an image attract, all other images repel.
///
/// Chen, Kornblith, Norouzi, Hinton. *A Simple Framework for Contrastive Learning of Visual
/// Representations.* ICML 2020. <https://arxiv.org/abs/2002.05709>
///
/// - Reads: images `[B, C, H, W]`, at most one image of a group a batch where the pool allows it.
/// - Loss: ``ContrastiveLoss`` of a projection head h → hidden → output with ReLU between.
/// - Cost: two passes of the trunk an image and O(B² D).
/// - Departures: small heads and SGD, as suits pools of thousands of images; the paper uses LARS at
///   batches of thousands. τ = 0.2; below a batch of 256 the paper's 0.1 is unstable.
public struct SimCLR: PretrainMethod {
  static let card = MethodCard(
    "two views against all other images; for classification",
    cost: "2 passes an image, O(B²·D)", regime: "1,000 images and more, batches of 64 and more",
    paper: "Chen, Kornblith, Norouzi, Hinton 2020")
  /// Settings.
  public struct Settings: Codable, Sendable, Equatable, Validatable, Documented {
    /// τ.
    public var temperature = 0.2
    /// Features of the projection head's hidden layer.
    public var hidden = 512
    /// Features of its output.
    public var output = 128

    /// The defaults.
    public init() {}

    /// What each key means.
    public static let documentation = [
      "temperature": "Temperature τ of the similarities.",
      "hidden": "Features of the projection head's hidden layer.",
      "output": "Features of its output.",
    ]

    /// What is out of range.
    public func faults() -> [String] {
      temperature > 0 && hidden > 0 && output > 0
        ? [] : ["simclr: temperature, hidden and output must be above 0"]
    }
  }

  let heads: [(name: String, store: ParameterStore)]
  private let configuration: PretrainConfiguration
  private let network: Network
  private let projector: ProjectionHead
  private let loss: ContrastiveLoss
  private let views: Augmentation
  private let groups: ItemTable

  init(
    _ settings: Settings, _ configuration: PretrainConfiguration, network: Network,
    groups: ItemTable, key: RandomKey
  ) {
    let store = ParameterStore(device: network.store.device)
    projector = ProjectionHead(
      network.width, hidden: settings.hidden, output: settings.output,
      in: store.scope(key: key.folding("projector")))
    heads = [("projector", store)]
    self.configuration = configuration
    self.network = network
    loss = ContrastiveLoss(temperature: settings.temperature)
    views = configuration.augmentation.contrastive(size: configuration.model.imageSize)
    self.groups = groups
  }

  func optimizer(slowing: Double) -> any Optimizer {
    SGD(
      network.store.groups()
        + heads.flatMap { head in
          head.store.groups().map { group in
            var group = group
            group.parameters = group.parameters.map { ("\(head.name).\($0.name)", $0.tensor) }
            return group
          }
        },
      learningRate: configuration.baseRate * Double(configuration.batch) / 256 / slowing,
      momentum: 0.9, weightDecay: configuration.weightDecay)
  }

  func loss(_ step: StepContext) -> StepLoss {
    let (a, b) = step.batch.twoViews(views)
    let embedding = network.embedding(cat([a.images, b.images], dim: 0), step.pass)
    let projection = projector(embedding, step.pass)
    let count = step.batch.items.count
    return StepLoss(
      loss(
        projection.narrow(dim: 0, start: 0, length: count),
        projection.narrow(dim: 0, start: count, length: count),
        groups: step.batch.items.map { groups[$0] ?? -1 - $0 }))
  }

  /// Collapse counts after a fifth of the steps: an untrained network looks collapsed too.
  func health(_ images: Tensor, share: Double) -> Health {
    let statistics = CollapseStatistics(
      projector(network.embedding(images, .evaluate), .evaluate))
    return Health(
      metrics: [
        "spread": statistics.spread, "effective_rank": statistics.effectiveRank,
        "mean_cosine": statistics.meanCosine,
      ],
      isHealthy: share < 0.2 || !statistics.hasCollapsed)
  }

  var failure: (what: String, remedy: String) {
    (
      "pretraining tells images no longer apart",
      "lower baseRate, raise batch or method.simclr.temperature, or check the modality of the "
        + "augmentation"
    )
  }
}

/// Linear, batch normalisation, ReLU, linear: what the contrastive loss reads.
struct ProjectionHead {
  private let first: Linear
  private let normalization: BatchNorm1d
  private let second: Linear

  init(_ inputs: Int, hidden: Int, output: Int, in scope: Scope) {
    first = Linear(inputs, hidden, bias: false, in: scope(0))
    normalization = BatchNorm1d(hidden, in: scope(1))
    second = Linear(hidden, output, in: scope(3))
  }

  func callAsFunction(_ x: Tensor, _ pass: Pass) -> Tensor {
    second(normalization(first(x), pass).relu())
  }
}
