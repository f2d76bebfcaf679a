import Foundation
import Pool
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

extension PipelineTests {
  /// Killed anywhere and started again, a run ends as if nothing had happened.
  @Suite struct Resume {
    @Test("rounds that were killed end in the same picks and weights")
    func rounds() throws {
      let tiny = try TinyPool(.classification)
      let copy = try tiny.copy("other-pool")
      let seconds = try time { try tiny.program.run(tiny.rounds("calm", .classification), ends: 0) }
      try tiny.program.runKilled(
        tiny.rounds("killed", .classification, pool: copy),
        after: Program.delays("rounds", quick: 3, within: seconds))
      for round in ["00", "01"] {
        for name in ["picks.csv", "model.safetensors"] {
          let file = "rounds/\(round)/\(name)"
          #expect(try tiny.bytes("calm/\(file)") == tiny.bytes("killed/\(file)"), "\(file)")
        }
      }
    }

    @Test("a pretraining that was killed ends in the same weights")
    func pretraining() throws {
      let tiny = try TinyPool(.classification)
      let copy = try tiny.copy("other-pool")
      let seconds = try time { try tiny.program.run(tiny.pretrain("calm"), ends: 0) }
      try tiny.program.runKilled(
        tiny.pretrain("killed", pool: copy),
        after: Program.delays("pretraining", quick: 3, within: seconds))
      let file = "weights.safetensors"
      #expect(try tiny.bytes("calm/\(file)") == tiny.bytes("killed/\(file)"))
    }

    @Test("a study that was killed ends in the same results, and its report is well-formed")
    func study() throws {
      let tiny = try TinyPool(.classification)
      let copy = try tiny.copy("other-pool")
      let calm = try study("calm", tiny, tiny.pool)
      let seconds = try time { try tiny.program.run(calm, ends: 0) }
      try tiny.program.runKilled(
        try study("killed", tiny, copy), after: Program.delays("study", quick: 2, within: seconds))
      let rows = try results("calm", tiny)
      #expect(rows.count > 1)
      #expect(try rows == results("killed", tiny))
      let summary = try JSONSerialization.jsonObject(with: try tiny.bytes("calm/summary.json"))
      #expect(summary is [String: Any])
      let parser = XMLParser(data: try tiny.bytes("calm/report.html"))
      #expect(parser.parse(), "line \(parser.lineNumber)")
    }

    private func study(_ name: String, _ tiny: TinyPool, _ pool: URL) throws -> [String] {
      let text = """
        datasets: [{name: tiny, pool: "\(pool.path)", weights: ""}]
        arms: [{name: random, query: random}, {name: margin, query: margin}]
        seeds: 2
        classification:
          model: {architecture: resnet18, imageSize: 32, channels: 1, stem: small, widthFactor: 0.125}
          rounds: {budgets: [4, 8]}
          fineTune: {trunk: full, batch: 4, steps: {minimum: 3, maximum: 3}}
        """
      return [
        "compare", "--config", try tiny.write(text + "\n", to: "\(name).yaml"),
        "--out", tiny.folder.appendingPathComponent(name).path, "--threads", "1",
        "--device", "cpu",
      ]
    }

    /// The lines of results.csv without the seconds, which no two runs share.
    private func results(_ name: String, _ tiny: TinyPool) throws -> [[String]] {
      let text = String(decoding: try tiny.bytes("\(name)/results.csv"), as: UTF8.self)
      let lines = text.split(whereSeparator: \.isNewline).map {
        $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      }
      let column = try #require(lines.first?.firstIndex(of: "seconds"))
      return lines.map { Array($0[..<column] + $0[(column + 1)...]) }
    }

    private func time(_ body: () throws -> Void) rethrows -> Double {
      let start = Date()
      try body()
      return Date().timeIntervalSince(start)
    }
  }
}
