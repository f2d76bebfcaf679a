import Base
import Foundation
import Imaging
import Pool
import Testing

extension PipelineTests {
  /// Parts of images as units of query.
  @Suite struct Tiles {
    private static let sets = ["unit={tile: {side: 8, perImage: 2}}", "query=clasp"]

    private func rounds(
      _ run: String, _ tiny: TinyPool, pool: URL? = nil, sets: [String] = []
    ) -> [String] {
      tiny.rounds(run, .segmentation, pool: pool, sets: Self.sets + sets)
    }

    /// The lines of picks.csv: item, x, y, side.
    private func tiles(_ run: String, _ round: String, _ tiny: TinyPool) throws -> [[Int]] {
      String(decoding: try tiny.bytes("\(run)/rounds/\(round)/picks.csv"), as: UTF8.self)
        .split(separator: "\n").dropFirst()
        .map { $0.split(separator: ",")[1..<5].compactMap { Int($0) } }
    }

    private func scores(_ run: String, _ round: String, _ tiny: TinyPool) throws -> [String: Any] {
      let json = try JSONSerialization.jsonObject(
        with: try tiny.bytes("\(run)/rounds/\(round)/scores.json"))
      return try #require(json as? [String: Any])
    }

    @Test("two rounds of tiles with the oracle: apart, cut from the truth, counted")
    func oracle() throws {
      let tiny = try TinyPool(.segmentation)
      let outcome = try tiny.program.run(
        rounds("run", tiny, sets: ["rates.perUnit=30"]), ends: 0)
      #expect(outcome.output.contains("round 1: 8 labels (the area of 0.50 images)"))
      let all = try ["00", "01"].flatMap { try tiles("run", $0, tiny) }
      #expect(all.count == 8 && all.allSatisfy { $0[3] == 8 })
      for (place, tile) in all.enumerated() {
        let overlapping = all[..<place].contains {
          $0[0] == tile[0] && abs($0[1] - tile[1]) < 8 && abs($0[2] - tile[2]) < 8
        }
        #expect(!overlapping)
      }
      let pool = try Pool.open(tiny.pool)
      let (labels, truth) = (try pool.currentLabels(run: "run"), try pool.truth(of: pool.ids()))
      for (item, label) in labels {
        let mask = try pool.partialMask(of: item, label)
        let whole = try pool.partialMask(of: item, truth[item])
        for pixel in 0..<32 * 32 {
          let isAsked = all.contains {
            $0[0] == item && $0[1]..<$0[1] + 8 ~= pixel % 32 && $0[2]..<$0[2] + 8 ~= pixel / 32
          }
          #expect(mask.classes[pixel] == (isAsked ? whole.classes[pixel] : 255))
        }
      }
      let last = try scores("run", "01", tiny)
      let annotated = try #require(last["annotated"] as? [String: Any])
      #expect(annotated["units"] as? Int == 8 && annotated["pixels"] as? Int == 8 * 64)
      #expect(last["annotationSeconds"] as? Double == 240)
      // The test split is measured on whole images.
      #expect((last["test"] as? [String: Any])?["dice"] != nil)
    }

    @Test("tiles labelled by people give the same picks and weights as the oracle's")
    func people() throws {
      let tiny = try TinyPool(.segmentation)
      let copy = try tiny.copy("people-pool")
      try tiny.program.run(rounds("oracle/run", tiny), ends: 0)
      let asking = rounds("people/run", tiny, pool: copy, sets: ["annotator=folder"])
      var outcome = try tiny.program.run(asking, ends: 3)
      for (place, round) in ["00", "01"].enumerated() where outcome.code == 3 {
        #expect(outcome.output.contains("waiting for 4 labels"))
        #expect(outcome.output.contains("ITEM_X_Y.png"))
        // The first time parts, the second time whole images.
        let folder = try answer("people/run/rounds/\(round)", tiny, copy, whole: place == 1)
        try tiny.program.run(
          ["labels", "add", folder, "--pool", copy.path, "--run", "run"], ends: 0)
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

    /// Draws the masks that a round asks for, from the truth.
    private func answer(
      _ round: String, _ tiny: TinyPool, _ copy: URL, whole: Bool
    ) throws -> String {
      let pool = try Pool.open(copy)
      let truth = try pool.truth(of: pool.ids())
      let folder = tiny.folder.appendingPathComponent("\(round)-masks")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let table = String(decoding: try tiny.bytes("\(round)/to-label.csv"), as: UTF8.self)
      for line in table.split(separator: "\n").dropFirst() {
        let fields = line.split(separator: ",").map(String.init)
        let numbers = fields.prefix(5).compactMap { Int($0) }
        let (item, x, y, width) = (numbers[0], numbers[1], numbers[2], numbers[3])
        #expect(fields[5] == "\(item)_\(x)_\(y).png")
        #expect(tiny.has("\(round)/to-label/\(item).png"))
        let suggestion = "\(round)/to-label/\(item)_\(x)_\(y)-suggestion.png"
        #expect(tiny.has(suggestion) == !round.hasSuffix("00"))
        let mask = try pool.partialMask(of: item, truth[item]).classes
        let bytes =
          whole ? mask : (y..<y + numbers[4]).flatMap { mask[$0 * 32 + x..<$0 * 32 + x + width] }
        try PNGWriter.encode(
          ImageBuffer(
            height: whole ? 32 : numbers[4], width: whole ? 32 : width, photometric: .grey,
            bytes: bytes)
        ).write(to: folder.appendingPathComponent(whole ? "\(item).png" : fields[5]))
      }
      return folder.path
    }

    @Test("killed anywhere and started again, tiles end in the same picks and weights")
    func resume() throws {
      let tiny = try TinyPool(.segmentation)
      let copy = try tiny.copy("other-pool")
      let start = Date()
      try tiny.program.run(rounds("whole/run", tiny), ends: 0)
      let seconds = Date().timeIntervalSince(start)
      try tiny.program.runKilled(
        rounds("killed/run", tiny, pool: copy), after: Program.delays("tiles", within: seconds))
      for file in ["00/picks.csv", "01/picks.csv", "01/labels.csv", "01/model.safetensors"] {
        let path = "run/rounds/\(file)"
        #expect(try tiny.bytes("whole/\(path)") == tiny.bytes("killed/\(path)"), "\(file)")
      }
    }

    @Test(
      "every way to choose tiles runs",
      arguments: ["random", "random-fg66", "k-center", "entropy", "bald"])
    func rules(rule: String) throws {
      let tiny = try TinyPool(.segmentation)
      let sets = ["query=\(rule)", "firstQuery=\(rule == "k-center" ? rule : "random")"]
      try tiny.program.run(rounds("run", tiny, sets: sets), ends: 0)
      let all = try ["00", "01"].flatMap { try tiles("run", $0, tiny) }
      #expect(Set(all).count == 8)
      if rule == "k-center" { #expect(Set(all.map { $0[0] }).count == 8) }
    }

    @Test("a side beyond the image's asks for whole images")
    func whole() throws {
      let tiny = try TinyPool(.segmentation)
      try tiny.program.run(rounds("run", tiny, sets: ["unit={tile: {side: 999}}"]), ends: 0)
      let all = try ["00", "01"].flatMap { try tiles("run", $0, tiny) }
      #expect(all.allSatisfy { $0[1...] == [0, 0, 32] } && Set(all.map { $0[0] }).count == 8)
      let annotated = try scores("run", "01", tiny)["annotated"] as? [String: Any]
      #expect(annotated?["pixels"] as? Int == 8 * 32 * 32)
    }

    @Test("a comparison of rules on tiles measures whole test images")
    func comparison() throws {
      let tiny = try TinyPool(.segmentation)
      let text = """
        datasets: [{name: tiny, pool: "\(tiny.pool.path)", weights: ""}]
        arms: [{name: random, query: random}, {name: clasp, query: clasp}]
        seeds: 1
        segmentation:
          unit: {tile: {side: 8}}
          model: {architecture: unet-resnet18, imageSize: 32, channels: 1, stem: small, widthFactor: 0.125}
          rounds: {budgets: [4, 8]}
          fineTune: {trunk: full, batch: 4, steps: {minimum: 3, maximum: 3}}
        """
      try tiny.program.run(
        [
          "compare", "--config", try tiny.write(text + "\n", to: "study.yaml"), "--out",
          tiny.folder.appendingPathComponent("study").path, "--threads", "1", "--device", "cpu",
        ], ends: 0)
      let rows = try tiny.results("study").map { $0.joined(separator: ",") }
      #expect(rows.contains { $0.contains("clasp") && $0.contains(",8,dice,") })
      let report = String(decoding: try tiny.bytes("study/report.html"), as: UTF8.self)
      #expect(report.contains("as many as 0.50 images have"))
    }

    @Test("what tiles cannot do is refused before anything is done")
    func refusals() throws {
      let tiny = try TinyPool(.segmentation)
      let cases: [(setting: String, code: Int32, words: String)] = [
        ("query=auto", 64, "'auto' compares whole images"),
        ("query=hybrid", 64, "'hybrid' compares whole images"),
        ("firstQuery=badge", 64, "'badge' compares whole images"),
        ("unit={tile: {side: 0}}", 65, "side must be at least 1"),
        ("rates.perUnit=-1", 65, "must be at least 0"),
      ]
      for (setting, code, words) in cases {
        let outcome = try tiny.program.run(rounds("run", tiny, sets: [setting]), ends: code)
        #expect(outcome.errors.contains(words), "\(outcome.errors)")
        #expect(!tiny.has("run"))
      }
      let classes = try TinyPool(.classification)
      let outcome = try classes.program.run(
        classes.rounds("run", .classification, sets: ["unit=tile", "query=random"]), ends: 64)
      #expect(outcome.errors.contains("a class is asked for of a whole image"))
    }
  }
}
