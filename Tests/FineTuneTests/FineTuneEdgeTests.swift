import Base
import FineTune
import Foundation
import Models
import NN
import Testing
import Torch
import Training

/// Every strategy of the catalogue on labels that say little.
@Suite struct FineTuneEdgeTests {
  private let task = TinyTask()

  private func train(
    _ strategy: FineTuneStrategy, earlier: [Int], queried: [Int], labels: [Int: Int],
    frozen: Bool = false
  ) throws -> FineTuned {
    var settings = task.settings
    settings.strategy = strategy
    settings.trunk = frozen ? .frozen : .full
    var request = try task.request(earlier: earlier, queried: queried)
    request.targets = .classes(labels)
    request.previous = try Network(task.model, key: RandomKey(seed: 7))
    request.round = 2
    guard frozen else { return try task.train(settings, request) }
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("trunk-\(UUID().uuidString).npy")
    defer { try? FileManager.default.removeItem(at: url) }
    let features = try TrunkFeatures.compute(
      try Network(task.model, key: RandomKey(seed: 1)), items: TinyTask.items,
      inference: PoolInference(task.pixels, normalization: task.normalization), to: url)
    return try FineTuner(
      settings, pixels: task.pixels, normalization: task.normalization, device: .cpu
    ).train(request, features: features, key: RandomKey(seed: 8))
  }

  @Test(
    "one class and one label leave a network of numbers, twice the same",
    arguments: FineTuneStrategy.allCases)
  func few(strategy: FineTuneStrategy) throws {
    let one = Dictionary(uniqueKeysWithValues: TinyTask.items.map { ($0, 1) })
    for frozen in [false, true] {
      for (earlier, queried, labels) in [
        ([0, 1, 2, 3], [4, 5], one), ([], [3], task.labels), ([3], [4], task.labels),
      ] {
        let runs = try (0..<2).map { _ in
          try train(
            strategy, earlier: earlier, queried: queried, labels: labels, frozen: frozen)
        }
        #expect(runs[0].bits.allSatisfy { $0.isFinite })
        #expect(runs[0].bits == runs[1].bits)
        #expect(runs[0].temperature.isFinite && runs[0].temperature > 0)
      }
    }
  }
}
