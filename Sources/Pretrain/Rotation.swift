public import Base
import Foundation
import Models
import NN
package import Torch
import Training

/// Telling by how many quarter turns an image was rotated.
///
/// Gidaris, Singh, Komodakis. *Unsupervised Representation Learning by Predicting Image Rotations.*
/// ICLR 2018. <https://arxiv.org/abs/1803.07728>
///
/// L = mean over images and turns k = 0 … 3 of −ln softmax(W h(Rₖ x) + b)ₖ; all four turns of an
/// image stand in one batch.
///
/// - Reads: images `[B, C, H, W]` that have a way up.
/// - Cost: four passes an image.
/// - Randomness: the view of an image is drawn from its own key; the turns are not drawn.
/// - Gate: a tenth of the images, in whole groups, is held out. Where their turns are named with
///   less than 0.4 accuracy after a fifth of the steps (and 100 of them), images have no way up;
///   where above 0.99 within two epochs or at the first check (and a tenth of the steps), something
///   else than the contents gives it away: text, the outline of the field of view. Either way the
///   run stops.
/// - Departures: the rate is that of all four turns, 4 B; views are crops, intensities and allowed
///   flips, without turns of their own.
public struct Rotation: PretrainMethod {
  /// Settings: there are none.
  public struct Settings: Codable, Sendable, Equatable, Documented {
    /// The one value.
    public init() {}

    /// No keys.
    public static let documentation: [String: String] = [:]
  }

  let heads: [(name: String, store: ParameterStore)]
  private let context: PretrainContext
  private let network: Network
  private let head: Linear
  private let turnedViews: Augmentation

  init(_ context: PretrainContext) {
    network = context.network
    let store = ParameterStore(device: network.store.device)
    head = Linear(network.width, 4, in: store.scope(key: context.key.folding("turns")))
    heads = [("turns", store)]
    var views = context.views
    views.rotation = 0
    turnedViews = views
    self.context = context
  }

  func optimizer(slowing: Double) -> any Optimizer {
    context.optimizer(heads, slowing: slowing / 4)
  }

  func loss(_ step: StepContext) -> StepLoss {
    let images = step.batch.augmented(turnedViews).images
    return StepLoss(Loss.crossEntropy(turns(of: images, step.pass), Self.truth(images)))
  }

  func health(_ images: Tensor, share: Double) -> Health {
    let named = turns(of: images, .evaluate).argmax(dim: 1).eq(Self.truth(images))
    let accuracy = named.to(.float32).mean().item()
    let configuration = context.configuration
    let steps = configuration.steps
    let epochs = max(2 * context.images / context.batch, configuration.checkEvery)
    return Health(
      metrics: ["rotation_accuracy": accuracy],
      isHealthy: !context.judges(share, from: 0.5) || accuracy > 0.3,
      stop: Self.refusal(
        accuracy, step: Int((share * Double(steps)).rounded()), of: steps,
        early: min(epochs, steps / 10)))
  }

  var failure: (what: String, remedy: String) {
    (
      "pretraining tells the turns of images hardly better than by chance",
      "raise baseRate or steps, or use method simclr or vicreg"
    )
  }

  /// Judges the task by held-out accuracy.
  ///
  /// - Parameters:
  ///   - accuracy: of naming one of four turns, 0 to 1.
  ///   - step: steps done.
  ///   - steps: of the whole run.
  ///   - early: steps after which ease is no longer suspect.
  /// - Returns: why the task teaches nothing; nil where it may go on.
  package static func refusal(
    _ accuracy: Double, step: Int, of steps: Int, early: Int
  ) -> Diagnostic? {
    let measured = String(
      format: "(accuracy %.3f on held-out images after %d steps)", accuracy, step)
    if step >= max(steps / 5, 100), accuracy < 0.4 {
      return Diagnostic(
        "the images seem to have no way up: their turns cannot be told \(measured)",
        at: "method.rotation", fix: "use method simclr or vicreg, which ask for no orientation")
    }
    if step > 0, step <= early, accuracy > 0.99 {
      return Diagnostic(
        "the turns are told too easily to teach anything \(measured): by text, a ruler or the "
          + "outline of the field of view", at: "method.rotation",
        fix: "crop such marks away before import, or use method simclr")
    }
    return nil
  }

  /// The four turns of every image, `[B, C, H, W] → [4 B, C, H, W]`: all unturned ones first, then
  /// all by 90° against the clock, and so on.
  package static func turned(_ images: Tensor) -> Tensor {
    cat((0..<4).map { images.rot90($0, dims: [2, 3]) }, dim: 0)
  }

  /// Which turn each row of ``turned(_:)`` has, `[4 B]`.
  private static func truth(_ images: Tensor) -> Tensor {
    let count = images.shape[0]
    return Tensor((0..<4 * count).map { $0 / count }, [4 * count], device: images.device)
  }

  private func turns(of images: Tensor, _ pass: Pass) -> Tensor {
    head(network.embedding(Self.turned(images), pass))
  }
}

extension Rotation.Settings: PretrainSettings {
  static let name = "rotation"
  static let card = MethodCard(
    "names the quarter turn of an image; only where images have a way up",
    cost: "4 passes an image", regime: "X-ray, fundus, brain slices; never skin or tissue",
    paper: "Gidaris, Singh, Komodakis 2018")
  static let networks = NetworkDemand.classifier
  static let holdsOut = true

  /// Where a modality has no way up, turns tell nothing: its views are turned themselves.
  func faults(in configuration: PretrainConfiguration) -> [String] {
    let policy = configuration.augmentation
    guard policy.contrastive(size: configuration.model.imageSize).quarterTurns else { return [] }
    return [
      "method rotation wants images with a way up, which \(policy.modality.rawValue) images have "
        + "not: use simclr, byol or vicreg"
    ]
  }

  func method(_ context: PretrainContext) -> any PretrainMethod { Rotation(context) }
}
