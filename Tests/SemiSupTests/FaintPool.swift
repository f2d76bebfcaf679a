import Base
import Foundation
import Models
import NN
import SemiSup
import Torch
import Training

/// Sixty images of a faint disc in noise, a tenth of them labelled: hard enough for a network to be
/// unsure.
enum FaintPool {
  static let size = 32
  static let key = RandomKey(seed: 17)
  static let labelled = Array(0..<6)
  static let unlabelled = Array(6..<60)
  static let normalization = Normalization.half(channels: 1)

  static let pixels = PixelArray(
    Dictionary(uniqueKeysWithValues: (0..<60).map { ($0, image($0)) }), channels: 1, height: size,
    width: size)

  static let masks = MaskArray(
    Dictionary(uniqueKeysWithValues: labelled.map { ($0, mask($0)) }), height: size, width: size)

  /// The true map of an item.
  static func mask(_ item: Int) -> [UInt8] {
    let draw = key.folding("disc").folding(item)
    let (row, column) = (8 + 16 * draw.folding(0).uniform(), 8 + 16 * draw.folding(1).uniform())
    let radius = 4 + 4 * draw.folding(2).uniform()
    return (0..<size * size).map { place in
      hypot(Double(place / size) - row, Double(place % size) - column) < radius ? 1 : 0
    }
  }

  private static func image(_ item: Int) -> [UInt8] {
    var noise = key.folding("noise").folding(item).generator()
    return mask(item).map { UInt8(70 + 30 * Double($0) + 90 * noise.uniform()) }
  }

  static func network(widthFactor: Double = 0.25) throws -> Network {
    try Network(
      ModelConfiguration(
        architecture: .unetPlain, classes: 2, channels: 1, imageSize: size,
        widthFactor: widthFactor),
      key: key)
  }

  /// Trains with batches of labelled and of unlabelled images.
  static func train(
    _ network: Network, labelled: [Int] = labelled, steps: Int, _ loss: (StepContext) -> Tensor
  ) throws {
    func stream(_ items: [Int], _ targets: Targets) -> BatchStream {
      BatchStream(
        BatchSampler(items, batch: min(6, items.count), key: key.folding("order")), pixels: pixels,
        targets: targets, normalization: normalization)
    }
    _ = try TrainingLoop(
      TrainingPlan(label: "faint", steps: steps),
      state: TrainingState(
        store: network.store,
        optimizer: AdamW(network.store.groups { _ in 1 }, learningRate: 3e-3, weightDecay: 0)),
      loader: BatchLoader([stream(labelled, .masks(masks)), stream(unlabelled, .none)]), key: key
    ).run { StepLoss(loss($0)) }
  }

  /// A network that has seen the labels alone.
  static func start(labelled: [Int] = labelled, widthFactor: Double = 0.25) throws -> Network {
    let network = try network(widthFactor: widthFactor)
    try train(network, labelled: labelled, steps: 60) {
      Loss.segmentation(
        network.logits($0.batch.images, $0.pass), $0.batch.masks ?? Tensor.zeros([0]))
    }
    return network
  }

  /// Of the unlabelled images: the Dice of the foreground, all pixels together, and its area over the
  /// true one.
  static func measure(_ network: Network) throws -> (dice: Double, area: Double) {
    let inference = PoolInference(pixels, normalization: normalization)
    let predicted = try inference.rows(unlabelled) {
      network.logits($0, .evaluate).argmax(dim: 1).to(.float32)
    }.values
    let truth = unlabelled.flatMap { mask($0).map { Float($0) } }
    let overlap = Double(zip(predicted, truth).reduce(0) { $0 + $1.0 * $1.1 })
    let (mine, all) = (Double(predicted.reduce(0, +)), Double(truth.reduce(0, +)))
    return (2 * overlap / (mine + all), mine / all)
  }
}
