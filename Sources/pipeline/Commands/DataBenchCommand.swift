import ArgumentParser
import Base
import Foundation
import Imaging
import Models
import NN
import Pool
import Torch
import Training

/// `pipeline bench data`: what training steps pay for their data.
///
/// A real pool of made-up images at 64×64, its mapped cache, the loader, and a ResNet-18 that learns
/// in the one loop with a batch of 32. `data_wait_share` is the time that steps wait while batches
/// are made ahead; `epoch_overhead_share` is all the work for an epoch's batches (their order, the
/// reading and checking of the cache, tensors), one after the other on one thread, over the time
/// that the epoch's steps take.
struct DataBenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data", abstract: "What training steps pay for their data, as JSON.")

  @Option(help: "Threads for tensor operations.")
  var threads: Int

  @Option(help: "Training steps.")
  var steps: Int = 40

  private static let side = 64
  private static let batch = 32
  private static let images = 512

  func run() throws {
    let placement = try Placement(device: "cpu", threads: threads)
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("modicum-bench-\(getpid())")
    defer { try? FileManager.default.removeItem(at: folder) }
    let pool = try Self.makePool(in: folder)
    let cache = try pool.cache(size: Self.side, channels: 3, progress: nil)
    let items = try pool.ids()
    let summary = try train(on: stream(items, cache), placement.device)
    let steps = items.count / Self.batch
    let epoch = summary.seconds / Double(summary.steps) * Double(steps)
    // A cache that no step has read yet: its blocks are checked as in a first epoch.
    let fresh = try pool.cache(size: Self.side, channels: 3, progress: nil)
    let cost = try seconds(of: steps, stream(items, fresh), placement.device)
    print(
      try encoded([
        "data_wait_share": summary.dataWaitShare, "epoch_overhead_share": cost / epoch,
      ]))
  }

  private func stream(_ items: [Int], _ cache: PixelCache) -> BatchStream {
    BatchStream(
      BatchSampler(items, batch: Self.batch, key: RandomKey(seed: 0).folding("order")),
      pixels: cache,
      targets: .classes(Dictionary(uniqueKeysWithValues: items.map { ($0, $0 % 10) })),
      normalization: Normalization(mean: cache.mean, std: cache.std))
  }

  /// Seconds to make the batches of some steps, one after the other.
  private func seconds(of steps: Int, _ stream: BatchStream, _ device: Device) throws -> Double {
    let start = ContinuousClock.now
    let loader = BatchLoader(stream, depth: 0, device: device)
    for step in 0..<steps { _ = try loader.batches(step: step) }
    return (ContinuousClock.now - start) / .seconds(1)
  }

  private func train(on stream: BatchStream, _ device: Device) throws -> TrainingSummary {
    let key = RandomKey(seed: 0)
    let network = try Network(
      ModelConfiguration(architecture: .resnet18, classes: 10, imageSize: Self.side), key: key,
      device: device)
    let optimizer = SGD(network.store.groups(), learningRate: 1e-2, weightDecay: 5e-4)
    let loop = TrainingLoop(
      TrainingPlan(label: "bench", steps: steps),
      state: TrainingState(store: network.store, optimizer: optimizer),
      loader: BatchLoader(stream, device: device), key: key.folding("loop"))
    let weak = AugmentationPolicy(modality: .grey).weak(size: Self.side)
    return try loop.run { step in
      let batch = step.batch.augmented(weak)
      let labels = batch.labels ?? Tensor.zeros([batch.items.count], dtype: .int64)
      return StepLoss(Loss.crossEntropy(network.logits(batch.images, step.pass), labels))
    }
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
