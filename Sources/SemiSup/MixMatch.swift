public import Base
import Models
import NN
package import Torch
import Training

/// Averaged and sharpened guesses, and mixtures of all images.
///
/// Berthelot et al. *MixMatch.* NeurIPS 2019. <https://arxiv.org/abs/1905.02249>
///
/// Two weak views of an unlabelled image are predicted, their mean sharpened to q ∝ p̄^(1 / T). Labelled
/// images with one-hot targets and both views with q are mixed with a random order of themselves,
/// x ← l x + (1 − l) x′ with l = max(l₀, 1 − l₀), l₀ ~ Beta(α, α), targets alike. L_x is the
/// cross-entropy of the labelled rows, L_u the mean squared difference of the others.
///
/// - Reads: all unlabelled images, in probabilities of the student itself in evaluation mode.
/// - Result: the moving average of the student.
/// - Cost: four passes an unlabelled image, two of them without gradient.
/// - Randomness: views, order and mixtures of the step.
/// - Departures: running statistics stay as they are, so batches need not be interleaved.
public struct MixMatch: SemiSupMethod {
  static let card = MethodCard(
    "sharpened guesses and mixtures of all images; for classification",
    cost: "4 passes an unlabelled image",
    regime: "the steadiest on medical images, 100 labels and more",
    paper: "Berthelot et al. 2019")
  /// Settings.
  public struct Settings: Codable, Sendable, Equatable, Validatable, Documented {
    /// T.
    public var temperature = 0.5
    /// α.
    public var alpha = 0.75
    /// The final λ.
    public var weight = 75.0
    /// The share of the steps over which it rises, in a straight line.
    public var ramp = 0.3
    /// The average's momentum; nil: 0.99, beyond 10,000 steps 0.999.
    public var momentum: Double?

    /// The defaults.
    public init() {}

    /// What each key means.
    public static let documentation = [
      "temperature": "What guesses are sharpened by: below 1 they become surer.",
      "alpha": "How evenly images are mixed: 0.2 hardly, 0.9 much.",
      "weight": "Final weight of the guesses' loss; 8 to 38 served medical images well.",
      "ramp": "Share of the steps over which that weight rises, in a straight line.",
      "momentum": "Momentum of the average that comes out; null: 0.99, beyond 10,000 steps 0.999.",
    ]

    /// What is out of range.
    public func faults() -> [String] {
      MethodFaults.rising(weight, ramp) + MethodFaults.momentum(momentum)
        + (temperature > 0 && alpha > 0 ? [] : ["temperature and alpha must be above 0"])
    }
  }

  let student: Network
  let average: AveragedNetwork?
  let unlabelled: [Int]
  private let settings: Settings
  private let classes: Int

  init(_ settings: Settings, _ setup: MethodSetup) throws {
    self.settings = settings
    classes = setup.classes
    student = try setup.start.copy(on: setup.images.device)
    average = try AveragedNetwork(
      following: student, limit: AveragedNetwork.limit(settings.momentum, steps: setup.steps))
    unlabelled = setup.request.unlabelled
  }

  func weight(_ step: StepContext) -> Double { settings.weight * step.linearRamp(settings.ramp) }

  func terms(_ step: SemiSupStep) -> StepTerms {
    let views = [step.weak(), step.weak(view: 1)]
    let guess = withoutGradients {
      Self.sharpened(
        (student.probabilities(views[0].images) + student.probabilities(views[1].images)) * 0.5,
        temperature: settings.temperature)
    }
    guard let labels = step.labelled.labels else {
      preconditionFailure("a batch of the labelled stream has no labels")
    }
    let oneHot = labels.oneHot(classes: classes).to(guess.dtype)
    let mix = withoutGradients {
      Self.mixed(
        cat([step.labelled.images] + views.map(\.images), dim: 0),
        cat([oneHot, guess, guess], dim: 0), alpha: settings.alpha,
        key: step.context.key.folding("mix"))
    }
    let logits = student.logits(mix.images, step.pass())
    let (count, all) = (step.labelled.items.count, mix.images.shape[0])
    func known(_ x: Tensor) -> Tensor { x.narrow(dim: 0, start: 0, length: count) }
    func others(_ x: Tensor) -> Tensor { x.narrow(dim: 0, start: count, length: all - count) }
    return StepTerms(
      known: Loss.crossEntropy(known(logits), probabilities: known(mix.targets)),
      unknown: Loss.meanSquared(others(logits).softmax(dim: 1), others(mix.targets)),
      labels: guess.argmax(dim: 1))
  }

  /// p^(1 / T), made to sum to 1.
  package static func sharpened(_ probabilities: Tensor, temperature: Double) -> Tensor {
    let powers = probabilities.pow(1 / temperature)
    return powers / powers.sum(dim: [1], keepdim: true)
  }

  /// Rows mixed with a random order of themselves, each at least half itself.
  ///
  /// - Parameters:
  ///   - images: `[N, C, H, W]`.
  ///   - targets: `[N, K]`.
  ///   - alpha: of the Beta distribution.
  ///   - key: of order and shares.
  /// - Returns: both in the shapes given.
  package static func mixed(
    _ images: Tensor, _ targets: Tensor, alpha: Double, key: RandomKey
  ) -> (images: Tensor, targets: Tensor) {
    let count = images.shape[0]
    let order = Tensor(key.folding("order").permutation(count), [count]).to(images.device)
    let generator = Generator(key.folding("shares"))
    let gammas = Tensor.full([2, count], alpha).standardGamma(generator: generator)
    let first = gammas.select(dim: 0, index: 0)
    let drawn = (first / gammas.sum(dim: [0]).clamp(min: 1e-12)).to(images.device)
    let share = drawn.maximum(1 - drawn)
    func mix(_ x: Tensor) -> Tensor {
      let weights = share.reshape([count] + [Int](repeating: 1, count: x.rank - 1)).to(x.dtype)
      return x * weights + x.indexSelect(dim: 0, index: order) * (1 - weights)
    }
    return (mix(images), mix(targets))
  }
}

extension MixMatch.Settings: MethodSettings {
  func objection(to model: ModelConfiguration) -> Objection? {
    model.architecture.isSegmentation
      ? Objection(
        what: "mixmatch mixes images and their classes, and a mixture of maps is no map",
        remedy: "use fixmatch, unimatch or mean-teacher for segmentation")
      : nil
  }

  func momentum(steps: Int) -> Double? { AveragedNetwork.limit(momentum, steps: steps) }

  func make(_ setup: MethodSetup) throws -> any SemiSupMethod { try MixMatch(self, setup) }
}
