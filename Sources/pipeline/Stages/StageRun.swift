import Base
import Foundation
import Models
import Pool
import Torch

/// What a stage's command needs besides its settings: device, pool, run folder, metrics.
struct StageRun {
  let device: Device
  let pool: Pool
  let folder: RunFolder
  let metrics: MetricsLog
  let key: RandomKey

  /// Opens or makes the run's folder.
  init<C: Codable & Equatable>(
    _ options: StageOptions, configuration: C, stage: String, name: String? = nil
  ) throws {
    device = try options.machine.start()
    pool = try Pool.open(options.poolURL)
    folder = try RunFolder.open(
      options.outURL, configuration: configuration, stage: stage, name: name,
      resume: options.resume, seed: options.seed, device: "\(device)",
      threads: TorchRuntime.threads,
      versions: ["modicum": Version.current, "libtorch": TorchRuntime.version],
      digests: ["pool": try pool.digest])
    metrics = try MetricsLog(
      folder.metrics, tensorBoard: options.tensorboard ? folder.tensorBoard : nil)
    key = RandomKey(seed: options.seed)
  }
}

/// Weights that the user named: a run's folder, or a file.
enum GivenWeights {
  /// The tensors.
  ///
  /// - Throws: a diagnostic when there is nothing to read.
  static func load(_ path: String) throws -> [(name: String, tensor: Tensor)] {
    try WeightsFile(file(path)).tensors
  }

  /// The file that a path means: itself, a pretraining's weights, or the newest model of a run.
  static func file(_ path: String) throws -> URL {
    let url = URL(fileURLWithPath: path)
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw Diagnostic("there are no weights here", at: path, fix: "check the path")
    }
    guard isFolder.boolValue else { return url }
    let pretrained = url.appendingPathComponent("weights.safetensors")
    if FileManager.default.fileExists(atPath: pretrained.path) { return pretrained }
    return try model(url).appendingPathComponent("model.safetensors")
  }

  /// The folder of the newest trained model of a run.
  static func model(_ run: URL) throws -> URL {
    if ModelFile.exists(in: run) { return run }
    let rounds = run.appendingPathComponent("rounds")
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: rounds.path)) ?? []).sorted()
    let folders = names.map { rounds.appendingPathComponent($0) }
    guard let newest = folders.last(where: { ModelFile.exists(in: $0) }) else {
      throw Diagnostic(
        "the run holds neither weights nor a trained model", at: run.path,
        fix: "give a finished pretrain, al-finetune or semisup run, or a weights file")
    }
    return newest
  }
}
