import ArgumentParser
import Base
import Foundation
import Imaging
import Models
import NN
import Pool
import Torch
import Training

/// `pipeline bench data`: how long training steps wait for their data.
///
/// A real pool of made-up images at 64×64, its mapped cache, the loader, and a ResNet-18 that learns
/// in the one loop with a batch of 32.
struct DataBenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data", abstract: "Time that training steps wait for data, as JSON.")

  @Option(help: "Threads for tensor operations.")
  var threads: Int

  @Option(help: "Training steps.")
  var steps: Int = 40

  private static let side = 64
  private static let images = 512

  func run() throws {
    let placement = try Placement(device: "cpu", threads: threads)
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("modicum-bench-\(getpid())")
    defer { try? FileManager.default.removeItem(at: folder) }
    let pool = try Self.makePool(in: folder)
    let cache = try pool.cache(size: Self.side, channels: 3, progress: nil)
    let share = try waitShare(pool, cache, placement.device)
    print("{\"data_wait_share\": \(share)}")
  }

  private func waitShare(_ pool: Pool, _ cache: PixelCache, _ device: Device) throws -> Double {
    let key = RandomKey(seed: 0)
    let network = try Network(
      ModelConfiguration(architecture: .resnet18, classes: 10, imageSize: Self.side), key: key,
      device: device)
    let items = try pool.ids()
    let classes = Dictionary(uniqueKeysWithValues: items.map { ($0, $0 % 10) })
    let stream = BatchStream(
      BatchSampler(items, batch: 32, key: key.folding("order")), pixels: cache,
      targets: .classes(classes), normalization: Normalization(mean: cache.mean, std: cache.std))
    let optimizer = SGD(network.store.groups(), learningRate: 1e-2, weightDecay: 5e-4)
    let loop = TrainingLoop(
      TrainingPlan(label: "bench", steps: steps),
      state: TrainingState(store: network.store, optimizer: optimizer),
      loader: BatchLoader(stream, device: device), key: key.folding("loop"))
    let weak = AugmentationPolicy(modality: .grey).weak(size: Self.side)
    let summary = try loop.run { step in
      let batch = step.batch.augmented(weak)
      let labels = batch.labels ?? Tensor.zeros([batch.items.count], dtype: .int64)
      return StepLoss(Loss.crossEntropy(network.logits(batch.images, step.pass), labels))
    }
    return summary.dataWaitShare
  }

  private static func makePool(in folder: URL) throws -> Pool {
    let source = folder.appendingPathComponent("images")
    try FileManager.default.createDirectory(at: source, withIntermediateDirectories: true)
    for number in 0..<images {
      var generator = RandomKey(seed: UInt64(number)).generator()
      let bytes = (0..<(side * side)).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
      let image = ImageBuffer(height: side, width: side, photometric: .grey, bytes: bytes)
      try PNGWriter.encode(image).write(to: source.appendingPathComponent("\(number).png"))
    }
    let pool = try Pool.create(folder.appendingPathComponent("pool"), mode: .classification)
    var options = ImportOptions()
    options.progress = nil
    let key = try PseudonymKey(at: folder.appendingPathComponent("key"))
    _ = try Importer(pool, options: options, key: key).run(source)
    return pool
  }
}
