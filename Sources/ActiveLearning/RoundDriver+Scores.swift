import Base
import FineTune
import Models
import Pool
import Training

extension RoundDriver {
  /// Measures the round's network on the test split, and writes the round's scores.
  func evaluate(_ round: Int) throws -> RoundScores {
    let folder = folder(round)
    let network = try ModelFile.load(folder.url, device: device).network
    let known = try knowledge(round + 1, network: false)
    let record: TrainingRecord? = try readJSON(folder.training)
    let scores = RoundScores(
      labels: known.labels.count,
      test: try scorer.measure(network, items: data.test),
      trust: record?.trust, labelsOfClass: labelsOfClass(known), seconds: record?.seconds ?? 0)
    try metrics?.write(
      scores.test.merging(["labels": Double(scores.labels)]) { value, _ in value }, step: round,
      kind: "round")
    try writeJSON(scores, to: folder.scores)
    return scores
  }

  private var scorer: TestScorer {
    TestScorer(data: data, device: device, trunk: freezesTrunk ? features : nil)
  }

  /// Whether rounds only learn a head on the trunk's cached features.
  var freezesTrunk: Bool {
    data.mode == .classification
      && tuner.freezesTrunk(data.model, pretrained: data.pretrained != nil)
  }

  private func labelsOfClass(_ known: RoundKnowledge) -> [Int] {
    guard data.mode == .classification else { return [] }
    var counts = [Int](repeating: 0, count: data.classes.count)
    for label in known.labelledClasses.values { counts[label] += 1 }
    return counts
  }

  /// How the network of the round before did on this round's images, before it learnt from them:
  /// test, then train (segmentation, where cross-validation would cost as much as the round).
  func beforehand(_ round: Int, _ known: RoundKnowledge) throws -> OutOfFoldScore? {
    guard round > 0, data.mode == .segmentation else { return nil }
    let network = try ModelFile.load(folder(round - 1).url, device: device).network
    return try scorer.dice(network, items: known.queried, labels: known.labels)
  }
}
