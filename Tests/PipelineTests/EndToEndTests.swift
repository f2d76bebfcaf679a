import Foundation
import Pool
import Testing

extension PipelineTests {
  /// From images to a model.
  @Suite struct EndToEnd {
    @Test("import and two rounds with the oracle", arguments: TinyPool.modes)
    func oracle(mode: PoolMode) throws {
      let tiny = try TinyPool(mode)
      let outcome = try tiny.program.run(tiny.rounds("run", mode), ends: 0)
      #expect(outcome.output.contains("round 1: 8 labels"))
      let scores = try JSONSerialization.jsonObject(
        with: try tiny.bytes("run/rounds/01/scores.json"))
      let test = try #require((scores as? [String: Any])?["test"] as? [String: Any])
      let headline = test[mode == .segmentation ? "dice" : "balanced_accuracy"] as? Double
      #expect((0...1).contains(try #require(headline)))
      #expect(!tiny.has("run/rounds/02"))
    }

    @Test(
      "rules that read more than one network's outputs run from images to picks",
      arguments: [
        (PoolMode.segmentation, "random-fg66"), (.segmentation, "random-fg33"),
        (.segmentation, "random-predfg66"), (.segmentation, "badge"), (.segmentation, "clasp"),
        (.segmentation, "egl"), (.segmentation, "consistency"),
        (.classification, "temporal-disagreement"), (.classification, "drop-query"),
        (.classification, "learning-loss"), (.classification, "discriminative"),
      ])
    func statistics(mode: PoolMode, query: String) throws {
      let tiny = try TinyPool(mode)
      let budgets = ["rounds.budgets=[4, 8, 10]", "query=\(query)"]
      try tiny.program.run(tiny.rounds("run", mode, sets: budgets), ends: 0)
      let table = String(decoding: try tiny.bytes("run/rounds/02/picks.csv"), as: UTF8.self)
      let lines = table.split(separator: "\n")
      #expect(lines.count == 3 && lines[0] == "rank,item,utility,probability,reason")
      if query.hasPrefix("random") {
        for line in lines.dropFirst() {
          let fields = line.split(separator: ",", omittingEmptySubsequences: false)
          #expect((0...1).contains(try #require(Double(fields[3]))))
        }
      }
      if mode == .segmentation, query == "consistency" {
        #expect(tiny.has("run/rounds/02/statistics/uncertainty.json"))
      }
    }

    @Test("labels from people give the same picks and weights as the oracle's")
    func folderAnnotator() throws {
      let tiny = try TinyPool(.classification)
      let copy = try tiny.copy("people-pool")
      try tiny.program.run(tiny.rounds("oracle/run", .classification), ends: 0)
      let asking = tiny.rounds(
        "people/run", .classification, pool: copy, sets: ["annotator=folder"])
      var outcome = try tiny.program.run(asking, ends: 3)
      for round in ["00", "01"] where outcome.code == 3 {
        let table = "people/run/rounds/\(round)/to-label.csv"
        #expect(outcome.output.contains("waiting for 4 labels"))
        let path = try tiny.answer(table, from: copy)
        try tiny.program.run(["labels", "add", path, "--pool", copy.path, "--run", "run"], ends: 0)
        outcome = try tiny.program.run(asking + ["--resume"])
      }
      #expect(outcome.code == 0, "\(outcome.errors)")
      for round in ["00", "01"] {
        for name in ["picks.csv", "model.safetensors"] {
          let file = "run/rounds/\(round)/\(name)"
          #expect(try tiny.bytes("oracle/\(file)") == tiny.bytes("people/\(file)"), "\(file)")
        }
      }
    }

    @Test("every round uses the images without labels where it is told to")
    func eachRound() throws {
      let tiny = try TinyPool(.classification)
      let sets = (["when=each-round", "offSwitch.enabled=false"] + TinyPool.semisup).map {
        "semisup.\($0)"
      }
      let copy = try tiny.copy("other-pool")
      try tiny.program.run(tiny.rounds("final/run", .classification), ends: 0)
      try tiny.program.run(
        tiny.rounds("each/run", .classification, pool: copy, sets: sets), ends: 0)
      #expect(!tiny.has("final/run/rounds/00/verdict.json"))
      for round in ["00", "01"] {
        let verdict = try JSONSerialization.jsonObject(
          with: try tiny.bytes("each/run/rounds/\(round)/verdict.json"))
        #expect((verdict as? [String: Any])?["isOn"] as? Bool == true)
        #expect(tiny.has("each/run/rounds/\(round)/semisup.jsonl"))
        #expect(!tiny.has("each/run/rounds/\(round)/checkpoints"))
      }
      let model = "run/rounds/00/model.safetensors"
      #expect(try tiny.bytes("final/\(model)") != tiny.bytes("each/\(model)"))
    }
  }
}
