import Base
import Evaluation
import Foundation
import Report

/// A made-up study of two data sets that fills every part of the page.
enum SampleReport {
  static let key = RandomKey(seed: 3)

  static var content: ReportContent {
    ReportContent(
      title: "Label savings on synthetic slices",
      statement:
        "Made-up numbers that show every part of a report; they say nothing about any method.",
      facts: [
        ReportFact("Seeds", "5"), ReportFact("Device", "cpu, 2 threads"),
        ReportFact("Program", "1.0"),
      ],
      datasets: [tissue, patches],
      timings: [
        StageTime("import", seconds: 0.42), StageTime("pretrain", seconds: 95),
        StageTime("fine-tune", seconds: 412), StageTime("query", seconds: 3.1),
        StageTime("semi-supervised", seconds: 128),
      ],
      settings: "query: auto\nbudget:\n  start: 10\n  last: 160\nseeds: [1, 2, 3, 4, 5]\n",
      versions: [ReportFact("libtorch", "2.13.0"), ReportFact("Swift", "6.3.1")],
      checklist: Pitfall.audit(tissue.rows + patches.rows)
        + [
          Pitfall.patientLeakage.item(.met, note: "Test slices lie at least ten apart"),
          Pitfall.oneQuerySize.item(.none),
        ])
  }

  static var tissue: DatasetReport {
    let confusion = ConfusionMatrix(
      truth: Array(repeating: 0, count: 40) + Array(repeating: 1, count: 30)
        + Array(repeating: 2, count: 20),
      predicted: Array(repeating: 0, count: 37) + [1, 1, 2] + Array(repeating: 1, count: 24)
        + Array(repeating: 0, count: 6) + Array(repeating: 2, count: 20), classes: 3)
    return DatasetReport(
      name: "tissue", mode: .segmentation,
      summary: "Rings instead of brains: grey and white matter by distance from the centre.",
      facts: [ReportFact("Slices", "120"), ReportFact("Size", "64 × 64")],
      rows: rows("tissue", .segmentation, ["auto": 1.9, "hybrid": 1.3, "margin": 0.9]),
      mainArm: "auto", picks: picks, pickCount: 80, predictions: slices,
      classes: ["background", "grey matter", "white matter"], confusion: confusion,
      classScores: [ClassScore("grey matter", 0.871), ClassScore("white matter", 0.913)])
  }

  static var patches: DatasetReport {
    DatasetReport(
      name: "patches", mode: .classification, summary: "",
      rows: rows("patches", .classification, ["auto": 1.5, "late": 0.5]),
      predictions: (0..<6).map(patch), classes: ["csf", "grey", "white"],
      confusion: ConfusionMatrix(
        truth: [0, 0, 0, 1, 1, 1, 1, 2, 2], predicted: [0, 0, 1, 1, 1, 1, 2, 2, 2], classes: 3),
      classScores: [ClassScore("csf", 0.667), ClassScore("grey", 0.75), ClassScore("rare", nil)],
      reliability: (0..<12).map { place in
        let confidence = 0.42 + 0.05 * Double(place)
        return ReliabilityBin(
          count: 20, confidence: confidence,
          accuracy: min(1, confidence - 0.1 * sin(Double(place) / 3)))
      })
  }

  /// Curves that approach 0.9 at a speed given for each arm; random's is 1.
  static func rows(_ name: String, _ mode: StudyMode, _ speeds: [String: Double]) -> [ResultRow] {
    var rows: [ResultRow] = []
    let all = speeds.merging(["random": 1]) { $1 }.sorted { $0.key < $1.key }
    for (arm, speed) in all {
      for seed in 1...5 {
        let noise = key.folding(arm).folding(name).folding(seed)
        for round in 0..<9 {
          let labels = Int((10 * exp2(Double(round) / 2)).rounded())
          let score = 0.9 - 0.42 * pow(Double(labels) * speed / 10, -0.95)
          let value = score + 0.012 * noise.folding(round).normal()
          rows.append(row(name, mode, arm, seed, round, labels, value))
        }
      }
    }
    return rows + (1...3).map { row(name, mode, "full", $0, 0, 600, 0.88 + 0.002 * Double($0)) }
  }

  private static func row(
    _ name: String, _ mode: StudyMode, _ arm: String, _ seed: Int, _ round: Int, _ labels: Int,
    _ value: Double
  ) -> ResultRow {
    ResultRow(
      dataset: name, mode: mode, arm: arm, seed: seed, round: round, labels: labels,
      metric: mode.headline, value: value, seconds: 4)
  }

  private static let reasons = ["covers 31 images", "uncertain", "random part", "uncertain, rare"]

  private static var picks: [PickedImage] {
    (0..<14).map { place in
      PickedImage(
        item: 100 + 7 * place, round: 1 + place / 7, reason: reasons[place % 4],
        utility: 0.9 - 0.05 * Double(place), image: slice(place).image)
    }
  }

  private static var slices: [PredictedImage] {
    (0..<4).map { place in
      let (truth, image) = slice(place + 3)
      let (model, _) = slice(place + 3, shift: 1.5)
      return PredictedImage(
        item: 200 + place, image: image, outcome: .mask(predicted: model, truth: truth),
        note: "Dice 0.9\(place)")
    }
  }

  private static func patch(_ place: Int) -> PredictedImage {
    PredictedImage(
      item: 300 + place, image: slice(place).image,
      outcome: .label(
        predicted: place == 2 ? "white" : "grey", truth: place == 5 ? nil : "grey",
        confidence: 0.55 + 0.07 * Double(place)))
  }

  /// A ringed disc as picture and labels.
  static func slice(_ number: Int, shift: Double = 0) -> (map: LabelMap, image: ReportImage) {
    let side = 64
    var labels: [UInt8] = []
    var grey: [UInt8] = []
    for y in 0..<side {
      for x in 0..<side {
        let angle = atan2(Double(y) - 31.5, Double(x) - 31.5)
        let wobble = 2.5 * sin(5 * angle + Double(number)) + 1.5 * cos(3 * angle - shift)
        let radius = hypot((Double(x) - 31.5 - shift) * 1.15, Double(y) - 31.5) + wobble
        let label: UInt8 = radius < 16 ? 2 : radius < 25 ? 1 : 0
        labels.append(label)
        let noise = key.folding(number).folding(y * side + x).normal() * 9
        grey.append(UInt8(max(0, min(255, [18, 118, 190][Int(label)] + noise))))
      }
    }
    return (
      LabelMap(labels, width: side, height: side),
      ReportImage(
        data: greyPicture(grey, width: side, height: side), width: side, height: side)
    )
  }
}
