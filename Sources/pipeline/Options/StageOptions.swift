import ArgumentParser
import Base
import Foundation
import Torch

/// The options that every stage takes, in one grammar.
struct StageOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The pool's folder.", valueName: "dir"))
  var pool: String

  @Option(
    help: ArgumentHelp("The run's folder: settings, log, checkpoints, results.", valueName: "run"))
  var out: String

  @Option(help: ArgumentHelp("Settings (YAML), merged over the defaults.", valueName: "file"))
  var config: String?

  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp(
      "Override one setting; may be repeated.", valueName: "key.path=value"))
  var sets: [String] = []

  @Flag(help: "Go on with the run that is in the folder.")
  var resume = false

  @Option(help: "Where all random draws derive from.")
  var seed: UInt64 = 0

  @OptionGroup var machine: MachineOptions

  @Flag(help: "Write TensorBoard event files too.")
  var tensorboard = false

  @Flag(help: "Estimate time and disk, and do nothing.")
  var dryRun = false

  var poolURL: URL { URL(fileURLWithPath: pool) }
  var outURL: URL { URL(fileURLWithPath: out) }

  /// The settings that run: the defaults, the user's file over them, then `--set`.
  func configuration<C: Codable>(_ type: C.Type, over defaults: C) throws -> C {
    try Self.decode(type, over: defaults, config: config, sets: sets)
  }

  /// The same for commands with their own options.
  static func decode<C: Codable>(
    _ type: C.Type, over defaults: C, config: String?, sets: [String]
  ) throws -> C {
    var text = ""
    if let config {
      do {
        text = try String(contentsOfFile: config, encoding: .utf8)
      } catch {
        throw Diagnostic(
          "the settings cannot be read", at: config, fix: "check the path and that it is UTF-8 text"
        )
      }
    }
    return try StrictYAML.decode(
      type, from: text, file: config ?? "--set", over: defaults, sets: sets)
  }
}

/// Device and threads.
struct MachineOptions: ParsableArguments {
  @Option(help: "auto, cpu, cuda or cuda:N.")
  var device = "auto"

  @Option(help: "Threads for tensor operations; 0 takes every core.")
  var threads = 0

  /// Loads libtorch and sets its threads; returns the device.
  func start() throws -> Device {
    try TorchRuntime.load()
    if threads > 0 { TorchRuntime.threads = threads }
    StopSignal.install()
    return try Device(device)
  }

  /// The threads that tensor operations run on.
  var running: Int { TorchRuntime.threads }
}
