public import Base
import Foundation
import Models
import NN
package import Torch
import Training

/// Self-distillation: a student tells from any crop what its own average tells from a large one.
///
/// Caron, Touvron, Misra, Jégou, Mairal, Bojanowski, Joulin. *Emerging Properties in Self-Supervised
/// Vision Transformers.* ICCV 2021. <https://arxiv.org/abs/2104.14294>, algorithm 1.
///
/// With cosines s and t of student and teacher with K prototypes,
/// L = mean over teacher's crops i and student's crops j ≠ i, and over images, of
/// −Σₖ softmax((tᵢ − c) / τₜ)ₖ ln softmax(sⱼ / τₛ)ₖ. The centre c ← 0.9 c + 0.1 · mean of t, after
/// the loss.
///
/// - Reads: images `[B, C, H, W]`, ``MultiCrop``.
/// - Cost: two passes of the student on large crops, one a small one (a quarter of the pixels), and
///   two of the teacher without gradients.
/// - Randomness: crops are drawn from each image's own key.
/// - Health: besides ``CollapseStatistics`` of the unit vectors, the teacher must not put all images
///   to one prototype (entropy of the mean distribution, below 0.1 of ln K), nor all to all alike
///   (mean entropy, above 0.98 of ln K).
/// - Settings of the paper: K 65,536, hidden 2,048, 8 small crops of 0.05 to 0.4 of the area, rate
///   5e-4 at a batch of 256, decay 0.04 rising to 0.4.
/// - Departures: K goes with the pool, clamp(2^round(log₂(N / 2)), 256, 4096): more prototypes than
///   images are noise to the centre. Decay and rate are the stage's. Prototypes stand still for the
///   first epoch, but no longer than a tenth of the steps.
public struct DINO: PretrainMethod {
  let heads: [(name: String, store: ParameterStore)]
  let teacher: Teacher?
  let extras: [(name: String, tensor: Tensor)]
  let clipNorm = 3.0
  private let settings: Settings
  private let context: PretrainContext
  private let student: Encoder<PrototypeHead>
  private let target: Encoder<PrototypeHead>
  private let centre: Tensor
  private let crops: MultiCrop
  private let frozenSteps: Int

  init(_ settings: Settings, _ context: PretrainContext) throws {
    let prototypes = settings.prototypes ?? Self.prototypes(images: context.images)
    let network = context.network
    student = Encoder(network, key: context.key.folding("prototypes")) { scope in
      PrototypeHead(
        network.width, hidden: settings.hidden, bottleneck: settings.bottleneck,
        prototypes: prototypes, in: scope)
    }
    let steps = context.configuration.steps
    (target, teacher) = try student.target(
      momentum: TargetMomentum.rising(settings.momentum, steps: steps))
    heads = [("head", student.store)]
    centre = Tensor.zeros([prototypes], device: network.store.device)
    extras = [("centre", centre)]
    crops = MultiCrop(
      context.configuration.augmentation, count: settings.smallCrops, model: network.configuration)
    frozenSteps = min(max(1, context.images / context.batch), steps / 10)
    (self.settings, self.context) = (settings, context)
  }

  /// Prototypes for a pool: clamp(2^round(log₂(N / 2)), 256, 4096).
  package static func prototypes(images: Int) -> Int {
    let power = log2(Double(max(images, 2)) / 2).rounded()
    return min(max(Int(exp2(power)), 256), 4096)
  }

  var views: Augmentation? { crops.large }

  func optimizer(slowing: Double) -> any Optimizer {
    context.optimizer(heads, slowing: slowing)
  }

  func loss(_ step: StepContext) -> StepLoss {
    let (large, small) = crops(step.batch)
    let seen = [large, small].compactMap(\.self).map { student.network.embedding($0, step.pass) }
    let cosines = student.head.cosines(
      student.head.bottleneck(cat(seen, dim: 0)), isFrozen: step.step < frozenSteps)
    let targets = withoutGradients { taught(large, step.pass) }
    let count = step.batch.items.count
    let loss = Self.loss(
      student: cosines.split(count), teacher: targets.split(count), centre: centre,
      temperatures: (settings.temperature, teacherTemperature(step.share)))
    withoutGradients { Self.move(centre, by: targets) }
    return StepLoss(loss)
  }

  /// The loss of a batch.
  ///
  /// - Parameters:
  ///   - student: cosines of its crops, `[B, K]` each; the teacher's crops are the first of them.
  ///   - teacher: cosines of the teacher's crops.
  ///   - centre: c, `[K]`.
  ///   - temperatures: τₛ and τₜ.
  /// - Returns: a scalar.
  package static func loss(
    student: [Tensor], teacher: [Tensor], centre: Tensor,
    temperatures: (student: Double, teacher: Double)
  ) -> Tensor {
    let targets = teacher.map {
      (($0.detach() - centre) / temperatures.teacher).softmax(dim: 1)
    }
    let terms = targets.enumerated().flatMap { i, target in
      student.enumerated().filter { $0.offset != i }.map {
        Loss.crossEntropy($0.element / temperatures.student, probabilities: target)
      }
    }
    return stack(terms, dim: 0).mean()
  }

  /// c ← 0.9 c + 0.1 · the mean of `[n, K]` cosines, in place.
  package static func move(_ centre: Tensor, by cosines: Tensor) {
    _ = centre.lerp_(cosines.mean(dim: [0]), weight: 0.1)
  }

  func health(_ images: Tensor, share: Double) -> Health {
    let vectors = target.head.bottleneck(target.network.embedding(images, .evaluate))
    let shares = ((target.head.cosines(vectors) - centre) / teacherTemperature(share))
      .softmax(dim: 1)
    let most = log(Double(centre.count))
    let each = Loss.entropies(shares).mean().item() / most
    let all = Loss.entropies(shares.mean(dim: [0], keepdim: true)).item() / most
    let statistics = CollapseStatistics(vectors)
    var health = Health(statistics, share: share)
    health.metrics["image_entropy"] = each
    health.metrics["mean_entropy"] = all
    let isWell = !statistics.hasCollapsed && all > 0.1 && each < 0.98
    health.isHealthy = isWell || !context.judges(share, from: 0.2)
    return health
  }

  var failure: (what: String, remedy: String) {
    (
      "pretraining puts all images to the same prototypes",
      "use method vicreg or byol, which have none; or lower the rate, raise batch, or check the "
        + "modality of the augmentation"
    )
  }

  /// τₜ, which rises in equal parts over the first three tenths of the steps.
  private func teacherTemperature(_ share: Double) -> Double {
    let (first, last) = (settings.teacherTemperature, settings.warmTemperature)
    return first + (last - first) * min(share / 0.3, 1)
  }

  /// The teacher's cosines; it normalises by its batch, where its network does.
  private func taught(_ images: Tensor, _ pass: Pass) -> Tensor {
    let drops = NetworkDemand.Kind(context.configuration.model.architecture) == .transformer
    let embedding = target.network.embedding(images, drops ? .evaluate : pass)
    return target.head.cosines(target.head.bottleneck(embedding))
  }
}

extension DINO {
  /// Settings.
  public struct Settings: Codable, Sendable, Equatable, Validatable, Documented {
    /// Prototypes K; nil: by the number of images.
    public var prototypes: Int?
    /// Features of the head's hidden layers.
    public var hidden = 512
    /// Features of the unit vectors.
    public var bottleneck = 256
    /// Small crops of an image.
    public var smallCrops = 4
    /// τₛ.
    public var temperature = 0.1
    /// τₜ of the first step.
    public var teacherTemperature = 0.04
    /// τₜ from three tenths of the steps on.
    public var warmTemperature = 0.04
    /// First weight of the teacher's past; nil: by the number of steps.
    public var momentum: Double?

    /// The defaults.
    public init() {}

    /// What each key means.
    public static let documentation = [
      "prototypes": "Prototypes K; null: a power of two near half the images, 256 to 4096.",
      "hidden": "Features of the head's hidden layers.",
      "bottleneck": "Features of the unit vectors that prototypes are compared with.",
      "smallCrops": "Small crops of an image beside the two large ones; 0 is twice as fast.",
      "temperature": "The student's temperature.",
      "teacherTemperature": "The teacher's temperature in the first step.",
      "warmTemperature":
        "The teacher's temperature from three tenths of the steps on; up to 0.07 where it is stable.",
      "momentum": TargetMomentum.documentation,
    ]

    /// What is out of range.
    public func faults() -> [String] {
      var faults = TargetMomentum.faults(momentum, of: "dino")
      if let prototypes, prototypes < 2 { faults.append("dino: prototypes must be at least 2") }
      if hidden < 1 || bottleneck < 1 || smallCrops < 0 {
        faults.append("dino: hidden and bottleneck must be above 0, smallCrops at least 0")
      }
      if temperature <= 0 || teacherTemperature <= 0 || warmTemperature <= 0 {
        faults.append("dino: temperatures must be above 0")
      }
      return faults
    }
  }
}

extension DINO.Settings: PretrainSettings {
  static let name = "dino"
  static let card = MethodCard(
    "a crop must tell what the network's own average tells from another",
    cost: "5 passes an image with 4 small crops", regime: "5,000 images and more, or given weights",
    paper: "Caron, Touvron, Misra, Jégou, Mairal, Bojanowski, Joulin 2021")
  static let networks = NetworkDemand.classifier

  func method(_ context: PretrainContext) throws -> any PretrainMethod {
    try DINO(self, context)
  }
}
