public import Base
import Foundation
import Models
import NN
import Torch
import Training

/// Restoring corrupted images with encoder and decoder, both of which are kept.
///
/// After *Models Genesis* (Zhou et al., Medical Image Analysis 2021; see ``ImageCorruption``), in
/// two dimensions.
///
/// - Reads: images `[B, C, H, W]`.
/// - Loss: mean squared error between the restored image and the image, in intensities from 0 to 1.
///   The network's output is read in the pool's own units, restored = mean + deviation · output.
/// - Health: from half of the steps on the restoration of a fixed set must come closer to the images
///   than the corrupted images themselves, by 3 decibels.
/// - Departures: AdamW (the paper: SGD, rate 1). No sigmoid at the output, which there begins at a
///   uniform grey and passes on at most a quarter of the gradient; in the pool's units training
///   begins at the mean image. No dropout. The last layer is made anew for the task.
public struct DecoderRestore: PretrainMethod {
  /// Settings.
  public struct Settings: Codable, Sendable, Equatable, Documented {
    /// What images go through.
    public var corruption = ImageCorruption()

    /// The defaults.
    public init() {}

    /// What each key means.
    public static let documentation = ["corruption": "What images go through."]
  }

  let heads: [(name: String, store: ParameterStore)] = []
  let learnsDecoder = true
  private let configuration: PretrainConfiguration
  private let corruption: ImageCorruption
  private let normalization: Normalization
  private let network: Network
  private let key: RandomKey

  init(_ settings: Settings, _ context: PretrainContext) {
    configuration = context.configuration
    corruption = settings.corruption
    normalization = context.normalization
    network = context.network
    key = context.key
  }

  func optimizer(slowing: Double) -> any Optimizer {
    AdamW(
      network.store.groups(), learningRate: configuration.adamRate / slowing,
      weightDecay: configuration.weightDecay)
  }

  func loss(_ step: StepContext) -> StepLoss {
    let batch = step.batch
    let corrupted = corrupt(batch.pixels, keys: batch.keys)
    return StepLoss(Loss.meanSquared(restored(corrupted, step.pass), batch.pixels))
  }

  func health(_ images: Tensor, share: Double) -> Health {
    let pixels = normalization.inverse(images)
    let keys = (0..<pixels.shape[0]).map { key.folding("health").folding($0) }
    let corrupted = corrupt(pixels, keys: keys)
    let psnr = decibels(restored(corrupted, .evaluate), pixels)
    let identity = decibels(corrupted, pixels)
    return Health(
      metrics: ["psnr": psnr, "psnr_of_corrupted": identity],
      isHealthy: share < 0.5 || psnr >= identity + Self.leastGain)
  }

  /// Decibels that a restoration must gain; filling in the mean grey gains some already.
  private static let leastGain = 3.0

  var failure: (what: String, remedy: String) {
    (
      "pretraining restores images hardly better than they were corrupted",
      "raise adamRate or steps, or lower the shares of method.decoder-restore.corruption"
    )
  }

  private func restored(_ corrupted: Tensor, _ pass: Pass) -> Tensor {
    normalization.inverse(network.logits(normalization(corrupted), pass))
  }

  private func corrupt(_ pixels: Tensor, keys: [RandomKey]) -> Tensor {
    let shape = pixels.shape
    let size = shape[1] * shape[2] * shape[3]
    let values = pixels.to(.cpu).floats()
    var result: [Float] = []
    result.reserveCapacity(values.count)
    for (index, key) in keys.enumerated() {
      result += corruption(
        Array(values[index * size..<(index + 1) * size]), channels: shape[1], height: shape[2],
        width: shape[3], key: key)
    }
    return Tensor(result, shape).to(pixels.device)
  }

  private func decibels(_ a: Tensor, _ b: Tensor) -> Double {
    -10 * log10(max(Loss.meanSquared(a, b).item(), 1e-12))
  }
}

extension DecoderRestore.Settings: PretrainSettings {
  static let name = "decoder-restore"
  static let card = MethodCard(
    "restores corrupted images, encoder and decoder; for segmentation",
    cost: "1 pass an image of encoder and decoder", regime: "masks of 100 images and fewer",
    paper: "after Zhou, Sodha, Pang, Gotway, Liang 2021")
  static let networks = NetworkDemand.segmentation(
    because: "it learns a decoder, which a classification network has not",
    otherwise: "simclr, byol or vicreg for a classification network")

  func method(_ context: PretrainContext) -> any PretrainMethod { DecoderRestore(self, context) }
}
