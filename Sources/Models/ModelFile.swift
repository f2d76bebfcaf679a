import Base
public import Foundation
import NN
public import Torch

/// What must be known of a trained network beside its weights.
public struct ModelCard: Codable, Sendable, Equatable {
  /// How to build it.
  public var model: ModelConfiguration
  /// The names of its outputs, in their order.
  public var classes: [String]
  /// Mean of each channel, of pixels between 0 and 1.
  public var mean: [Float]
  /// Standard deviation of each channel.
  public var deviation: [Float]
  /// Divides the logits before the softmax, so that probabilities are honest; 1 where unknown.
  public var temperature: Double
  /// What its probabilities are averaged over; nil: the image as it is.
  public var views: MirrorViews?

  /// - Parameters: as the properties.
  public init(
    model: ModelConfiguration, classes: [String], mean: [Float], deviation: [Float],
    temperature: Double = 1, views: MirrorViews? = nil
  ) {
    self.model = model
    self.classes = classes
    self.mean = mean
    self.deviation = deviation
    self.temperature = temperature
    self.views = views
  }
}

/// A trained network on disk: `model.safetensors`, described by `model.json`.
public enum ModelFile {
  /// Whether both files are in a folder.
  public static func exists(in folder: URL) -> Bool {
    [weights(folder), card(folder)].allSatisfy { FileManager.default.fileExists(atPath: $0.path) }
  }

  /// Writes both files; the card last, so that a card means a complete model.
  public static func save(_ network: Network, card: ModelCard, in folder: URL) throws {
    try Safetensors.save(network.store.state(), to: weights(folder))
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    try AtomicFile.write(try encoder.encode(card), to: self.card(folder))
  }

  /// Reads the card.
  ///
  /// - Throws: a diagnostic when the folder holds no model or a damaged card.
  public static func card(in folder: URL) throws -> ModelCard {
    guard exists(in: folder) else {
      throw Diagnostic(
        "the folder holds no trained model", at: folder.lastPathComponent,
        fix: "give a run of al-finetune or semisup that has trained at least once")
    }
    do {
      // JSON is YAML, and what a card of an earlier version lacks is as it was then.
      let text = try String(contentsOf: card(folder), encoding: .utf8)
      let card = try StrictYAML.decode(
        ModelCard.self, from: text, file: "model.json",
        over: ModelCard(model: ModelConfiguration(), classes: [], mean: [], deviation: []))
      guard !card.classes.isEmpty, card.mean.count == card.model.channels else {
        throw CocoaError(.coderValueNotFound)
      }
      return card
    } catch {
      throw Diagnostic(
        "model.json is damaged", at: folder.lastPathComponent,
        fix: "train the round again: delete model.json and go on with --resume")
    }
  }

  /// Reads both files.
  ///
  /// - Throws: a diagnostic when they are damaged or do not fit one another.
  public static func load(
    _ folder: URL, device: Device = .cpu
  ) throws -> (network: Network, card: ModelCard) {
    let card = try card(in: folder)
    let network = try Network(card.model, key: RandomKey(seed: 0), device: device)
    try network.store.load(try Safetensors.load(weights(folder)).tensors)
    return (network, card)
  }

  private static func weights(_ folder: URL) -> URL {
    folder.appendingPathComponent("model.safetensors")
  }

  private static func card(_ folder: URL) -> URL { folder.appendingPathComponent("model.json") }
}
