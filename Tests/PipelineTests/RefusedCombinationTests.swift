import Base
import Foundation
import Pool
import Testing

extension PipelineTests {
  /// Methods on what they are not made for: refused before any work, with what to use instead.
  @Suite struct RefusedCombinations {
    @Test("pretraining on a network or on images that the method is not for")
    func pretraining() throws {
      let tiny = try TinyPool(.classification)
      let cases: [(sets: [String], says: [String])] = [
        (["method=mae"], ["mae wants a vision transformer", "use simclr"]),
        (
          ["method=rotation", "augmentation.modality=dermoscopy"],
          ["way up, which dermoscopy", "use simclr"]
        ),
        (["method=decoder-restore"], ["wants a segmentation network", "use simclr"]),
      ]
      for (sets, says) in cases {
        try tiny.program.refuse(
          tiny.pretrain("run") + sets.flatMap { ["--set", $0] }, saying: says)
      }
      #expect(!tiny.has("run"))
    }

    @Test("rounds whose rule wants dropout that is not there, or batches that it cannot weigh")
    func rounds() throws {
      let tiny = try TinyPool(.classification)
      let cases: [(sets: [String], says: [String])] = [
        (["query=bald", "model.dropout=0"], ["the network has none", "committee-kl"]),
        (
          ["query=batch-bald", "rounds.budgets=[10, 510]"],
          ["at most 100 items", "bald with select: power"]
        ),
      ]
      for (sets, says) in cases {
        try tiny.program.refuse(
          tiny.rounds("run", .classification, sets: sets), code: 64, saying: says)
      }
      #expect(!tiny.has("run"))
    }

    @Test("a query of statistics that lack what the rule reads, or of a batch that it cannot weigh")
    func statistics() throws {
      let tiny = try TinyPool(.classification)
      let folder = tiny.folder.appendingPathComponent("statistics")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      func write(_ name: String, _ values: [Float], _ shape: [Int]) throws {
        try ArrayFile.write(
          values, shape: shape, to: folder.appendingPathComponent("\(name).npy"))
      }
      func query(_ rule: String, budget: Int = 5) -> [String] {
        [
          "query", "--statistics", folder.path, "--strategy", rule, "--budget", "\(budget)",
          "--json",
        ]
      }
      let count = 600
      let key = RandomKey(seed: 1)
      let draws = (0..<20 * count).map { Float(key.folding($0).uniform()) }
      try write("embeddings", draws, [count, 20])
      try tiny.write("item,label\n0,0\n1,1\n", to: "statistics/labelled.csv")
      try tiny.program.refuse(query("badge"), saying: ["'badge' needs probabilities"])
      try write("uncertainty", Array(draws.prefix(count)), [count])
      try tiny.program.refuse(
        query("badge"), saying: ["a pixel aggregate cannot stand in", "as probabilities.npy"])
      let members = draws.prefix(2 * count).flatMap { [$0, 1 - $0] }
      try write("member_probabilities", members, [2, count, 2])
      try tiny.program.refuse(
        query("batch-bald", budget: 500), saying: ["at most 100 items, not of 500", "power noise"])
    }

    @Test("labels of one class leave the choice to coverage, and the picks say so")
    func oneClass() throws {
      let tiny = try TinyPool(.classification)
      let folder = tiny.folder.appendingPathComponent("statistics")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let values = (0..<40).map { Float($0 % 7) / 8 }
      try ArrayFile.write(
        values.flatMap { [$0, 1 - $0] }, shape: [40, 2],
        to: folder.appendingPathComponent("probabilities.npy"))
      try ArrayFile.write(
        values, shape: [40, 1], to: folder.appendingPathComponent("embeddings.npy"))
      try tiny.write("item,label\n0,1\n1,1\n", to: "statistics/labelled.csv")
      for rule in ["margin", "badge", "auto"] {
        let outcome = try tiny.program.run(
          [
            "query", "--statistics", folder.path, "--strategy", rule, "--budget", "3", "--json",
          ], ends: 0)
        #expect(outcome.output.contains("one class known"), "\(outcome.output)")
      }
    }
  }
}
