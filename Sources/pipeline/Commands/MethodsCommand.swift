import ArgumentParser
import Base
import FineTune
import Foundation
import Models
import Pretrain
import Query
import SemiSup
import Torch

/// `pipeline methods`: what can be named in a configuration.
struct MethodsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "methods",
    abstract: "List the methods of every stage, or the networks with their sizes and costs.",
    discussion: "Example: pipeline methods --stage query")

  /// The stages that have a choice of methods.
  enum Stage: String, ExpressibleByArgument, CaseIterable, Encodable {
    case pretrain, query
    case fineTune = "fine-tune"
    case semisup
  }

  @Option(help: "Only one stage: pretrain, query, fine-tune or semisup.")
  var stage: Stage?

  @Flag(help: "The networks: parameters and multiply-adds for one image.")
  var models = false

  @Option(help: "Side of the image that multiply-adds are counted for.")
  var imageSize = 224

  @Flag(help: "Print JSON.")
  var json = false

  @Flag(help: "Print a stage's methods as YAML, each with its default settings explained.")
  var yaml = false

  func validate() throws {
    if yaml, stage == nil { throw ValidationError("--yaml wants a --stage") }
  }

  func run() throws {
    if models { return try listModels() }
    if yaml, let stage { return print(try Self.catalogue(stage), terminator: "") }
    let methods = Stage.allCases.filter { stage == nil || stage == $0 }.flatMap(Self.methods)
    if json { return print(try encoded(methods)) }
    print(
      Dictionary(grouping: methods, by: \.stage.rawValue).sorted { $0.key < $1.key }
        .map { stage, methods in
          stage + "\n" + aligned(methods.flatMap(\.rows))
        }.joined(separator: "\n\n"))
  }

  /// A method and what is to be known of it.
  private struct Method: Encodable {
    let stage: Stage
    let name: String
    let summary: String
    var network: String?
    var cost: String?
    var regime: String?
    var paper: String?

    init(
      _ stage: Stage, _ name: String, _ summary: String?, _ card: MethodCard?,
      network: String? = nil
    ) {
      (self.stage, self.name, self.summary) = (stage, name, summary ?? "")
      (self.network, cost) = (network, card?.cost)
      (regime, paper) = (card?.regime, card?.paper)
    }

    /// Name and summary, and under them what the card says.
    var rows: [(String, String)] {
      let lines = [network.map { "such as on \($0)" }, cost, regime, paper].compactMap(\.self)
      return [("  " + name, summary)] + lines.map { ("", "  " + $0) }
    }
  }

  private static func methods(_ stage: Stage) -> [Method] {
    func named<Value: NamedChoice>(
      _: Value.Type, network: (Value) -> String? = { _ in nil }
    ) -> [Method] {
      Value.choices.compactMap { choice in
        choice.name.map {
          Method(stage, $0, choice.summary, choice.card, network: network(choice.value))
        }
      }
    }
    return switch stage {
    case .pretrain:
      named(PretrainMethodConfiguration.self) { $0.networks.example.rawValue }
    case .query: named(QueryConfiguration.self)
    case .fineTune:
      FineTuneStrategy.allCases.map {
        Method(stage, $0.rawValue, $0.card.summary, $0.card)
      }
    case .semisup: named(SemiSupConfiguration.Method.self)
    }
  }

  /// The stage's methods, each as a document that its stage accepts.
  private static func catalogue(_ stage: Stage) throws -> String {
    switch stage {
    case .pretrain: try StrictYAML.catalogue(of: PretrainMethodConfiguration.self, as: "method")
    case .query: try StrictYAML.catalogue(of: QueryConfiguration.self, as: "query")
    case .fineTune:
      FineTuneStrategy.allCases.map {
        "# \($0.rawValue): \($0.card.summary)\n\nfineTune: {strategy: \($0.rawValue)}\n"
      }.joined(separator: "---\n")
    case .semisup: try StrictYAML.catalogue(of: SemiSupConfiguration.Method.self, as: "method")
    }
  }

  /// A network and what it costs.
  private struct Model: Encodable {
    let name: String
    let task: String
    let imageSize: Int
    let parameters: Int
    let multiplyAdds: Int
  }

  private func listModels() throws {
    try TorchRuntime.load()
    let models = try Architecture.allCases.map { architecture in
      let configuration = ModelConfiguration(architecture: architecture, imageSize: imageSize)
      let faults = configuration.faults()
      if let fault = faults.first {
        throw Diagnostic(
          fault, at: "--image-size \(imageSize)", fix: "choose 64, 128, 224 or 256",
          exit: .usage)
      }
      let cost = try Complexity(of: configuration)
      return Model(
        name: architecture.rawValue,
        task: architecture.isSegmentation ? "segmentation" : "classification",
        imageSize: imageSize, parameters: cost.parameters, multiplyAdds: cost.multiplyAdds)
    }
    if json { return print(try encoded(models)) }
    print("for one image of \(imageSize) × \(imageSize), 3 channels, 2 classes:")
    print(
      aligned(
        models.map { model in
          let size = String(format: "%7.2f M parameters", Double(model.parameters) / 1e6)
          let cost = String(format: "%8.3f G multiply-adds", Double(model.multiplyAdds) / 1e9)
          return (model.name, "\(size)  \(cost)  \(model.task)")
        }))
  }
}
