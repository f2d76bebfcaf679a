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
      let calm = try tiny.study("calm", of: tiny.pool)
      let seconds = try time { try tiny.program.run(calm, ends: 0) }
      try tiny.program.runKilled(
        try tiny.study("killed", of: copy),
        after: Program.delays("study", quick: 2, within: seconds))
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
