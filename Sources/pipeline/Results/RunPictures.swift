import ActiveLearning
import Evaluation
import Foundation
import Imaging
import Models
import Pool
import Query
import Report
import Training

/// What a report shows of one run of rounds: the images that were chosen, and what the newest model
/// says of test images.
struct RunPictures {
  /// The run's folder.
  let run: URL
  /// Its pool.
  let pool: Pool
  private static let shownPicks = 24
  private static let shownPredictions = 8
  private static let thumbnail = 96

  init(_ run: URL, pool: Pool) {
    (self.run, self.pool) = (run, pool)
  }

  /// Adds the first chosen images of each round, with their reasons.
  func addPicks(to report: inout DatasetReport) throws {
    var rounds: [[Pick]] = []
    while let picks = try RoundFolder(run: run, round: rounds.count).readPicks() {
      rounds.append(picks)
    }
    let size =
      rounds.joined().contains { $0.tile != nil }
      ? try ModelFile.load(try GivenWeights.model(run)).card.model.imageSize : 0
    let most = max(Self.shownPicks / max(rounds.count, 1), 4)
    let truth = try pool.truth(of: rounds.flatMap { $0.prefix(most).map(\.item) })
    for (round, picks) in rounds.enumerated() {
      for pick in picks.prefix(most) {
        report.picks.append(
          PickedImage(
            item: pick.item, round: round, reason: pick.reason, utility: pick.utility,
            label: name(truth[pick.item], report.classes),
            image: try picture(pick.item, tile: pick.tile, of: size)))
      }
    }
    report.pickCount = rounds.reduce(0) { $0 + $1.count }
  }

  private func name(_ label: Label?, _ classes: [String]) -> String? {
    label?.names(classes)
  }

  /// A small picture; of a tile the image with the tile framed, `whole` pixels of the network's
  /// being the image's side.
  private func picture(
    _ item: Int, tile: Tile? = nil, of whole: Int = 0, size: Int = Self.thumbnail
  ) throws -> ReportImage {
    var image = try pool.image(item).display8().resized(height: size, width: size)
    if let tile {
      let side = tile.side * size / whole
      image = image.framed([
        Frame(x: tile.x * size / whole, y: tile.y * size / whole, width: side, height: side)
      ])
    }
    return ReportImage(data: try PNGWriter.encode(image), width: size, height: size)
  }

  // MARK: - Predictions

  /// Adds the newest model's predictions on test images, and its confusions.
  func addPredictions(to report: inout DatasetReport) throws {
    let (network, card) = try ModelFile.load(try GivenWeights.model(run))
    let test = try pool.itemsWithTruth(in: .test)
    // Without truth to compare with, what the model says of images that it may not know.
    let candidates = try test.isEmpty ? pool.ids(in: .train) : test
    let pixels = try pool.cache(size: card.model.imageSize, channels: card.model.channels)
    let inference = PoolInference(
      pixels, normalization: Normalization(mean: card.mean, std: card.deviation))
    let step = max(candidates.count / Self.shownPredictions, 1)
    let shown = stride(from: 0, to: candidates.count, by: step)
      .prefix(Self.shownPredictions).map { candidates[$0] }
    let truth = try pool.truth(of: shown)
    let rows = try inference.rows(shown) { network.probabilities($0, as: card) }
    let size = rows.values.count / max(shown.count, 1)
    for (index, item) in shown.enumerated() {
      let values = Array(rows.values[index * size..<(index + 1) * size])
      report.predictions.append(
        PredictedImage(
          item: item, image: try picture(item, size: card.model.imageSize * 2),
          outcome: try outcome(values, card, truth[item])))
    }
    let last = report.rows.filter { $0.arm == report.mainArm && $0.seed == 0 }
    let newest = last.filter { $0.round == last.map(\.round).max() }
    report.classScores = card.classes.compactMap { label in
      let names = [MetricName.dice(of: label), MetricName.averagePrecision(of: label)]
      return newest.first { names.contains($0.metric) }.map { ClassScore(label, $0.value) }
    }
    if report.mode == .classification, !test.isEmpty {
      report.confusion = try confusion(network, inference, test, card)
    }
  }

  private func outcome(
    _ values: [Float], _ card: ModelCard, _ truth: Label?
  ) throws -> PredictedImage.Outcome {
    if card.model.outputs == .independent {
      let found = Label.classes(Set(values.indices.filter { values[$0] >= 0.5 }))
      return .label(
        predicted: found.names(card.classes) ?? "", truth: truth?.names(card.classes),
        confidence: Double(values.map { max($0, 1 - $0) }.min() ?? 1))
    }
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
    _ network: Network, _ inference: PoolInference, _ test: [Int], _ card: ModelCard
  ) throws -> ConfusionMatrix {
    let truth = try pool.truth(of: test)
    let rows = try inference.rows(test) { network.probabilities($0, as: card) }
    let probabilities = ClassProbabilities(rows.values, classes: card.classes.count)
    let labels = test.map { item in
      if case .class(let value)? = truth[item] { value } else { 0 }
    }
    return ConfusionMatrix(
      truth: labels, predicted: probabilities.predicted, classes: card.classes.count)
  }
}
