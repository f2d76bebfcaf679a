import ArgumentParser
import Base
import Foundation
import Models
import Pool
import Training

/// `pipeline predict`: a trained model on the images of a pool or a folder.
struct PredictCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict",
    abstract: "Run a trained model on a pool or a folder of images.",
    discussion: """
      Example: pipeline predict --weights runs/semisup --images scans/ --out predictions
      OUT/predictions.csv has a line an image: label, confidence and a probability a class; of \
      several classes an image all that are more probable than not and a probability a class; of \
      segmentation the area of every class. \
      Segmentation writes OUT/masks too: 8-bit class numbers at the image's own size, as PNG, or as \
      NIfTI with the image's affine map where a file tells one or holds several images.
      """)

  /// Which part of a pool.
  enum Part: String, ExpressibleByArgument, CaseIterable {
    case test, train, all
  }

  @Option(
    help: ArgumentHelp(
      "A run, or a folder with model.safetensors and model.json.", valueName: "dir"))
  var weights: String

  @Option(help: ArgumentHelp("A pool.", valueName: "dir"))
  var pool: String?

  @Option(help: "Which part of the pool: test, train or all.")
  var split = Part.test

  @Option(
    help: ArgumentHelp("A folder of images; those in folders below count too.", valueName: "dir"))
  var images: String?

  @Option(help: ArgumentHelp("A new folder for the predictions.", valueName: "dir"))
  var out: String

  @OptionGroup var machine: MachineOptions

  @Flag(help: "Print the summary as JSON.")
  var json = false

  func validate() throws {
    guard (pool == nil) != (images == nil) else {
      throw ValidationError("give either --pool or --images")
    }
  }

  func run() throws {
    let folder = try GivenWeights.model(URL(fileURLWithPath: weights))
    let target = URL(fileURLWithPath: out)
    try refuseUsed(target)
    let device = try machine.start()
    let (network, card) = try ModelFile.load(folder, device: device)
    let predictor = Predictor(network: network, card: card, device: device)
    try end(try predictor.predict(try source(card.model), into: target))
  }

  private func source(_ model: ModelConfiguration) throws -> any PictureSource {
    guard let pool else {
      return try FolderPictures(URL(fileURLWithPath: images ?? ""), model: model)
    }
    let part: Split? =
      switch split {
      case .test: .test
      case .train: .train
      case .all: nil
      }
    return try PoolPictures(Pool.open(URL(fileURLWithPath: pool)), part: part, model: model)
  }

  private func refuseUsed(_ target: URL) throws {
    Folder.removeLeftovers(in: target)
    guard Folder.names(in: target).isEmpty else {
      throw Diagnostic(
        "the folder for the predictions is not empty", at: out, fix: "choose a new folder",
        exit: .cannotWrite)
    }
  }

  private func end(_ summary: PredictionSummary) throws {
    if json {
      print(try encoded(summary))
    } else {
      print("\(summary.images) predictions: \(summary.table)")
      for (name, count) in summary.counts.sorted(by: { $0.key < $1.key }) {
        print("  \(name): \(count)")
      }
    }
    guard summary.skipped > 0 else { return }
    printWarning("\(summary.skipped) files were left out")
    throw ArgumentParser.ExitCode(Base.ExitCode.partial.rawValue)
  }
}
