import Foundation
import Pool
import Testing

extension PipelineTests {
  /// Several classes an image, from the table to the comparison.
  @Suite struct MultiLabel {
    /// The images of the classification pool with two classes: striped, and every third `third`.
    private func pool(_ tiny: TinyPool) throws -> URL {
      let table =
        ["file,group,split,striped,third"]
        + tiny.lines { number in
          let side = (number / 2) % 4 == 3 ? "test" : "train"
          return "\(number).png,g\(number / 2),\(side),\(number % 2),\(number % 3 == 0 ? 1 : 0)"
        }
      let arguments = try tiny.importing("several", table: table)
      try tiny.program.run(
        arguments.map { $0 == "classification" ? "multi-label" : $0 }, ends: 0)
      return tiny.folder.appendingPathComponent("several")
    }

    private func rounds(_ tiny: TinyPool, _ run: String, _ pool: URL, _ sets: [String]) -> [String]
    {
      tiny.rounds(run, .multiLabel, pool: pool, sets: sets)
    }

    @Test("rounds, predictions and a comparison go through, and tell each class")
    func whole() throws {
      let tiny = try TinyPool(.classification)
      let pool = try pool(tiny)
      try tiny.program.run(
        rounds(
          tiny, "run", pool,
          ["query=entropy", "fineTune.classWeights=balanced", "fineTune.logitAdjustment=0"]),
        ends: 0)
      let scores = String(decoding: try tiny.bytes("run/rounds/01/scores.json"), as: UTF8.self)
      for key in ["mean_average_precision", "auroc_macro", "ap_striped", "ap_third"] {
        #expect(scores.contains("\"\(key)\""))
      }
      try tiny.program.run(
        [
          "predict", "--weights", tiny.folder.path + "/run", "--pool", pool.path, "--split", "all",
          "--out", tiny.folder.path + "/out",
        ], ends: 0)
      let lines = String(decoding: try tiny.bytes("out/predictions.csv"), as: UTF8.self)
        .split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
      #expect(lines[0] == ["item", "labels", "striped", "third"])
      #expect(lines.count == 33)
      for line in lines.dropFirst() {
        let shares = try line.suffix(2).map { try #require(Double($0)) }
        let names = zip(["striped", "third"], shares).filter { $0.1 >= 0.5 }.map(\.0)
        #expect(line[1] == (names.isEmpty ? "-" : names.joined(separator: "|")))
      }
      try tiny.program.run(["report", tiny.folder.path + "/run", "--pool", pool.path], ends: 0)
      try tiny.program.run(tiny.study("study", of: pool), ends: 0)
      let results = try tiny.results("study")
      #expect(results.dropFirst().allSatisfy { $0[1] == "multi-label" })
      let summary = String(decoding: try tiny.bytes("study/summary.json"), as: UTF8.self)
      #expect(summary.contains("mean_average_precision"))
    }

    @Test("people answer with lists of classes, and get them suggested")
    func people() throws {
      let tiny = try TinyPool(.classification)
      let pool = try pool(tiny)
      let run = rounds(tiny, "run", pool, ["annotator=folder"])
      try tiny.program.run(run, ends: 3)
      for round in ["00", "01"] {
        let table = "run/rounds/\(round)/to-label.csv"
        let lines = String(decoding: try tiny.bytes(table), as: UTF8.self)
          .split(separator: "\n").enumerated().map { number, line -> String in
            var fields = line.split(separator: ",", omittingEmptySubsequences: false)
              .map(String.init)
            if number > 0 {
              if round == "01" { #expect(!fields[2].isEmpty) }
              fields[1] = number % 2 == 0 ? "striped|third" : "-"
            }
            return fields.joined(separator: ",")
          }
        try tiny.write(lines.joined(separator: "\n") + "\n", to: table)
        try tiny.program.run(
          [
            "labels", "add", tiny.folder.appendingPathComponent(table).path, "--pool", pool.path,
            "--run", "run",
          ], ends: 0)
        try tiny.program.run(run + ["--resume"], ends: round == "00" ? 3 : 0)
      }
    }

    @Test("what is of one class an image is refused before any work, with what to use instead")
    func refused() throws {
      let tiny = try TinyPool(.classification)
      let pool = try pool(tiny)
      let cases = [
        (["query=auto"], "reads what images with several classes do not have"),
        (["query=badge"], "reads what images with several classes do not have"),
        (["query=class-balanced"], "reads what images with several classes do not have"),
        (["semisup.when=each-round"], "semi-supervised learning is of one class an image"),
        (["fineTune.calibrated=true"], "calibrated is of one class an image"),
      ]
      for (sets, words) in cases {
        try tiny.program.refuse(rounds(tiny, "run", pool, sets), code: 64, saying: [words])
      }
      #expect(!tiny.has("run"))
    }
  }
}
