import Base
import Evaluation
import FineTune
import Models
import Pool
import Query
import Training

extension RoundDriver {
  /// Measures the round's network on the test split, and writes the round's scores.
  func evaluate(_ round: Int) throws -> RoundScores {
    let folder = folder(round)
    let (network, card) = try ModelFile.load(folder.url, device: device)
    let known = try knowledge(round + 1, network: false)
    let record: TrainingRecord? = try readJSON(folder.training)
    let annotated = try annotated(round, known)
    let scores = RoundScores(
      labels: known.count, annotated: annotated,
      annotationSeconds: annotated.flatMap(configuration.rates.seconds),
      test: try scorer.measure(network, card, items: data.test),
      trust: record?.trust, labelsOfClass: labelsOfClass(known), seconds: record?.seconds ?? 0)
    try metrics?.write(
      scores.test.merging(["labels": Double(scores.labels)]) { value, _ in value }, step: round,
      kind: "round")
    try writeJSON(scores, to: folder.scores)
    return scores
  }

  /// What was annotated up to this round; each round's images or tiles are measured by themselves.
  private func annotated(_ round: Int, _ known: RoundKnowledge) throws -> AnnotationEffort? {
    guard data.mode == .segmentation else { return nil }
    let before = round > 0 ? try RoundScores.read(folder(round - 1).scores)?.annotated : nil
    let masks = try data.masks(known.labels, within: known.queriedTiles)
    let units = Dictionary(grouping: known.queriedTiles, by: \.item).mapValues(\.count)
    var effort = AnnotationEffort()
    var classes = [UInt8](repeating: 255, count: masks.height * masks.width)
    for item in known.queried {
      classes.withUnsafeMutableBufferPointer { masks.copyMask(item: item, into: $0) }
      effort.add(classes, height: masks.height, width: masks.width, units: units[item] ?? 1)
    }
    return (before ?? AnnotationEffort()) + effort
  }

  private var scorer: TestScorer {
    TestScorer(data: data, device: device, trunk: freezesTrunk ? features : nil)
  }

  /// Whether rounds only learn a head on the trunk's cached features.
  var freezesTrunk: Bool {
    data.mode == .classification
      && tuner.freezesTrunk(data.model, pretrained: data.pretrained != nil)
  }

  func labelsOfClass(_ known: RoundKnowledge) -> [Int] {
    guard data.mode == .classification else { return [] }
    var counts = [Int](repeating: 0, count: data.classes.count)
    for label in known.labelledClasses.values { counts[label] += 1 }
    return counts
  }

  /// How the network of the round before did on this round's images, before it learnt from them:
  /// test, then train (segmentation, where cross-validation would cost as much as the round).
  func beforehand(_ round: Int, _ known: RoundKnowledge) throws -> OutOfFoldScore? {
    guard round > 0, data.mode == .segmentation else { return nil }
    let (network, card) = try ModelFile.load(folder(round - 1).url, device: device)
    return try scorer.dice(
      network, card, items: known.queried,
      masks: data.masks(known.labels, within: known.queriedTiles))
  }
}
