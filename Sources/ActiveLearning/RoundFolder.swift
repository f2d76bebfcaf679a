import Base
public import Foundation
import Imaging
import Pool
public import Query

/// The files of one round: `rounds/NN/`.
///
/// ```
/// picks.csv           rank,item,utility,probability,reason  (tiles: rank,item,x,y,side,…)
/// to-label.csv        item,label,suggestion,confidence      (when people label)
///                     item,x,y,width,height,mask            (the same for tiles)
/// to-label/           ITEM.png, ITEM-suggestion.png         (tiles: ITEM_X_Y-suggestion.png)
/// labels.csv          item,mask: what answered              (tiles)
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
  /// Which masks hold the answers, once all are there; where tiles are asked for.
  public var answers: URL { url.appendingPathComponent("labels.csv") }
  /// Whether all answers are there; where tiles are asked for.
  var hasAnswers: Bool { FileManager.default.fileExists(atPath: answers.path) }
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
    try AtomicFile.write(Data(PickTable(list).text.utf8), to: picks)
  }

  /// The chosen items in their order, with utilities and reasons; nil when there are none yet.
  ///
  /// - Throws: a diagnostic when the file was changed by hand.
  public func readPicks() throws -> [Pick]? {
    guard let text = try? String(contentsOf: picks, encoding: .utf8) else { return nil }
    return try PickTable(text: text, at: "\(url.lastPathComponent)/picks.csv").picks
  }

  /// Writes an image for people to look at.
  func write(image: ImageBuffer, item: Int) throws {
    try Self.make(images)
    try AtomicFile.write(
      try PNGWriter.encode(image.display8()), to: images.appendingPathComponent("\(item).png"))
  }

  /// Writes the mask that the model suggests for what is called `name`.
  func write(suggestedMask bytes: [UInt8], height: Int, width: Int, name: String) throws {
    let mask = ImageBuffer(labels: bytes, height: height, width: width)
    try AtomicFile.write(
      try PNGWriter.encode(mask), to: images.appendingPathComponent("\(name)-suggestion.png"))
  }

  /// Writes the table that people fill in; last, so that a complete table means a complete folder.
  func write(toLabel suggestions: [Suggestion], classes: [String]) throws {
    let rows = suggestions.map { suggestion in
      switch suggestion.guess {
      case .none, .mask: "\(suggestion.item),,,"
      case .classes(let labels):
        "\(suggestion.item),,\(Label.classes(labels).names(classes) ?? ""),"
      case .class(let label, let confidence):
        "\(suggestion.item),,\(classes[label]),\((confidence * 1000).rounded() / 1000)"
      }
    }
    try write(["item,label,suggestion,confidence"] + rows, to: toLabel)
  }

  /// Writes which parts of which images are asked for, and how their masks are to be called.
  func write(toLabel questions: [Question]) throws {
    let rows = questions.flatMap { question in
      question.frames.map { frame in
        "\(question.item),\(frame.x),\(frame.y),\(frame.width),\(frame.height),"
          + "\(question.name(of: frame)).png"
      }
    }
    try write(["item,x,y,width,height,mask"] + rows, to: toLabel)
  }

  /// Writes which masks hold the answers.
  func write(answers labels: [Int: Label]) throws {
    let rows = labels.sorted { $0.key < $1.key }.map { item, label in
      if case .mask(let hash) = label { "\(item),\(hash)" } else { "\(item)," }
    }
    try write(["item,mask"] + rows, to: answers)
  }

  private func write(_ lines: [String], to file: URL) throws {
    try AtomicFile.write(Data(lines.joined(separator: "\n").utf8 + [10]), to: file)
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
