import Base
import FineTune
import Foundation
import Models
import Pool
import SemiSup
import Torch
import Training

extension RoundDriver {
  /// The round's network after what the images without labels add to it, where rounds use them; the
  /// verdict goes into the round's folder.
  func improved(
    _ network: Network, _ round: Int, _ known: RoundKnowledge
  ) throws -> Network {
    guard configuration.semisup.when == .eachRound else { return network }
    let folder = folder(round)
    let labelled = Set(known.labels.keys)
    var request = SemiSupRequest(
      start: network, labelled: labelled.sorted(),
      unlabelled: data.candidates.filter { !labelled.contains($0) }, targets: known.targets,
      groups: data.groups, pretrained: data.pretrained, sharesTrunk: freezesTrunk, round: round)
    if freezesTrunk {
      let table = try features.scaled()
      request.embeddings = { table.raw($0) }
    }
    let result = try SemiSupStage(
      configuration.semisup, pixels: data.pixels, normalization: data.normalization,
      device: device, key: key(round).folding("semisup")
    ).run(
      request, checkpoints: folder.checkpoints.appendingPathComponent("semisup"),
      metrics: try MetricsLog(folder.semiSupMeasurements))
    try writeJSON(result.verdict, to: folder.verdict)
    return result.network
  }
}
