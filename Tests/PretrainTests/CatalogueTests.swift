import Base
import Foundation
import Models
import NN
import Pretrain
import Testing
import Torch
import Training

/// What holds for every method of the catalogue.
@Suite struct CatalogueTests {
  private static let size = 32
  private let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("catalogue-tests-\(UUID().uuidString)")

  /// Grey noise with a bright half, two images a group.
  private var pixels: PixelArray {
    let noise = RandomKey(seed: 3)
    let images = (0..<24).map { item in
      let bytes = (0..<Self.size * Self.size).map { place -> UInt8 in
        let isBright = (place < Self.size * Self.size / 2) == (item % 2 == 0)
        return UInt8((isBright ? 140 : 40) + 60 * noise.folding(item).folding(place).uniform())
      }
      return (item, bytes)
    }
    return PixelArray(
      Dictionary(uniqueKeysWithValues: images), channels: 1, height: Self.size, width: Self.size)
  }

  private func run(
    _ choice: Choice<PretrainMethodConfiguration>, _ name: String? = nil, sheet: String? = nil,
    on architecture: Architecture? = nil
  ) throws -> Pretrained {
    var settings = PretrainConfiguration()
    settings.method = choice.value
    settings.model = ModelConfiguration(
      architecture: architecture ?? choice.value.networks.example, channels: 1,
      imageSize: Self.size, patch: 8,
      widthFactor: 0.125)
    (settings.steps, settings.batch, settings.checkEvery, settings.checkImages) = (4, 6, 2, 8)
    return try PretrainStage(
      settings, pixels: pixels, normalization: .half(channels: 1), items: Array(0..<24),
      groups: ItemTable((0..<24).map { $0 / 2 }), device: .cpu, key: RandomKey(seed: 8)
    ).run(
      folder: name.map { folder.appendingPathComponent($0) },
      sheet: sheet.map { folder.appendingPathComponent($0) })
  }

  private func checkpoint(_ name: String, _ step: Int) -> URL {
    folder.appendingPathComponent(name)
      .appendingPathComponent(String(format: "step-%09d.safetensors", step))
  }

  /// All but decoder-restore, which counts as unhealthy from the second of four steps on and then
  /// leaves no checkpoint; `PretrainStageTests` resumes it.
  static let checkpointed = PretrainMethodConfiguration.choices.filter {
    $0.name != "decoder-restore"
  }

  @Test(
    "a run that lost its last steps ends in the same weights, targets, queues and optimizer",
    arguments: checkpointed)
  func resumed(choice: Choice<PretrainMethodConfiguration>) throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let calm = try run(choice, "calm")
    _ = try run(choice, "cut")
    try FileManager.default.removeItem(at: checkpoint("cut", 4))
    let resumed = try run(choice, "cut")
    #expect(resumed.summary.resumedAt == 2)
    #expect(calm.summary.lastLoss.isFinite)
    let states = try ["calm", "cut"].map { try Safetensors.load(checkpoint($0, 4)).tensors }
    #expect(states[0].map(\.name) == states[1].map(\.name))
    for (one, other) in zip(states[0], states[1]) {
      #expect(one.tensor.equals(other.tensor), "\(choice.name ?? ""): \(one.name)")
    }
  }

  @Test(
    "the trunk moves, is finite, and twice the same", arguments: PretrainMethodConfiguration.choices
  )
  func moves(choice: Choice<PretrainMethodConfiguration>) throws {
    let network = try run(choice).network
    let again = try run(choice).network
    #expect(
      zip(network.store.all, again.store.all).allSatisfy { $0.tensor.equals($1.tensor) })
    let fresh = try Network(
      network.configuration, key: RandomKey(seed: 8).folding("init"), device: .cpu)
    let moved = zip(network.store.parameters, fresh.store.parameters).filter {
      network.isTrunk($0.name) && !$0.tensor.equals($1.tensor)
    }
    #expect(!moved.isEmpty)
    for (name, tensor) in network.store.parameters {
      #expect(tensor.isFinite().all().item() == 1, "\(name)")
    }
  }

  @Test("of a U-Net, dense keeps the encoder alone, and a U-Net and a classifier take it up")
  func encoder() throws {
    let dense = try #require(
      PretrainMethodConfiguration.choices.first { $0.name == "dense" })
    let learnt = try run(dense, on: .unetResNet18)
    #expect(!learnt.weights.isEmpty)
    #expect(learnt.weights.allSatisfy { $0.name.hasPrefix("encoder.") })
    var model = learnt.network.configuration
    for architecture in [Architecture.unetResNet18, .resnet18] {
      model.architecture = architecture
      try Network(model, key: RandomKey(seed: 1)).loadTrunk(learnt.weights)
    }
  }

  @Test("pairs of views are drawn where views are compared")
  func sheet() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for choice in PretrainMethodConfiguration.choices
    where ["simclr", "decoder-restore"].contains(choice.name) {
      let name = "\(choice.name ?? "").png"
      _ = try run(choice, sheet: name)
      let file = folder.appendingPathComponent(name)
      #expect(FileManager.default.fileExists(atPath: file.path) == (choice.name == "simclr"))
    }
    let sheet = try Data(contentsOf: folder.appendingPathComponent("simclr.png"))
    // Six pairs: rows of four pairs of 2 × 32 pixels with 4 between them; width and height stand
    // in bytes 16 to 23 of a PNG file.
    #expect(Array(sheet[16..<24]) == [0, 0, 1, 12, 0, 0, 0, 68])
  }
}
