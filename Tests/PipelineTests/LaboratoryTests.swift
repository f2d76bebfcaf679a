import Foundation
import Pool
import Testing

extension PipelineTests {
  /// `compare --frozen` through the program.
  @Suite struct Laboratory {
    private let tiny: TinyPool

    init() throws { tiny = try TinyPool(.classification) }

    private func arguments(_ name: String, pool: URL? = nil, arms: String = arms) throws -> [String]
    {
      let text = """
        datasets: [{name: tiny, pool: "\((pool ?? tiny.pool).path)"}]
        features: {pixels: {side: 8, channels: 1}}
        arms: [\(arms)]
        budgets: [4, 8, 12]
        seeds: 3
        randomRuns: 2
        """
      return [
        "compare", "--frozen", "--config", try tiny.write(text + "\n", to: "\(name).yaml"), "--out",
        tiny.folder.appendingPathComponent(name).path, "--device", "cpu",
      ]
    }

    private static let arms = """
      {name: random, query: random}, {name: hybrid, query: hybrid}, {name: bald, query: bald},
      {name: auto, query: auto}, {name: herd-margin, query: {phases: {plan:
      [{query: max-herding, until: {labels: 4}}, {query: margin}]}}}
      """

    @Test("results, summary, table and report are written, the same with any number of threads")
    func whole() throws {
      let printed = try tiny.program.run(arguments("one") + ["--threads", "1"], ends: 0).output
      try tiny.program.run(arguments("two") + ["--threads", "2"], ends: 0)
      let results = try tiny.results("one")
      #expect(try results == tiny.results("two"))
      let arms = Set(results.dropFirst().map { $0[2] })
      #expect(arms == ["full", "random", "random#2", "hybrid", "bald", "auto", "herd-margin"])
      #expect(try tiny.bytes("one/summary.json") == tiny.bytes("two/summary.json"))
      let table = String(decoding: try tiny.bytes("one/pooled.md"), as: UTF8.self)
      #expect(printed.contains(table) && table.contains("| herd-margin |"))
      #expect(tiny.has("one/report.html"))
    }

    @Test("a study that was killed ends in the same results")
    func killed() throws {
      let seconds =
        try ContinuousClock().measure { try tiny.program.run(arguments("calm"), ends: 0) }
        / .seconds(1)
      try tiny.program.runKilled(
        arguments("killed"), after: Program.delays("laboratory", within: seconds))
      #expect(try tiny.results("calm") == tiny.results("killed"))
      #expect(try tiny.bytes("calm/summary.json") == tiny.bytes("killed/summary.json"))
    }

    @Test("masks, and arms that want more than frozen features, are refused before any work")
    func refused() throws {
      let masks = try TinyPool(.segmentation)
      try tiny.program.refuse(
        arguments("masks", pool: masks.pool),
        saying: ["frozen features serve pools with one class", "without --frozen"])
      try tiny.program.refuse(
        arguments("views", arms: "{name: random, query: random}, {name: aift, query: aift}"),
        saying: ["'aift' reads views", "without --frozen"])
      #expect(!tiny.has("masks") && !tiny.has("views"))
    }
  }
}
