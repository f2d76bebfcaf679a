public import ArgumentParser
import Base
import Foundation
import Models
public import NN
import Torch

/// `pipeline bench`: what `make bench` times.
struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench", abstract: "Timings for make bench.", shouldDisplay: false,
    subcommands: [
      StepBenchCommand.self, DataBenchCommand.self, DecodeBenchCommand.self, RoundBenchCommand.self,
      PoolBenchCommand.self, ClusterBenchCommand.self, CoverageBenchCommand.self,
    ])
}

/// `pipeline bench step`: reads lines with a number of steps, answers each with their seconds.
struct StepBenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "step", abstract: "Time training steps on request: one line in, one line out.")

  @Option(help: "The architecture.")
  var model: Architecture

  @Option(help: "Threads for tensor operations.")
  var threads: Int

  @Option(help: "contiguous or channels-last; the architecture's own where left out.")
  var layout: TensorLayout?

  func run() throws {
    try TorchRuntime.load()
    TorchRuntime.threads = threads
    let step = try TimedStep(model, layout: layout)
    while let line = readLine(), let count = Int(line) {
      let times = (0..<count).map { _ in step.times() }
      try BenchClock.answer(times)
    }
  }
}

extension TensorLayout: ExpressibleByArgument {}

/// One training step on random images, as its peer does it.
private final class TimedStep {
  private let network: Network
  private let images: Tensor
  private let target: Tensor
  private let optimizer: any Optimizer
  private var count = 0

  init(_ architecture: Architecture, layout: TensorLayout?) throws {
    let segments = architecture.isSegmentation
    let (classes, batch, side) = segments ? (2, 8, 128) : (10, 32, 64)
    let key = RandomKey(seed: 0)
    network = try Network(
      ModelConfiguration(
        architecture: architecture, classes: classes, imageSize: side,
        patch: architecture.isVisionTransformer ? 8 : nil, dropout: segments ? 0.1 : 0), key: key,
      layout: layout)
    images = Tensor.uniform([batch, 3, side, side], generator: Generator(key.folding("images")))
    let labels = (0..<(segments ? batch * side * side : batch)).map { $0 % classes }
    target = Tensor(labels, segments ? [batch, side, side] : [batch])
    optimizer =
      architecture == .vitSmall
      ? AdamW(network.store.groups(), learningRate: 1e-4)
      : SGD(network.store.groups(), learningRate: 1e-2, momentum: 0.9, weightDecay: 5e-4)
  }

  /// Seconds of one step.
  func times() -> [Double] {
    BenchClock.seconds {
      count += 1
      network.store.zeroGradients()
      let key = RandomKey(seed: UInt64(count))
      Loss.crossEntropy(network.logits(images, .train(key)), target).backward()
      optimizer.step()
    }
  }
}
