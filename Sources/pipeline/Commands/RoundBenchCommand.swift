import ActiveLearning
import ArgumentParser
import Base
import FineTune
import Foundation
import Models
import NN
import Pool
import Query
import Torch
import Training

/// `pipeline bench round`: a round of a web labelling system, as Wang, Feng and Zhang describe it
/// (Computer Systems & Applications 32(2), 2023).
///
/// Four networks `fcn-sa` learn from the training slices of a pool, 300 steps of 8 images at
/// 128×128 each, and the hybrid rule chooses among the remaining slices. Where fewer steps are run,
/// the seconds of training are scaled to 300, and the result says how many ran.
struct RoundBenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "round", abstract: "Time a round of committee, scores and choice, as JSON.")

  @Option(help: "A pool with masks, split into train and test.")
  var pool: String

  @OptionGroup var machine: MachineOptions

  @Option(help: "Steps run of each member's 300; on a CPU 20 where left out.")
  var steps: Int?

  private static let steps = 300

  func run() throws {
    let device = try machine.start()
    let data = try RunData(
      pool: Pool.open(URL(fileURLWithPath: pool)),
      model: ModelConfiguration(architecture: .fcnSA, imageSize: 128), pretrained: nil)
    let steps = steps ?? (device == .cpu ? 20 : Self.steps)
    let start = ContinuousClock.now
    let networks = try committee(data, device, steps: steps)
    TorchRuntime.synchronize(device)
    let trained =
      (ContinuousClock.now - start) / .seconds(1) * Double(Self.steps) / Double(steps)
    let asked = ContinuousClock.now
    let picks = try query(networks, data, device)
    let queried = (ContinuousClock.now - asked) / .seconds(1)
    let result = [
      "round_seconds_fcn_sa": trained + queried, "query_seconds_fcn_sa": queried,
      "round_steps_run_fcn_sa": Double(steps), "round_picks_fcn_sa": Double(picks.count),
    ]
    print(String(decoding: try JSONEncoder().encode(result), as: UTF8.self))
  }

  private func committee(
    _ data: RunData, _ device: Device, steps: Int
  ) throws -> [Network] {
    var settings = FineTuneConfiguration()
    settings.batch = 8
    (settings.steps.minimum, settings.steps.maximum) = (steps, steps)
    var committee = BootstrapCommittee()
    committee.mode = .full
    let labels = try data.pool.truth(of: data.candidates)
    let request = TrainingRequest(
      model: data.model, classes: data.classes, earlier: [], queried: labels.keys.sorted(),
      targets: try data.targets(labels), groups: data.groups)
    let key = RandomKey(seed: 0)
    let tuner = FineTuner(
      settings, pixels: data.pixels, normalization: data.normalization, device: device)
    let start = try Network(data.model, key: key, device: device)
    return try tuner.members(committee, of: start, request, key: key)
  }

  private func query(_ networks: [Network], _ data: RunData, _ device: Device) throws -> [Pick] {
    let inference = PoolInference(
      data.pixels, normalization: data.normalization, device: device)
    let scores = PixelScores(score: .committee, aggregate: .mean)
    var (uncertainty, descriptors): ([Float], [Float]) = ([], [])
    try inference.forEach(data.test, forward: { $0 }) { _, images in
      uncertainty += scores(networks.map { $0.probabilities(images) }).map { Float($0) }
      descriptors += networks[0].embedding(images, .evaluate).floats()
    }
    // Labelled items are known but not asked: their rows are empty.
    let labelled = data.candidates, count = data.test.count + labelled.count
    var statistics = PoolStatistics(
      ids: data.test + labelled,
      labelled: Dictionary(uniqueKeysWithValues: labelled.map { ($0, -1) }))
    let width = descriptors.count / data.test.count
    uncertainty += [Float](repeating: 0, count: labelled.count)
    descriptors += [Float](repeating: 0, count: labelled.count * width)
    statistics.uncertainty = Matrix(uncertainty, shape: [count, 1])
    statistics.descriptors = Matrix(descriptors, shape: [count, width])
    return try QueryConfiguration.hybrid(.init()).make()
      .query(statistics, budget: 8, key: RandomKey(seed: 0))
  }
}
