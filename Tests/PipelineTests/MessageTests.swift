import Foundation
import Pool
import Testing

extension PipelineTests {
  /// Exit codes, and messages that say what to do.
  @Suite struct Messages {
    @Test("an unknown key is refused with its line and the known keys")
    func unknownKey() throws {
      let tiny = try TinyPool(.classification)
      let file = try tiny.write("rounds:\n  bugdets: [4]\n", to: "wrong.yaml")
      let outcome = try tiny.program.run(
        tiny.rounds("run", .classification) + ["--config", file], ends: 65)
      for word in ["rounds.bugdets", "line 2", "Known keys", "budgets", "fix:"] {
        #expect(outcome.errors.contains(word), "\(outcome.errors)")
      }
      #expect(!tiny.has("run"))
    }

    @Test("what does not fit together is refused")
    func misfits() throws {
      let tiny = try TinyPool(.classification)
      let none = tiny.folder.appendingPathComponent("none")
      let missing = try tiny.program.run(tiny.rounds("a", .classification, pool: none), ends: 65)
      #expect(missing.errors.contains("error:") && missing.errors.contains("fix:"))
      let mode = try tiny.program.run(tiny.rounds("b", .segmentation), ends: 65)
      #expect(mode.errors.contains("not for segmentation"))
      let network = ["model.architecture=unet-resnet18"]
      let kind = try tiny.program.run(tiny.rounds("c", .classification, sets: network), ends: 65)
      #expect(kind.errors.contains("set model.architecture"))
    }

    @Test("a trunk that nothing has taught is not frozen")
    func untaughtTrunk() throws {
      let tiny = try TinyPool(.classification)
      let outcome = try tiny.program.run(
        tiny.rounds("run", .classification, sets: ["fineTune.trunk=frozen"]), ends: 64)
      #expect(outcome.errors.contains("--weights"))
      #expect(!tiny.has("run"))
    }

    @Test("a run's folder is not taken over, and weights must fit")
    func runFolder() throws {
      let tiny = try TinyPool(.classification)
      let short = ["rounds.budgets=[4]", "fineTune.steps.minimum=1", "fineTune.steps.maximum=1"]
      let arguments = tiny.rounds("run", .classification, sets: short)
      try tiny.program.run(arguments, ends: 0)
      #expect(try tiny.program.run(arguments, ends: 65).errors.contains("--resume"))
      let other = arguments + ["--resume", "--set", "fineTune.batch=5"]
      #expect(try tiny.program.run(other, ends: 65).errors.contains("batch"))
      try tiny.program.run(arguments + ["--resume"], ends: 0)
      let wide = tiny.rounds("wide", .classification, sets: short + ["model.widthFactor=0.25"])
      let weights = tiny.folder.appendingPathComponent("run").path
      let outcome = try tiny.program.run(wide + ["--weights", weights], ends: 65)
      #expect(outcome.errors.contains("conv1.weight"), "\(outcome.errors)")
    }

    @Test("an unknown command, or one without its options, is an error of usage")
    func usage() throws {
      let folder = try emptyFolder()
      defer { try? FileManager.default.removeItem(at: folder) }
      for command in ["frobnicate", "pretrain"] {
        try Program(folder: folder).run([command], ends: 64)
      }
    }

    @Test("the help of every command has an example")
    func examples() throws {
      let folder = try emptyFolder()
      defer { try? FileManager.default.removeItem(at: folder) }
      let program = Program(folder: folder)
      var open = commands(in: try program.run(["--help"], ends: 0).output).map { [$0] }
      #expect(open.count >= 10)
      while let command = open.popLast() {
        let outcome = try program.run(command + ["--help"], ends: 0)
        #expect(outcome.output.contains("Example"), "\(command.joined(separator: " "))")
        open += commands(in: outcome.output).map { command + [$0] }
      }
    }

    /// The names under SUBCOMMANDS.
    private func commands(in help: String) -> [String] {
      guard let start = help.range(of: "SUBCOMMANDS:\n") else { return [] }
      return help[start.upperBound...].split(separator: "\n")
        .filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") && !$0.hasPrefix("  See ") }
        .compactMap { $0.split(separator: " ").first.map(String.init) }
    }

    private func emptyFolder() throws -> URL {
      let folder = FileManager.default.temporaryDirectory
        .appendingPathComponent("modicum-pipeline-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      return folder
    }
  }
}
