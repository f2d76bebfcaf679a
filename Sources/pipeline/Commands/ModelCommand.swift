public import ArgumentParser
import Base
import Foundation
public import Models
import NN
import Torch

/// `pipeline model`: networks by themselves.
struct ModelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "model",
    abstract: "Run a network on arrays, describe it, or write its first weights.",
    discussion: "Example: pipeline model describe --model resnet18",
    subcommands: [ModelRunCommand.self, ModelDescribeCommand.self, ModelInitCommand.self])
}

/// Which network.
struct ModelOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The architecture: " + Architecture.allCases.map(\.rawValue).joined(separator: ", ") + ".",
      valueName: "name"))
  var model: Architecture

  @Option(help: "Outputs per image or pixel.")
  var classes = 2

  @Option(help: "Channels of the images.")
  var channels = 3

  @Option(help: "Side of the images that a transformer was made for [default: the input's].")
  var imageSize: Int?

  @Option(help: "Side of a transformer's patches [default: 16; swin-unet: 4, below 128 pixels 2].")
  var patch: Int?

  @Option(help: "Side of a Swin-UNet's windows in patches; 0: the largest of 8 to 4 that fits.")
  var window = 0

  @Option(help: "First layers of a convolutional classifier: imagenet, medium, small.")
  var stem = Stem.imagenet

  @Option(help: "Factor on the widths of convolutional networks and of the Swin-UNet.")
  var widthFactor = 1.0

  func configuration(imageSize size: Int) -> ModelConfiguration {
    ModelConfiguration(
      architecture: model, classes: classes, channels: channels, imageSize: imageSize ?? size,
      patch: patch, window: window, stem: stem, widthFactor: widthFactor)
  }
}

extension Architecture: ExpressibleByArgument {}
extension Stem: ExpressibleByArgument {}

/// `pipeline model run`: logits of images.
struct ModelRunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Compute the logits of images [N, C, H, W] (float32, .npy), in evaluation mode.",
    discussion: """
      Example: pipeline model run --model resnet18 --classes 1000 \\
        --weights resnet18.safetensors --input x.npy --output y.npy
      """)

  @OptionGroup var model: ModelOptions
  @OptionGroup var machine: MachineOptions

  @Option(help: ArgumentHelp("Weights: safetensors, or a PyTorch state dict.", valueName: "file"))
  var weights: String

  @Option(help: ArgumentHelp("Images, ready for the network.", valueName: "file"))
  var input: String

  @Option(help: ArgumentHelp("Where the logits go.", valueName: "file"))
  var output: String

  @Option(help: "Images at a time.")
  var batch = 32

  func run() throws {
    let device = try machine.start()
    let images = try ArrayFile(URL(fileURLWithPath: input))
    guard images.shape.count == 4, images.shape[1] == model.channels, batch > 0 else {
      throw Diagnostic(
        "the input does not fit the model", at: "\(input): shape \(images.shape)",
        fix: "give an array [N, \(model.channels), H, W], or set --channels", exit: .badInput)
    }
    let network = try Network(
      model.configuration(imageSize: images.shape[2]), key: RandomKey(seed: 0), device: device)
    let file = try WeightsFile(URL(fileURLWithPath: weights))
    let dialect = WeightsDialect.detected(in: file.tensors.map(\.name))
    try network.store.load(file.tensors.map { (dialect.reference($0.name), $0.tensor) })
    var logits: [Float] = []
    var shape: [Int] = []
    for start in stride(from: 0, to: images.rowCount, by: batch) {
      let rows = start..<min(start + batch, images.rowCount)
      let x = Tensor(images.floats(rows: rows), [rows.count] + images.shape.dropFirst())
      let y = withoutGradients { network.logits(x.to(device), .evaluate) }
      shape = [images.rowCount] + y.shape.dropFirst()
      logits += y.floats()
    }
    try ArrayFile.write(logits, shape: shape, to: URL(fileURLWithPath: output))
  }
}

/// `pipeline model describe`: sizes and costs.
struct ModelDescribeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "describe",
    abstract: "Print a network's parameters, floating-point operations and features.",
    discussion: "Example: pipeline model describe --model unet-resnet18 --image-size 256 --json")

  @OptionGroup var model: ModelOptions

  @Flag(help: "Print JSON.")
  var json = false

  private struct Description: Encodable {
    let model: String
    let parameters: Int
    let buffers: Int
    let operations: Int
    let features: Int
  }

  func run() throws {
    try TorchRuntime.load()
    let configuration = model.configuration(imageSize: 224)
    let network = try Network(configuration, key: RandomKey(seed: 0))
    let complexity = try Complexity(of: configuration)
    let description = Description(
      model: configuration.architecture.rawValue, parameters: complexity.parameters,
      buffers: complexity.buffers, operations: complexity.operations, features: network.width)
    if json {
      print(try encoded(description))
    } else {
      print(
        """
        \(description.model)
          parameters  \(description.parameters)
          buffers     \(description.buffers)
          operations  \(description.operations) per image of \
        \(configuration.imageSize) × \(configuration.imageSize)
          features    \(description.features)
        """)
    }
  }
}

/// `pipeline model init`: the first weights of a network.
struct ModelInitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Write a network's first weights, drawn from a seed, as safetensors.",
    discussion:
      "Example: pipeline model init --model vit-tiny --classes 5 --seed 1 --out vit.safetensors")

  @OptionGroup var model: ModelOptions

  @Option(help: "Where all random draws derive from.")
  var seed: UInt64 = 0

  @Option(help: ArgumentHelp("Where the weights go.", valueName: "file"))
  var out: String

  func run() throws {
    try TorchRuntime.load()
    let configuration = model.configuration(imageSize: 224)
    let network = try Network(configuration, key: RandomKey(seed: seed).folding("model"))
    try WeightsFile.write(
      network.store.state(), metadata: ["architecture": configuration.architecture.rawValue],
      to: URL(fileURLWithPath: out))
  }
}
