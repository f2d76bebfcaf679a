import Foundation
import Pool
import Testing

extension PipelineTests {
  /// The files in `Configs/papers` and `Configs/recommended`, whose first comment names the command
  /// that they are for: `pipeline STAGE`.
  @Suite struct PaperPresets {
    private static let files: [URL] = ["papers", "recommended"].flatMap { folder in
      let url = Program.root.appendingPathComponent("Configs/\(folder)")
      let names = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
      return names.filter { $0.hasSuffix(".yaml") }.sorted().map { url.appendingPathComponent($0) }
    }

    @Test("there are presets")
    func there() {
      #expect(Self.files.contains { $0.lastPathComponent == "s4mi-classification.yaml" })
    }

    @Test("every preset is a configuration of the stage that it names", arguments: files)
    func loads(file: URL) throws {
      let header = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        .prefix { $0.hasPrefix("#") }.joined(separator: "\n")
      let match = try #require(
        try #/pipeline ([a-z-]+)/#.firstMatch(in: header),
        "the comment at the top must name a command: 'pipeline STAGE'")
      let outcomes = try [PoolMode.classification, .segmentation].map { mode in
        let tiny = try TinyPool(mode)
        let needed =
          switch match.1 {
          case "al-finetune": ["--mode", "\(mode)"]
          case "semisup": ["--from", tiny.pool.path]
          default: [String]()
          }
        return try tiny.program.run(
          [
            String(match.1), "--pool", tiny.pool.path, "--out",
            tiny.folder.appendingPathComponent("out").path, "--config", file.path, "--dry-run",
          ] + needed)
      }
      #expect(outcomes.contains { $0.code == 0 }, "\(outcomes.map(\.errors))")
    }

    @Test(
      "S4MI's classification runs at a small size, both ways",
      arguments: ["s4mi-classification", "s4mi-classification-faithful"])
    func small(name: String) throws {
      let tiny = try TinyPool(.classification)
      let sets = [
        "model.architecture=resnet18", "model.imageSize=32", "model.patch=8",
        "model.widthFactor=0.125", "pretrain.method.cass.partner=vit-tiny", "pretrain.steps=2",
        "pretrain.checkEvery=1", "alFinetune.rounds.budgets=[4, 8]",
        "alFinetune.fineTune.steps.minimum=2", "alFinetune.fineTune.steps.maximum=2",
      ]
      try tiny.program.run(
        [
          "run", "--pool", tiny.pool.path, "--out", tiny.folder.appendingPathComponent("s4mi").path,
          "--config", Program.root.appendingPathComponent("Configs/papers/\(name).yaml").path,
          "--device", "cpu", "--threads", "1",
        ] + sets.flatMap { ["--set", $0] }, ends: 0)
      #expect(tiny.has("s4mi/pretrain/weights.safetensors"))
      #expect(tiny.has("s4mi/pretrain/weights-vit-tiny.safetensors"))
      try tiny.program.run(
        [
          "al-finetune", "--mode", "classification", "--pool", try tiny.copy("second").path,
          "--out",
          tiny.folder.appendingPathComponent("vit").path, "--weights",
          tiny.folder.appendingPathComponent("s4mi/pretrain/weights-vit-tiny.safetensors").path,
          "--set", "model.architecture=vit-tiny", "--set", "model.imageSize=32", "--set",
          "model.patch=8", "--set", "rounds.budgets=[4]", "--device", "cpu",
        ], ends: 0)
    }
  }
}
