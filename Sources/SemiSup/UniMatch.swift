public import Base
import Models
import NN
package import Torch
import Training

/// One weak view labels two strong views and itself with half of its features dropped.
///
/// Yang, Qi, Feng, Zhang, Shi. *Revisiting Weak-to-Strong Consistency in Semi-Supervised Semantic
/// Segmentation.* CVPR 2023. <https://arxiv.org/abs/2208.09910>
///
/// L = ½ [L_x + ¼ D(s₁) + ¼ D(s₂) + ½ D(f)]. Maps: D is the soft Dice against the weak view's classes
/// over the believed pixels alone; boxes of a second unlabelled batch are mixed into the strong views
/// and, at the same places, into their labels (``CutMix``). Images: D is the cross-entropy of the
/// believed ones over all, without boxes.
///
/// - Reads: two batches of unlabelled images a step, in calibrated probabilities of the student
///   itself in evaluation mode.
/// - Cost: five passes an unlabelled image, two of them without gradient (images: four and one).
/// - Randomness: views, boxes and dropped features of the step.
/// - Departures: exposure instead of colour is varied, as the modality bears it; in maps nothing is
///   believed beside a contour.
public struct UniMatch: SemiSupMethod {
  static let card = MethodCard(
    "a weak view labels two strong views and dropped features",
    cost: "5 passes an unlabelled image",
    regime: "segmentation with a GPU", paper: "Yang et al. 2023")
  /// Settings.
  public struct Settings: Codable, Sendable, Equatable, Validatable, Documented {
    /// When a prediction is believed.
    public var threshold = ThresholdChoice.fixed(.init())
    /// The share of features that is dropped.
    public var dropout = 0.5
    /// λ beside the method's own shares.
    public var weight = 1.0

    /// The defaults.
    public init() {}

    /// What each key means.
    public static let documentation = [
      "threshold": "When a prediction is believed; 0.85 where less than a third is kept.",
      "dropout": "Share of the encoder's channels that are dropped in the feature stream.",
      "weight": "Weight of the three unlabelled streams together.",
    ]

    /// What is out of range.
    public func faults() -> [String] {
      MethodFaults.rising(weight, 0)
        + ((0..<1).contains(dropout) ? [] : ["dropout must lie in 0 ..< 1"])
    }
  }

  let student: Network
  let unlabelled: [Int]
  private let settings: Settings
  private let labeller: ViewLabeller

  var streams: Int { student.isSegmentation ? 2 : 1 }
  var extras: [(name: String, tensor: Tensor)] { labeller.threshold.extras }

  init(_ settings: Settings, _ setup: MethodSetup) throws {
    self.settings = settings
    student = try setup.start.copy(on: setup.images.device)
    unlabelled = setup.request.unlabelled
    labeller = ViewLabeller(
      threshold: settings.threshold.make(setup), temperature: setup.calibration.temperature)
  }

  func weight(_ step: StepContext) -> Double { settings.weight }

  func terms(_ step: SemiSupStep) -> StepTerms {
    let seen = step.weak()
    let believed = labeller.labels(student, seen)
    let strong =
      student.isSegmentation
      ? mixed(step, seen, believed) : (1...2).map { (step.strong(seen, view: $0).images, believed) }
    let (known, logits) = step.learn(student, beside: cat(strong.map(\.0), dim: 0))
    let views = logits.chunk(2, dim: 0)
    let dropped = student.logits(
      seen.images, step.pass("features"),
      perturbing: FeatureDropout(settings.dropout, key: step.context.key).dropping)
    let unknown = Self.loss(
      views: [(views[0], strong[0].1), (views[1], strong[1].1)], dropped: (dropped, believed))
    let fairness = labeller.threshold.fairness(views[0], weights: believed.weights)
    return StepTerms(
      known: known * 0.5, unknown: (fairness.map { unknown + $0 } ?? unknown) * 0.5,
      labels: believed.counted(absent: step.absent), logs: [("mask", believed.weights.mean())])
  }

  /// Two strong views with boxes of the second batch, and the labels that go with them.
  private func mixed(
    _ step: SemiSupStep, _ seen: ImageBatch, _ believed: ViewLabels
  ) -> [(Tensor, ViewLabels)] {
    let second = step.weak(1)
    let others = labeller.labels(student, second)
    return (1...2).map { view in
      let (one, other) = (step.strong(seen, view: view), step.strong(second, view: view))
      let mix = CutMix(
        keys: seen.keys.map { $0.folding("box").folding(view) }, height: seen.pixels.shape[2],
        width: seen.pixels.shape[3], device: seen.pixels.device)
      return (
        mix(one.images, other.images),
        ViewLabels(
          labels: mix(believed.labels, others.labels),
          weights: mix(believed.weights, others.weights))
      )
    }
  }

  /// ¼ D(s₁) + ¼ D(s₂) + ½ D(dropped features), of which L_u is half.
  ///
  /// - Parameters:
  ///   - views: logits `[B, C]` or `[B, C, H, W]` of both strong views, and what they are to show.
  ///   - dropped: the same of the weak view with dropped features.
  /// - Returns: a scalar.
  package static func loss(
    views: [(logits: Tensor, labels: ViewLabels)], dropped: (logits: Tensor, labels: ViewLabels)
  ) -> Tensor {
    views.reduce(distance(dropped.logits, dropped.labels) * 0.5) {
      $0 + distance($1.logits, $1.labels) * 0.25
    }
  }

  private static func distance(_ logits: Tensor, _ believed: ViewLabels) -> Tensor {
    guard logits.rank == 4 else {
      return FixMatch.loss(logits, believed.labels, weights: believed.weights, norm: .all)
    }
    return Loss.softDice(
      logits.softmax(dim: 1), believed.labels,
      keep: withoutGradients { believed.weights.ge(0.5) })
  }
}

extension UniMatch.Settings: MethodSettings {
  func make(_ setup: MethodSetup) throws -> any SemiSupMethod { try UniMatch(self, setup) }
}

/// Drops whole channels of every map between encoder and decoder, or features before a head.
struct FeatureDropout {
  private let probability: Double
  private let key: RandomKey

  init(_ probability: Double, key: RandomKey) {
    self.probability = probability
    self.key = key.folding("feature dropout")
  }

  /// What a network's features go through in one pass, each map with a mask of its own.
  var dropping: (Tensor) -> Tensor {
    var level = 0
    return { features in
      level += 1
      guard probability > 0 else { return features }
      let ones = [Int](repeating: 1, count: features.rank - 2)
      let mask = withoutGradients {
        Tensor.bernoulli(
          Array(features.shape.prefix(2)) + ones, p: 1 - probability,
          generator: Generator(key.folding(level), device: features.device),
          device: features.device
        ).div_(1 - probability).to(features.dtype)
      }
      return features * mask
    }
  }
}
