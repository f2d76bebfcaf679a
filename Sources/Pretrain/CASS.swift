public import Base
public import Models
import NN
package import Torch
import Training

/// A convolutional network and a transformer look at one image, and are to say the same of it.
///
/// Singh, Sizikova, Cirrone. *CASS: Cross Architectural Self-Supervision for Medical Image Analysis.*
/// NeurIPS workshops 2022. <https://arxiv.org/abs/2206.04170>; Singh, Cirrone, MLHC 2023.
///
/// L = mean over images of 2 − 2 cos(f(x), g(x)), with the guard + ½ Σ over f and g of the mean over
/// features of max(0, 1 − √(variance + 10⁻⁴)) of √D · f(x) / ‖f(x)‖. Both networks learn; there is
/// no second view, no gradient is stopped, nothing repels.
///
/// - Reads: images `[B, C, H, W]`, one view each.
/// - Returns: two trunks, each of which can be fine-tuned.
/// - Cost: one pass of either network an image.
/// - Randomness: the view of an image is drawn from its own key.
/// - Settings of the paper: ImageNet weights on both sides, the thousand logits of their
///   classifiers as projections, 384 pixels, batch 16, Adam at 1e-3, no guard.
/// - Departures: equal constant outputs have a loss of 0, where the published loss leads from random
///   weights; the guard keeps from it: VICReg's variance term (Bardes, Ponce, LeCun, ICLR 2022), but
///   of directions, since lengths do not count here: on raw projections a growing common mean
///   satisfies the term while directions still collapse. Random networks begin as a bundle (spread
///   0.1), and the guard takes time: on four seeds of 200 steps the spread was 0.07 to 0.28 after a
///   fifth, 0.86 to 0.88 at the end. A small perceptron projects. Rates and decay are those of AdamW.
public struct CASS: PretrainMethod {
  let heads: [(name: String, store: ParameterStore)]
  let companions: [Network]
  private let settings: Settings
  private let context: PretrainContext
  private let sides: [Encoder<CASSHead>]
  private let isGuarded: Bool

  /// - Throws: what building the second network throws.
  init(_ settings: Settings, _ context: PretrainContext) throws {
    let model = settings.model(in: context.configuration)
    let partner = try Network(
      model, key: context.key.folding("partner"), device: context.network.store.device)
    if let start = context.companionStart { try partner.loadTrunk(start) }
    sides = [context.network, partner].map { network in
      Encoder(network, key: context.key.folding(network.configuration.architecture.rawValue)) {
        CASSHead(settings.head, inputs: network.width, in: $0)
      }
    }
    companions = [partner]
    heads = [
      ("projector", sides[0].store), ("partner", partner.store),
      ("partner-projector", sides[1].store),
    ]
    isGuarded = settings.guarding == .variance
    (self.settings, self.context) = (settings, context)
  }

  func optimizer(slowing: Double) -> any Optimizer {
    AdamW(
      ParameterStore(joining: [("", context.network.store)] + heads).groups(),
      learningRate: context.configuration.adamRate / slowing,
      weightDecay: context.configuration.weightDecay)
  }

  func loss(_ step: StepContext) -> StepLoss {
    let images = step.batch.augmented(context.views).images
    let (a, b) = (sides[0](images, step.pass), sides[1](images, step.pass))
    let distance = Loss.cosineDistance(a, b)
    guard isGuarded else { return StepLoss(distance) }
    let spread = (Self.guardTerm(a) + Self.guardTerm(b)) / 2
    return StepLoss(distance + spread, [("distance", distance), ("hinge", spread)])
  }

  /// The hinge on the spread of the directions of projections `[B, D]`: 0 where they are isotropic,
  /// 0.99 where all are one.
  package static func guardTerm(_ x: Tensor) -> Tensor {
    FeatureSpread.hinge(Loss.normalized(x) * Double(x.shape[1]).squareRoot())
  }

  /// Either network may collapse; the metrics are those of the one that spreads less.
  func health(_ images: Tensor, share: Double) -> Health {
    let statistics = sides.map { CollapseStatistics($0(images, .evaluate)) }
    let worst = statistics.min { $0.spread < $1.spread } ?? statistics[0]
    var health = Health(worst, share: share)
    health.isHealthy =
      !statistics.contains(where: \.hasCollapsed) || !context.judges(share, from: 0.2)
    return health
  }

  var failure: (what: String, remedy: String) {
    (
      "pretraining maps all images to almost one point, where both networks agree for nothing",
      isGuarded
        ? "use method vicreg, whose loss keeps projections apart; or lower adamRate, or raise batch"
        : "set method.cass.guarding to variance, give weights to start from, or use method vicreg"
    )
  }
}

extension CASS {
  /// What reads a trunk.
  public enum Head: String, Codable, Sendable, CaseIterable {
    /// A perceptron with 512 hidden features and 256 outputs.
    case mlp
    /// One linear map to 1000 numbers, as many as the classifiers of the paper have.
    case logits1000
  }

  /// What keeps projections apart.
  public enum Guarding: String, Codable, Sendable, CaseIterable {
    /// A hinge on the variance of every feature of both projections.
    case variance
    /// Nothing, as published: only from pretrained weights.
    case none
  }

  /// Settings.
  public struct Settings: Codable, Sendable, Equatable, Documented {
    /// The second network; of `model` and this one is convolutional, the other a transformer.
    public var partner = Architecture.vitTiny
    /// What the second network starts from: a file or a run; nil: from nothing.
    public var partnerWeights: String?
    /// What reads a trunk.
    public var head = Head.mlp
    /// What keeps projections apart.
    public var guarding = Guarding.variance

    /// The defaults.
    public init() {}

    /// What each key means.
    public static let documentation = [
      "partner": "The second network, in all else like model: a transformer beside a convolutional "
        + "network, or the other way round.",
      "partnerWeights": "What the second network starts from: a file or a run; null: from nothing.",
      "head":
        "What reads a trunk: mlp (512 hidden features, 256 outputs) or logits1000 (one linear "
        + "map, as published).",
      "guarding": "What keeps projections apart: variance, or none (as published; it needs "
        + "pretrained weights).",
    ]
  }
}

/// What reads a trunk in ``CASS``.
enum CASSHead {
  case perceptron(MLP)
  case linear(Linear)

  init(_ kind: CASS.Head, inputs: Int, in scope: Scope) {
    switch kind {
    case .mlp: self = .perceptron(MLP([inputs, 512, 256], ending: .affine, in: scope))
    case .logits1000: self = .linear(Linear(inputs, 1000, in: scope))
    }
  }

  func callAsFunction(_ x: Tensor, _ pass: Pass) -> Tensor {
    switch self {
    case .perceptron(let perceptron): perceptron(x, pass)
    case .linear(let linear): linear(x)
    }
  }
}

extension Encoder where Head == CASSHead {
  /// Projections of images `[B, C, H, W]`.
  func callAsFunction(_ images: Tensor, _ pass: Pass) -> Tensor {
    head(network.embedding(images, pass), pass)
  }
}

extension CASS.Settings: PretrainSettings {
  static let name = "cass"
  static let card = MethodCard(
    "a convolutional network and a transformer say the same of an image; both are kept",
    cost: "1 pass an image of two networks", regime: "small pools; from pretrained weights",
    paper: "Singh, Sizikova, Cirrone 2022")
  static let networks = NetworkDemand.classifier

  var companionWeights: String? { partnerWeights }

  /// The second network: as the first in all but its architecture.
  func model(in configuration: PretrainConfiguration) -> ModelConfiguration {
    var model = configuration.model
    model.architecture = partner
    return model
  }

  /// The two networks must be of different kinds, and the second one be possible.
  func faults(in configuration: PretrainConfiguration) -> [String] {
    let kinds = [configuration.model.architecture, partner].map { NetworkDemand.Kind($0) }
    if Set(kinds) == [.convolutional, .transformer] {
      let own = Set(configuration.model.faults())
      return model(in: configuration).faults().filter { !own.contains($0) }
        .map { "method cass, second network: \($0)" }
    }
    return [
      "method cass wants one convolutional network and one transformer, not "
        + "\(configuration.model.architecture.rawValue) and \(partner.rawValue): set "
        + "method.cass.partner to "
        + (kinds[0] == .transformer ? "resnet18" : "vit-tiny")
    ]
  }

  func method(_ context: PretrainContext) throws -> any PretrainMethod {
    try CASS(self, context)
  }
}
