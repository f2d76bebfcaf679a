import Base
public import Foundation
import Imaging
import Pool
public import Query

/// The files of one round: `rounds/NN/`.
///
/// ```
/// picks.csv           rank,item,utility,reason
/// to-label.csv        item,label,suggestion,confidence      (when people label)
/// to-label/           ITEM.png, ITEM-suggestion.png
/// statistics/         what the query read
/// model.safetensors   the round's network, described in model.json
/// training.json       the out-of-fold score, seconds
/// verdict.json        whether the unlabelled images were used, and why (semisup.when: each-round)
/// scores.json         the same, and what was measured on the test split
/// ```
public struct RoundFolder: Sendable, Equatable {
  /// `rounds/NN`.
  public let url: URL

  /// The folder of round `round` of the run in `run`.
  public init(run: URL, round: Int) {
    let name = round < 10 ? "0\(round)" : "\(round)"
    url = run.appendingPathComponent("rounds/\(name)")
  }

  /// The chosen items.
  public var picks: URL { url.appendingPathComponent("picks.csv") }
  /// What people fill in.
  public var toLabel: URL { url.appendingPathComponent("to-label.csv") }
  /// The images that people look at.
  public var images: URL { url.appendingPathComponent("to-label") }
  /// What the query read.
  public var statistics: URL { url.appendingPathComponent("statistics") }
  /// The round's scores.
  public var scores: URL { url.appendingPathComponent("scores.json") }
  /// What the round's training found out.
  public var training: URL { url.appendingPathComponent("training.json") }
  /// What the steps of the round's training measured.
  public var measurements: URL { url.appendingPathComponent("metrics.jsonl") }
  /// Whether the unlabelled images were used in the round, and why.
  public var verdict: URL { url.appendingPathComponent("verdict.json") }
  /// What the steps of learning from unlabelled images measured.
  var semiSupMeasurements: URL { url.appendingPathComponent("semisup.jsonl") }
  /// Checkpoints of the round's training, until it is done.
  public var checkpoints: URL { url.appendingPathComponent("checkpoints") }

  /// Makes the folder.
  public func create() throws {
    try Self.make(url)
  }

  /// Writes the chosen items, all or nothing.
  public func write(picks list: [Pick]) throws {
    let rows = list.enumerated().map { rank, pick in
      "\(rank),\(pick.item),\(pick.utility),\"\(pick.reason)\""
    }
    try AtomicFile.write(
      Data((["rank,item,utility,reason"] + rows).joined(separator: "\n").utf8 + [10]), to: picks)
  }

  /// The chosen items in their order; nil when there are none yet.
  ///
  /// - Throws: a diagnostic when the file was changed by hand.
  public func readPicks() throws -> [Int]? { try readPickList()?.map(\.item) }

  /// The same with utilities and reasons.
  ///
  /// - Throws: a diagnostic when the file was changed by hand.
  public func readPickList() throws -> [Pick]? {
    guard let text = try? String(contentsOf: picks, encoding: .utf8) else { return nil }
    return try text.split(separator: "\n").dropFirst().map { line in
      let fields = line.split(separator: ",", maxSplits: 3)
      guard fields.count == 4, let item = Int(fields[1]), let utility = Double(fields[2]) else {
        throw Diagnostic(
          "a line of the chosen items is not rank,item,utility,reason",
          at: "\(url.lastPathComponent)/picks.csv",
          fix: "undo the change, or delete the round's folder")
      }
      let reason = fields[3].trimmingCharacters(in: CharacterSet(charactersIn: "\""))
      return Pick(item: item, utility: utility, reason: reason)
    }
  }

  /// Writes an image for people to look at.
  func write(image: ImageBuffer, item: Int) throws {
    try Self.make(images)
    try AtomicFile.write(
      try PNGWriter.encode(image.display8()), to: images.appendingPathComponent("\(item).png"))
  }

  /// Writes the mask that the model suggests.
  func write(suggestedMask bytes: [UInt8], height: Int, width: Int, item: Int) throws {
    let mask = ImageBuffer(labels: bytes, height: height, width: width)
    try AtomicFile.write(
      try PNGWriter.encode(mask), to: images.appendingPathComponent("\(item)-suggestion.png"))
  }

  /// Writes the table that people fill in; last, so that a complete table means a complete folder.
  func write(toLabel suggestions: [Suggestion], classes: [String]) throws {
    let rows = suggestions.map { suggestion in
      switch suggestion.guess {
      case .none, .mask: "\(suggestion.item),,,"
      case .class(let label, let confidence):
        "\(suggestion.item),,\(classes[label]),\((confidence * 1000).rounded() / 1000)"
      }
    }
    try AtomicFile.write(
      Data((["item,label,suggestion,confidence"] + rows).joined(separator: "\n").utf8 + [10]),
      to: toLabel)
  }

  static func make(_ url: URL) throws {
    do {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    } catch {
      throw Diagnostic(
        "a folder of the run cannot be made", at: url.lastPathComponent,
        fix: "free space on the disk, or give the folder's owner the right to write",
        exit: .cannotWrite)
    }
  }
}
