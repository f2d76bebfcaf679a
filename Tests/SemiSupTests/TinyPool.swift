import Base
import Models
import NN
import NN
import SemiSup
import Torch
import Training

/// Eighty grey images of 32×32 pixels, an even item bright above, an odd one below.
///
/// The bright half is the foreground.
enum TinyPool {
  static let size = 32
  static let key = RandomKey(seed: 5)
  static let items = Array(0..<80)
  static let labelled = Array(0..<16)
  static let unlabelled = Array(16..<80)

  static let pixels = PixelArray(
    Dictionary(uniqueKeysWithValues: items.map { ($0, image($0)) }), channels: 1, height: size,
    width: size)

  static let classes = Dictionary(uniqueKeysWithValues: labelled.map { ($0, $0 % 2) })

  static let masks = MaskArray(
    Dictionary(
      uniqueKeysWithValues: labelled.map { item in
        (item, (0..<size * size).map { UInt8(isBright($0, item) ? 1 : 0) })
      }), height: size, width: size)

  private static func isBright(_ place: Int, _ item: Int) -> Bool {
    (place < size * size / 2) == (item % 2 == 0)
  }

  private static func image(_ item: Int) -> [UInt8] {
    let noise = key.folding("pixel").folding(item)
    return (0..<size * size).map { place in
      UInt8((isBright(place, item) ? 150 : 40) + 60 * noise.folding(place).uniform())
    }
  }

  /// Few steps of small batches, without a switch.
  static var settings: SemiSupConfiguration {
    var settings = SemiSupConfiguration()
    (settings.steps, settings.supervisedSteps) = (8, 30)
    (settings.batch, settings.unlabelledBatch) = (4, 4)
    settings.freshRate = 1e-2
    settings.offSwitch.share = 0.5
    settings.offSwitch.folds = 2
    return settings
  }

  static func classifier() throws -> Network {
    try Network(
      ModelConfiguration(
        architecture: .resnet18, classes: 2, channels: 1, imageSize: size, widthFactor: 0.125),
      key: key)
  }

  static func segmenter() throws -> Network {
    try Network(
      ModelConfiguration(
        architecture: .unetPlain, classes: 2, channels: 1, imageSize: size, widthFactor: 0.25),
      key: key)
  }

  /// The network after some steps on the labels.
  static func trained(_ network: Network) throws -> Network {
    let targets = request(network).targets
    let loss = SupervisedLoss(targets: targets, items: labelled, classes: 2, balance: 0)
    let stream = BatchStream(
      BatchSampler(labelled, batch: 8, key: key), pixels: pixels, targets: targets,
      normalization: .half(channels: 1))
    let optimizer = AdamW(network.store.groups { _ in 1 }, learningRate: 1e-2, weightDecay: 0)
    _ = try TrainingLoop(
      TrainingPlan(label: "tiny", steps: 30),
      state: TrainingState(store: network.store, optimizer: optimizer),
      loader: BatchLoader(stream), key: key
    ).run { StepLoss(loss(network.logits($0.batch.images, $0.pass), $0.batch)) }
    return network
  }

  static func request(
    _ start: Network, labelled: [Int] = labelled, unlabelled: [Int] = unlabelled,
    sharesTrunk: Bool = false
  ) -> SemiSupRequest {
    SemiSupRequest(
      start: start, labelled: labelled, unlabelled: unlabelled,
      targets: start.isSegmentation ? .masks(masks) : .classes(classes),
      groups: ItemTable(Dictionary(uniqueKeysWithValues: items.map { ($0, $0) })),
      sharesTrunk: sharesTrunk)
  }

  static func stage(_ settings: SemiSupConfiguration) -> SemiSupStage {
    SemiSupStage(
      settings, pixels: pixels, normalization: .half(channels: 1), key: key.folding("stage"))
  }

  /// Every weight of a network.
  static func bits(_ network: Network) -> [Float] {
    network.store.all.flatMap { $0.tensor.floats() }
  }

  /// The share of the unlabelled images that a classifier calls by their class.
  static func accuracy(_ network: Network) throws -> Double {
    let inference = PoolInference(pixels, normalization: .half(channels: 1))
    let shares = try inference.rows(unlabelled) { network.probabilities($0) }.values
    let right = unlabelled.enumerated().count { row, item in
      (shares[2 * row + 1] > shares[2 * row] ? 1 : 0) == item % 2
    }
    return Double(right) / Double(unlabelled.count)
  }
}
