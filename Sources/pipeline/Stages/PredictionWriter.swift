import Base
import Foundation
import Imaging
import Models
import NN
import Pool
import Torch
import Training

/// What a network says of an image.
struct Prediction {
  /// The image.
  let picture: Picture
  /// A probability a class; empty for segmentation.
  let probabilities: [Float]
  /// Class numbers at the network's size; empty for classification.
  let mask: [UInt8]
}

/// A network on blocks of images.
struct Predictor {
  /// Images a block.
  static let block = 64
  let network: Network
  let card: ModelCard
  let device: Device

  /// Predicts a whole source, block by block, with progress.
  ///
  /// - Throws: `Stopped` after a signal; what cannot be read or written.
  func predict(_ source: any PictureSource, into target: URL) throws -> PredictionSummary {
    try Folder.create(target)
    let table = target.appendingPathComponent("predictions.csv")
    let writer = try AtomicFile.replace(table) { partial in
      let writer = try PredictionWriter(
        target, table: OutputFile(creating: partial), card: card, source: source)
      let progress = Base.Progress("predict", total: source.count, unit: "images")
      for first in stride(from: 0, to: source.count, by: Self.block) {
        if let signal = StopSignal.requested { throw Stopped(signal: signal) }
        let rows = first..<min(first + Self.block, source.count)
        try writer.write(try predict(try source.pictures(rows)))
        progress.advance(to: rows.upperBound)
      }
      progress.finish()
      try writer.finish()
      return writer
    }
    return PredictionSummary(
      images: writer.images, skipped: source.skipped, counts: writer.counts, table: table.path)
  }

  private func predict(_ pictures: [Picture]) throws -> [Prediction] {
    let (side, isSegmentation) = (card.model.imageSize, network.isSegmentation)
    let pixels = PixelArray(
      Dictionary(uniqueKeysWithValues: pictures.enumerated().map { ($0, $1.samples) }),
      channels: card.model.channels, height: side, width: side)
    let inference = PoolInference(
      pixels, normalization: Normalization(mean: card.mean, std: card.deviation),
      batch: Self.block, device: device)
    let rows = try inference.rows(Array(pictures.indices)) { images in
      let shares = network.probabilities(images, as: card)
      return isSegmentation ? shares.argmax(dim: 1).to(.float32) : shares
    }.values
    let size = pictures.isEmpty ? 0 : rows.count / pictures.count
    return pictures.enumerated().map { row, picture in
      let values = Array(rows[row * size..<(row + 1) * size])
      return Prediction(
        picture: picture, probabilities: isSegmentation ? [] : values,
        mask: isSegmentation ? values.map { UInt8($0) } : [])
    }
  }
}

/// What `predict` has done.
struct PredictionSummary: Encodable {
  /// Predictions.
  let images: Int
  /// Files that could not be read.
  let skipped: Int
  /// Images by predicted class; for segmentation, images that show any of the class.
  let counts: [String: Int]
  /// The table's file.
  let table: String
}

/// Writes the lines of `predictions.csv`, and the masks.
final class PredictionWriter {
  private let card: ModelCard
  private let source: any PictureSource
  private let masks: MaskFolder
  private let table: OutputFile
  /// Predictions so far.
  private(set) var images = 0
  /// As in the summary.
  private(set) var counts: [String: Int] = [:]

  init(
    _ folder: URL, table: OutputFile, card: ModelCard, source: any PictureSource
  ) throws {
    self.table = table
    self.card = card
    self.source = source
    masks = MaskFolder(folder.appendingPathComponent("masks"))
    let columns =
      if card.model.architecture.isSegmentation {
        ["mask", "height", "width"] + card.classes.map { "area_\($0)" }
      } else if card.model.outputs == .independent {
        ["labels"] + card.classes
      } else {
        ["label", "confidence"] + card.classes
      }
    try table.write((source.columns + columns).map(Self.quoted).joined(separator: ",") + "\n")
  }

  func write(_ predictions: [Prediction]) throws {
    for prediction in predictions {
      let line = try prediction.mask.isEmpty ? classLine(prediction) : maskLine(prediction)
      try table.write(line + "\n")
    }
    images += predictions.count
  }

  /// Writes what waits for further images.
  func finish() throws { try masks.finish() }

  private func classLine(_ prediction: Prediction) -> String {
    let shares = prediction.probabilities
    if card.model.outputs == .independent {
      let found = shares.indices.filter { shares[$0] >= 0.5 }
      for label in found { counts[card.classes[label], default: 0] += 1 }
      let names = Label.classes(Set(found)).names(card.classes) ?? ""
      return
        (place(prediction.picture) + [Self.quoted(names)]
        + shares.map { String(format: "%.6f", $0) }).joined(separator: ",")
    }
    let best = shares.indices.max { shares[$0] < shares[$1] } ?? 0
    counts[card.classes[best], default: 0] += 1
    let fields =
      place(prediction.picture) + [Self.quoted(card.classes[best])]
      + ([shares[best]] + shares).map { String(format: "%.6f", $0) }
    return fields.joined(separator: ",")
  }

  /// The mask at the image's own size, every pixel as the one at its centre.
  private func maskLine(_ prediction: Prediction) throws -> String {
    let (picture, side) = (prediction.picture, card.model.imageSize)
    let mask = ImageBuffer(labels: prediction.mask, height: side, width: side)
      .resizedToNearest(height: picture.height, width: picture.width)
    let name = try masks.add(mask, of: picture, named: source.maskName(picture.name))
    var areas = [Int](repeating: 0, count: card.classes.count)
    for label in mask.bytes { areas[Int(label)] += 1 }
    for (label, area) in areas.enumerated() where area > 0 {
      counts[card.classes[label], default: 0] += 1
    }
    let fields =
      place(picture) + [Self.quoted("masks/" + name)]
      + ([picture.height, picture.width] + areas).map(String.init)
    return fields.joined(separator: ",")
  }

  private func place(_ picture: Picture) -> [String] {
    [Self.quoted(picture.name)] + (source.columns.count > 1 ? ["\(picture.frame)"] : [])
  }

  private static func quoted(_ field: String) -> String {
    let isSpecial = field.contains { $0 == "," || $0 == "\"" || $0.isNewline }
    return isSpecial ? "\"" + field.replacing("\"", with: "\"\"") + "\"" : field
  }
}
