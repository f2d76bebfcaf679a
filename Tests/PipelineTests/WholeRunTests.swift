import Foundation
import Pool
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

extension PipelineTests {
  /// All stages in sequence.
  @Suite struct WholeRun {
    @Test(
      "run does every stage, shows how it stands, and leaves a report", arguments: TinyPool.modes
    )
    func stages(mode: PoolMode) throws {
      let tiny = try TinyPool(mode)
      try tiny.program.run(tiny.whole("all", mode), ends: 0)
      let status = try status("all", tiny)
      #expect(status["state"] as? String == "finished")
      let stages = try #require(status["stages"] as? [[String: Any]])
      #expect(stages.map { $0["stage"] as? String } == ["pretrain", "al-finetune", "semisup"])
      #expect(stages.allSatisfy { $0["state"] as? String == "finished" })
      let rounds = try #require(stages[1]["rounds"] as? [[String: Any]])
      #expect(rounds.map { $0["labels"] as? Int } == [4, 8])
      let scores = try JSONDecoder().decode(
        [String: [String: Double]].self, from: try tiny.bytes("all/semisup/scores.json"))
      let metric = mode == .classification ? "balanced_accuracy" : "dice"
      let last = try #require(rounds[1]["score"] as? Double)
      #expect(abs(try #require(scores["before"]?[metric]) - last) < 1e-6)
      #expect(scores["after"]?[metric] != nil)
      let predictions = String(
        decoding: try tiny.bytes("all/predictions/predictions.csv"), as: UTF8.self)
      #expect(predictions.split(separator: "\n").count == 33)
      let parser = XMLParser(data: try tiny.bytes("all/report.html"))
      #expect(parser.parse(), "line \(parser.lineNumber)")
      let page = String(decoding: try tiny.bytes("all/report.html"), as: UTF8.self)
      #expect(page.contains("after semi-supervision, on the test split"))
    }

    @Test("run compares with random selection where it is asked to")
    func comparison() throws {
      let tiny = try TinyPool(.classification)
      let stages = "stages=[al-finetune, compare]"
      try tiny.program.run(
        tiny.whole("all", .classification, sets: [stages, "compareSeeds=1"]), ends: 0)
      let summary = try JSONSerialization.jsonObject(
        with: try tiny.bytes("all/compare/summary.json"))
      let arms = ((summary as? [String: Any])?["all"] as? [String: Any])?["arms"] as? [String: Any]
      #expect(Set(try #require(arms).keys) == ["random", "margin"])
      #expect(!tiny.has("all/pretrain") && !tiny.has("all/semisup"))
    }

    @Test("run waits for people, goes on, and its folder may be moved meanwhile")
    func waiting() throws {
      let tiny = try TinyPool(.classification)
      let people = ["stages=[al-finetune, semisup]", "alFinetune.annotator=folder"]
      var folder = "all"
      var outcome = try tiny.program.run(
        tiny.whole(folder, .classification, sets: people), ends: 3)
      for round in ["00", "01"] where outcome.code == 3 {
        let before = try status(folder, tiny)
        #expect(before["state"] as? String == "waiting")
        let table = "\(folder)/al-finetune/rounds/\(round)/to-label.csv"
        #expect((before["toLabel"] as? String)?.hasSuffix(table) == true)
        try tiny.program.run(
          ["labels", "add", try tiny.answer(table), "--pool", tiny.pool.path, "--run", "all"],
          ends: 0)
        try FileManager.default.moveItem(
          at: tiny.folder.appendingPathComponent(folder),
          to: tiny.folder.appendingPathComponent("moved-\(round)"))
        folder = "moved-\(round)"
        outcome = try tiny.program.run(
          tiny.whole(folder, .classification, sets: people) + ["--resume"])
      }
      #expect(outcome.code == 0, "\(outcome.errors)")
      #expect(try status(folder, tiny)["state"] as? String == "finished")
    }

    private func status(_ run: String, _ tiny: TinyPool) throws -> [String: Any] {
      let outcome = try tiny.program.run(
        ["status", tiny.folder.appendingPathComponent(run).path, "--json"], ends: 0)
      let status = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
      return try #require(status as? [String: Any])
    }
  }
}
