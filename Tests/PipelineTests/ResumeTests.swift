import Foundation
import Pool
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

extension PipelineTests {
  /// Killed anywhere and started again, a run ends as if nothing had happened.
  @Suite struct Resume {
    @Test("rounds that were killed end in the same picks and weights", arguments: TinyPool.modes)
    func rounds(mode: PoolMode) throws {
      let tiny = try TinyPool(mode)
      let copy = try tiny.copy("other-pool")
      // In one of the modes images without labels take part in every round.
      let semisup = mode == .segmentation || Program.isSlow
      let sets = semisup ? (["when=each-round"] + TinyPool.semisup).map { "semisup.\($0)" } : []
      let names = ["picks.csv", "model.safetensors"] + (semisup ? ["verdict.json"] : [])
      try kill(
        "rounds \(mode)", tiny, calm: tiny.rounds("calm", mode, sets: sets),
        killed: tiny.rounds("killed", mode, pool: copy, sets: sets),
        files: ["00", "01"].flatMap { round in names.map { "rounds/\(round)/\($0)" } })
    }

    /// One without state of its own, one with a queue, one with a target that follows.
    @Test(
      "a pretraining that was killed ends in the same weights",
      arguments: ["simclr", "moco", "byol"])
    func pretraining(method: String) throws {
      let tiny = try TinyPool(.classification)
      let copy = try tiny.copy("other-pool")
      let sets = ["--set", "method=\(method)"]
      try kill(
        "pretraining \(method)", tiny, calm: tiny.pretrain("calm") + sets,
        killed: tiny.pretrain("killed", pool: copy) + sets,
        files: ["weights.safetensors", "views.png"])
    }

    /// Where folds are compared, where the student is trained at once, and where it has a partner
    /// that learns too.
    private static let stages: [(mode: PoolMode, compares: Bool, method: String)] =
      [
        (.classification, true, "confident"), (.segmentation, false, "confident"),
        (.segmentation, false, "cross-teaching"),
      ]
      + (Program.isSlow
        ? [
          (.classification, false, "confident"), (.segmentation, true, "confident"),
          (.classification, false, "pseudo-label"), (.segmentation, true, "ua-mt"),
          (.classification, true, "cps"),
        ] : [])

    @Test(
      "a semi-supervised training that was killed ends in the same weights and verdict",
      arguments: stages)
    func semiSupervised(mode: PoolMode, compares: Bool, method: String) throws {
      let tiny = try TinyPool(mode)
      try tiny.program.run(tiny.rounds("rounds", mode), ends: 0)
      func arguments(_ run: String) -> [String] {
        tiny.semisup(run, from: "rounds", compares: compares)
          + (method == "confident" ? [] : ["--set", "method=\(method)"])
      }
      try kill(
        "semisup \(mode) \(compares) \(method)", tiny, calm: arguments("calm"),
        killed: arguments("killed"),
        files: ["verdict.json", "model.safetensors"])
      let verdict =
        try JSONSerialization.jsonObject(with: try tiny.bytes("calm/verdict.json"))
        as? [String: Any]
      #expect((verdict?["gains"] as? [Double])?.count == (compares ? 2 : 0))
      #expect(compares || verdict?["reason"] as? String == "forced")
    }

    /// Runs once undisturbed and once killed at random moments; the files must be the same.
    private func kill(
      _ name: String, _ tiny: TinyPool, calm: [String], killed: [String], files: [String]
    ) throws {
      let seconds = try time { try tiny.program.run(calm, ends: 0) }
      try tiny.program.runKilled(killed, after: Program.delays(name, within: seconds))
      for file in files {
        #expect(try tiny.bytes("calm/\(file)") == tiny.bytes("killed/\(file)"), "\(file)")
      }
    }

    @Test("a study that was killed ends in the same results, and its report is well-formed")
    func study() throws {
      let tiny = try TinyPool(.classification)
      let copy = try tiny.copy("other-pool")
      let calm = try tiny.study("calm", of: tiny.pool)
      let seconds = try time { try tiny.program.run(calm, ends: 0) }
      try tiny.program.runKilled(
        try tiny.study("killed", of: copy), after: Program.delays("study", within: seconds))
      let rows = try tiny.results("calm")
      #expect(rows.count > 1)
      #expect(try rows == tiny.results("killed"))
      let summary = try JSONSerialization.jsonObject(with: try tiny.bytes("calm/summary.json"))
      #expect(summary is [String: Any])
      let parser = XMLParser(data: try tiny.bytes("calm/report.html"))
      #expect(parser.parse(), "line \(parser.lineNumber)")
    }

    private func time(_ body: () throws -> Void) rethrows -> Double {
      let start = Date()
      try body()
      return Date().timeIntervalSince(start)
    }
  }
}
