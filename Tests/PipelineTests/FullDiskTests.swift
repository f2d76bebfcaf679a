import Foundation
import Pool
import Testing

extension PipelineTests {
  /// A disk that runs full ends a stage with code 73 and what to do; with room again the stage ends
  /// as if nothing had happened.
  @Suite(.enabled(if: SmallDisk.isPossible, "this system lets nobody mount a small disk"))
  struct FullDisk {
    /// KiB that are left: none, then enough for more and more files.
    private static let rooms: [Int] = {
      let isSlow = ProcessInfo.processInfo.environment["MODICUM_SLOW"] == "1"
      return isSlow ? [0, 8, 24, 64, 128, 256, 512, 1024, 2048, 4096] : [0, 64, 512]
    }()

    /// Tries every room; at least the first must be too small.
    private func check(
      _ tiny: TinyPool, holding contents: [String: URL], first: [String], again: [String]? = nil,
      isSame: (URL) throws -> Bool
    ) throws {
      for room in Self.rooms {
        let outcome = try SmallDisk.run(
          tiny, "room-\(room)", holding: contents, room: room, first: first,
          again: again ?? first + ["--resume"])
        #expect(outcome.first == 73 || (room > 0 && outcome.first == 0), "\(room): \(outcome)")
        if outcome.first == 73 {
          #expect(outcome.errors.contains("no space left"), "\(room): \(outcome.errors)")
          #expect(outcome.errors.contains("fix: free some space"), "\(room): \(outcome.errors)")
        }
        #expect(outcome.second == 0, "\(room): \(outcome.errors)")
        if outcome.second == 0 { #expect(try isSame(outcome.folder), "\(room)") }
      }
    }

    private func same(_ files: [String], _ calm: URL, _ other: URL) throws -> Bool {
      try files.allSatisfy {
        try Data(contentsOf: calm.appendingPathComponent($0))
          == Data(contentsOf: other.appendingPathComponent($0))
      }
    }

    /// The same arguments with pool and run on the disk.
    private func onDisk(_ arguments: [String], _ tiny: TinyPool) -> [String] {
      arguments.map { $0.replacingOccurrences(of: tiny.folder.path, with: "DISK") }
    }

    @Test("import", arguments: TinyPool.modes)
    func importing(mode: PoolMode) throws {
      let tiny = try TinyPool(mode)
      let source = tiny.folder.appendingPathComponent("source").path
      let arguments = [
        "import", source, "--labels", source + "/labels.csv", "--pool", "DISK/pool", "--mode",
        "\(mode)", "--threads", "1",
      ]
      let calm = try list(tiny, tiny.pool)
      try check(tiny, holding: [:], first: arguments, again: arguments) { folder in
        let pool = folder.appendingPathComponent("pool")
        try tiny.program.run(["pool", "verify", "--pool", pool.path], ends: 0)
        return try list(tiny, pool) == calm
          && same(["pool/pixels.dat"], tiny.folder, folder)
      }
    }

    private func list(_ tiny: TinyPool, _ pool: URL) throws -> String {
      try tiny.program.run(["pool", "list", "--pool", pool.path], ends: 0).output
    }

    @Test("pretraining")
    func pretraining() throws {
      let tiny = try TinyPool(.classification)
      let pool = try tiny.copy("kept")
      try tiny.program.run(tiny.pretrain("run"), ends: 0)
      let files = ["run/weights.safetensors", "run/probe.json", "run/config.yaml"]
      try check(tiny, holding: ["pool": pool], first: onDisk(tiny.pretrain("run"), tiny)) {
        try same(files, tiny.folder, $0)
      }
    }

    @Test("rounds")
    func rounds() throws {
      let tiny = try TinyPool(.classification)
      let pool = try tiny.copy("kept")
      try tiny.program.run(tiny.rounds("run", .classification), ends: 0)
      let files = ["00", "01"].flatMap {
        ["run/rounds/\($0)/picks.csv", "run/rounds/\($0)/model.safetensors"]
      }
      let arguments = onDisk(tiny.rounds("run", .classification), tiny)
      try check(tiny, holding: ["pool": pool], first: arguments) {
        try same(files, tiny.folder, $0)
      }
    }

    @Test("semi-supervision")
    func semiSupervision() throws {
      let tiny = try TinyPool(.classification)
      try tiny.program.run(tiny.rounds("rounds", .classification), ends: 0)
      let pool = try tiny.copy("kept")
      let arguments = tiny.semisup("run", from: "rounds", compares: true)
      try tiny.program.run(arguments, ends: 0)
      let contents = ["pool": pool, "rounds": tiny.folder.appendingPathComponent("rounds")]
      try check(tiny, holding: contents, first: onDisk(arguments, tiny)) {
        try same(["run/model.safetensors", "run/verdict.json"], tiny.folder, $0)
      }
    }

    @Test("a study")
    func study() throws {
      let tiny = try TinyPool(.classification)
      let pool = try tiny.copy("kept")
      let calm = try tiny.study("run", of: tiny.pool)
      try tiny.program.run(calm, ends: 0)
      let text = String(decoding: try tiny.bytes("run.yaml"), as: UTF8.self)
        .replacingOccurrences(
          of: tiny.folder.path, with: tiny.folder.appendingPathComponent("disk").path)
      try tiny.write(text, to: "run.yaml")
      let arguments = calm.map { $0.hasSuffix("run.yaml") ? $0 : onDisk([$0], tiny)[0] }
      let rows = try tiny.results("run")
      try check(tiny, holding: ["pool": pool], first: arguments) { folder in
        try tiny.results(String(folder.path.dropFirst(tiny.folder.path.count + 1)) + "/run") == rows
      }
    }
  }

  /// Where a file may not grow, which every system can say of a process.
  @Suite struct FileLimit {
    @Test("a pretraining whose files may not grow ends with code 73, and goes on when they may")
    func pretraining() throws {
      let tiny = try TinyPool(.classification)
      try tiny.program.run(tiny.pretrain("calm"), ends: 0)
      let limited = try tiny.program.run(tiny.pretrain("run"), fileLimit: 400)
      #expect(limited.code == 73, "\(limited.errors)")
      #expect(limited.errors.contains("file too large"), "\(limited.errors)")
      #expect(limited.errors.contains("ulimit -f"), "\(limited.errors)")
      try tiny.program.run(tiny.pretrain("run") + ["--resume"], ends: 0)
      let file = "weights.safetensors"
      #expect(try tiny.bytes("calm/\(file)") == tiny.bytes("run/\(file)"))
    }
  }
}
