import Foundation
import Pool
import Testing

extension PipelineTests {
  /// Every name of the semi-supervised catalogue through the program.
  @Suite struct SemiSupMethods {
    /// In the modes that it does not name a method is refused, with what to use instead.
    private static let refused: [PoolMode: [String: String]] = [
      .classification: ["ua-mt": "use mean-teacher", "cross-teaching": "use cps"],
      .segmentation: ["mixmatch": "use fixmatch"],
    ]

    @Test(
      "each takes two steps in its modes, and is refused in the others",
      arguments: [PoolMode.classification, .segmentation])
    func smoke(mode: PoolMode) throws {
      let tiny = try TinyPool(mode)
      try tiny.program.run(tiny.rounds("rounds", mode), ends: 0)
      for name in try names(tiny) {
        let method = name == "ceal" ? "{ceal: {entropy: 2, score: 0}}" : name
        let arguments =
          tiny.semisup(name, from: "rounds", compares: false)
          + ["method=\(method)", "steps=2", "trunk=full"].flatMap {
            ["--set", $0]
          }
        if let remedy = Self.refused[mode]?[name] {
          let outcome = try tiny.program.run(arguments)
          #expect(outcome.code == 64 && outcome.errors.contains(remedy), "\(outcome.errors)")
          #expect(!tiny.has(name))
          continue
        }
        try tiny.program.run(arguments, ends: 0)
        let verdict =
          try JSONSerialization.jsonObject(with: try tiny.bytes("\(name)/verdict.json"))
          as? [String: Any]
        #expect(verdict?["reason"] as? String == "forced", "\(name)")
        #expect(tiny.has("\(name)/model.safetensors"), "\(name)")
      }
    }

    @Test("rounds refuse a method before their first step, and head training one that wants views")
    func refusedBefore() throws {
      let tiny = try TinyPool(.classification)
      let early = tiny.rounds(
        "run", .classification, sets: ["semisup.when=each-round", "semisup.method=ua-mt"])
      let outcome = try tiny.program.run(early)
      #expect(
        outcome.code == 64 && outcome.errors.contains("use mean-teacher"), "\(outcome.errors)")
      let frozen = tiny.rounds(
        "run", .classification, sets: ["semisup.trunk=frozen", "semisup.method=fixmatch"])
      try tiny.program.refuse(frozen, saying: ["set trunk to full"])
      let range = tiny.rounds(
        "run", .classification, sets: ["semisup.method={mean-teacher: {delay: 2}}"])
      try tiny.program.refuse(range, saying: ["delay must lie in 0 ... 1"])
      #expect(!tiny.has("run"))
    }

    private func names(_ tiny: TinyPool) throws -> [String] {
      let output = try tiny.program.run(["methods", "--stage", "semisup", "--json"], ends: 0).output
      let methods = try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [[String: Any]]
      let names = methods?.compactMap { $0["name"] as? String } ?? []
      #expect(names.count == 10)
      return names
    }
  }
}
