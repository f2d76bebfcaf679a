import ActiveLearning
import Base
import Foundation
import Models
import Pool
import Torch
import Training

/// What the images without labels changed on the test split; it decides nothing.
struct ImprovementScores: Codable {
  /// Metric → value of the model that was given.
  let before: [String: Double]
  /// Metric → value of the model that came out.
  let after: [String: Double]

  /// Measures both; equal where the model was passed on.
  init(
    before: Network, after: Network, isOn: Bool, card: ModelCard, pool: Pool, device: Device
  ) throws {
    let data = try RunData(
      pool: pool, model: card.model, pretrained: nil,
      normalization: Normalization(mean: card.mean, std: card.deviation))
    self.before = try data.testScores(before, as: card, device: device)
    self.after = isOn ? try data.testScores(after, as: card, device: device) : self.before
  }

  /// Those of a finished run of `semisup`; nil where there are none.
  init?(of run: URL) {
    guard let data = try? Data(contentsOf: Self.file(run)),
      let scores = try? JSONDecoder().decode(Self.self, from: data)
    else { return nil }
    self = scores
  }

  /// Writes them into the run.
  func write(to run: URL) throws { try AtomicFile.write(try encoded(self), to: Self.file(run)) }

  /// For people; nil without truth on the test split.
  var text: String? {
    guard let before = before.headline, let after = after.headline else { return nil }
    return String(format: "%.3f, %.3f before", after, before)
  }

  private static func file(_ run: URL) -> URL { run.appendingPathComponent("scores.json") }
}
