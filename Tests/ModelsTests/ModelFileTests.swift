import Base
import Foundation
import Models
import Testing
import Torch

@Suite("Trained networks on disk") struct ModelFileTests {
  @Test("a card of a version that knew fewer settings is read, the new ones as they were then")
  func earlierCard() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("modicum-card-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var model = ModelConfiguration(architecture: .resnet18, channels: 1, imageSize: 32)
    model.widthFactor = 0.25
    let network = try Network(model, key: RandomKey(seed: 1))
    let card = ModelCard(model: model, classes: ["a", "b"], mean: [0.5], deviation: [0.25])
    try ModelFile.save(network, card: card, in: folder)

    let url = folder.appendingPathComponent("model.json")
    var object = try #require(
      JSONSerialization.jsonObject(with: Data(contentsOf: url)) as? [String: Any])
    var configuration = try #require(object["model"] as? [String: Any])
    for key in ["outputs", "window"] { configuration[key] = nil }
    object["model"] = configuration
    for key in ["temperature", "views"] { object[key] = nil }
    try JSONSerialization.data(withJSONObject: object).write(to: url)

    #expect(try ModelFile.card(in: folder) == card)
  }
}
