import ActiveLearning
import Base
import Evaluation
import Foundation
import Imaging
import Models
import Pool
import Query
import Report
import Study
import Torch
import Training

/// What a study's report shows, gathered from the study's folder and its pools.
struct StudyReport {
  let settings: StudyConfiguration
  let folder: URL
  let rows: [ResultRow]
  private static let shownPicks = 24
  private static let shownPredictions = 8
  private static let thumbnail = 96

  /// The page's content.
  func content(statement: String, seconds: Double) throws -> ReportContent {
    ReportContent(
      title: "Label savings: " + folder.lastPathComponent, statement: statement,
      facts: [
        ReportFact("arms", settings.arms.map(\.name).joined(separator: ", ")),
        ReportFact("seeds", "\(settings.seeds)"),
      ],
      datasets: try settings.datasets.map(dataset), timings: timings(seconds),
      settings: try String(
        contentsOf: folder.appendingPathComponent("config.yaml"), encoding: .utf8),
      versions: [
        ReportFact("modicum", Version.current), ReportFact("libtorch", TorchRuntime.version),
      ],
      checklist: Pitfall.audit(rows) + [
        Pitfall.patientLeakage.item(.met, note: "groups are split whole"),
        Pitfall.testSetChoice.item(.met), Pitfall.unequalTraining.item(.met),
        Pitfall.droppedSeeds.item(.met), Pitfall.uncountedLabels.item(.met),
      ])
  }

  private func timings(_ seconds: Double) -> [StageTime] {
    let training = Dictionary(grouping: rows) { "\($0.dataset) \($0.arm) \($0.seed) \($0.round)" }
      .values.compactMap(\.first)
    let byArm = Dictionary(grouping: training) { "\($0.dataset), \($0.arm)" }
    return byArm.sorted { $0.key < $1.key }.map { name, rounds in
      StageTime("training: " + name, seconds: rounds.reduce(0) { $0 + $1.seconds })
    } + [StageTime("this call, in all", seconds: seconds)]
  }

  // MARK: - A data set

  private func dataset(_ dataset: StudyConfiguration.Dataset) throws -> DatasetReport {
    let pool = try Pool.open(URL(fileURLWithPath: dataset.pool))
    let mode: StudyMode = try pool.mode == .segmentation ? .segmentation : .classification
    let counts = try pool.counts()
    let main =
      settings.arms.first { $0.name == "auto" } ?? settings.arms.first { $0.name != "random" }
    var report = DatasetReport(
      name: dataset.name, mode: mode,
      facts: [
        ReportFact("training images", "\(counts[.train] ?? 0)"),
        ReportFact("test images", "\(counts[.test] ?? 0)"),
        ReportFact("classes", try pool.classes.joined(separator: ", ")),
      ],
      rows: rows.filter { $0.dataset == dataset.name }, mainArm: main?.name,
      classes: try pool.classes)
    guard let main else { return report }
    let cell = StudyCell(dataset: dataset, arm: main, seed: 0)
    try show(picksOf: cell, pool, in: &report)
    try show(predictionsOf: cell, pool, in: &report)
    return report
  }

  private func show(picksOf cell: StudyCell, _ pool: Pool, in report: inout DatasetReport) throws {
    let truth = try pool.truth()
    var count = 0
    for round in 0... {
      let picks = try RoundFolder(run: cell.folder(in: folder), round: round).readPickList()
      guard let picks else { break }
      count += picks.count
      for pick in picks where report.picks.count < Self.shownPicks {
        report.picks.append(
          PickedImage(
            item: pick.item, round: round, reason: pick.reason, utility: pick.utility,
            label: name(truth[pick.item], report.classes),
            image: try picture(pool, pick.item)))
      }
    }
    report.pickCount = count
  }

  private func name(_ label: Label?, _ classes: [String]) -> String? {
    if case .class(let value)? = label { classes[value] } else { nil }
  }

  private func picture(_ pool: Pool, _ item: Int, size: Int = Self.thumbnail) throws -> ReportImage
  {
    let image = try pool.image(item).display8().resized(height: size, width: size)
    return ReportImage(data: try PNGWriter.encode(image), width: size, height: size)
  }

  // MARK: - Predictions

  private func show(
    predictionsOf cell: StudyCell, _ pool: Pool, in report: inout DatasetReport
  ) throws {
    let (network, card) = try ModelFile.load(try GivenWeights.model(cell.folder(in: folder)))
    let truth = try pool.truth()
    let test = try pool.ids(in: .test).filter { truth[$0] != nil }
    let pixels = try pool.cache(size: card.model.imageSize, channels: card.model.channels)
    let inference = PoolInference(
      pixels, normalization: Normalization(mean: card.mean, std: card.deviation))
    let shown = stride(from: 0, to: test.count, by: max(test.count / Self.shownPredictions, 1))
      .prefix(Self.shownPredictions).map { test[$0] }
    let rows = inference.rows(shown) { network.probabilities($0) }
    let size = rows.values.count / max(shown.count, 1)
    for (index, item) in shown.enumerated() {
      let values = Array(rows.values[index * size..<(index + 1) * size])
      report.predictions.append(
        PredictedImage(
          item: item, image: try picture(pool, item, size: card.model.imageSize * 2),
          outcome: try outcome(values, card, truth[item], pool)))
    }
    let last = report.rows.filter { $0.arm == cell.arm.name && $0.seed == 0 }
    let newest = last.filter { $0.round == last.map(\.round).max() }
    report.classScores = card.classes.compactMap { label in
      newest.first { $0.metric == MetricName.dice(of: label) }.map { ClassScore(label, $0.value) }
    }
    if report.mode == .classification {
      report.confusion = confusion(network, inference, test, truth, card)
    }
  }

  private func outcome(
    _ values: [Float], _ card: ModelCard, _ truth: Label?, _ pool: Pool
  ) throws -> PredictedImage.Outcome {
    let classes = card.classes.count
    let positions = values.count / classes
    let best = (0..<positions).map { position in
      (0..<classes).max { values[$0 * positions + position] < values[$1 * positions + position] }
        ?? 0
    }
    guard positions > 1 else {
      return .label(
        predicted: card.classes[best[0]], truth: name(truth, card.classes),
        confidence: Double(values[best[0]]))
    }
    let side = card.model.imageSize
    let predicted = LabelMap(best.map { UInt8($0) }, width: side, height: side)
    guard case .mask(let hash)? = truth else { return .mask(predicted: predicted, truth: nil) }
    let mask = try pool.maskCache(size: side, labels: [0: .mask(hash)])
    var bytes = [UInt8](repeating: 0, count: side * side)
    bytes.withUnsafeMutableBufferPointer { mask.copyMask(item: 0, into: $0) }
    return .mask(predicted: predicted, truth: LabelMap(bytes, width: side, height: side))
  }

  private func confusion(
    _ network: Network, _ inference: PoolInference, _ test: [Int], _ truth: [Int: Label],
    _ card: ModelCard
  ) -> ConfusionMatrix {
    let rows = inference.rows(test) { network.probabilities($0) }
    let probabilities = ClassProbabilities(rows.values, classes: card.classes.count)
    let labels = test.map { item in
      if case .class(let value)? = truth[item] { value } else { 0 }
    }
    return ConfusionMatrix(
      truth: labels, predicted: probabilities.predicted, classes: card.classes.count)
  }
}
