import ActiveLearning
import Base
import Evaluation
import FineTune
import Foundation

/// How a run stands, read from its folder alone.
struct RunStatus: Encodable {
  /// Whether it goes on.
  enum State: String, Encodable {
    /// It is complete.
    case finished
    /// A process is working on it.
    case running
    /// Labels are awaited.
    case waiting
    /// It stopped, or was stopped, and can go on with `--resume`.
    case stopped
  }

  /// A round that was measured.
  struct Round: Encodable {
    let round: Int
    let labels: Int
    /// How much was annotated; nil for classification.
    let annotated: AnnotationEffort?
    /// The headline metric on the test split, where there is truth.
    let score: Double?
    /// The out-of-fold score inside the labels; optimistic.
    let inside: Double?
    let seconds: Double

    init(_ round: Int, _ scores: RoundScores) {
      self.round = round
      labels = scores.labels
      annotated = scores.annotated
      score = scores.headline
      inside = scores.trust?.score
      seconds = scores.seconds
    }

    /// For the terminal.
    var text: String {
      let scores = [
        score.map { String(format: "%.3f on the test split", $0) },
        inside.map { String(format: "%.3f inside the labels (optimistic)", $0) },
      ]
      return (["\(labels) labels" + area] + scores.compactMap { $0 }).joined(separator: ", ")
    }

    /// The area of labels that are parts of images.
    private var area: String {
      guard let annotated, annotated.images < Double(labels) - 0.5 else { return "" }
      return " (the area of \(annotated.imagesText) images)"
    }
  }

  let stage: String
  let name: String
  let state: State
  let seed: UInt64
  let device: String
  let started: Date
  let finished: Date?
  /// The last measurement of a training: its step and what was measured.
  let step: Int?
  let measured: [String: Double]
  let rounds: [Round]
  /// Where people write the labels that are awaited.
  let toLabel: String?
  /// The stages of a `run`.
  let stages: [RunStatus]

  /// - Throws: a diagnostic where the folder holds no run, or a damaged one.
  init(_ folder: URL) throws {
    let record = try RunFolder.record(folder)
    stage = record.stage
    name = record.name
    (seed, device) = (record.seed, record.device)
    (started, finished) = (record.started, record.finished)
    stages = try RunConfiguration.Stage.allCases.map { folder.appendingPathComponent($0.rawValue) }
      .filter(RunFolder.isRun).map(RunStatus.init)
    let last = try Self.last(folder)
    (step, measured) = (last?.step, last?.fields ?? [:])
    rounds = try RoundScores.all(of: folder).enumerated().map(Round.init)
    let awaited = RoundFolder(run: folder, round: rounds.count)
    let isWaiting =
      finished == nil && Self.exists(awaited.toLabel)
      && !Self.exists(awaited.url.appendingPathComponent("model.json"))
    toLabel = isWaiting ? awaited.toLabel.path : stages.compactMap(\.toLabel).first
    state =
      finished != nil
      ? .finished
      : RunFolder.isInUse(folder) ? .running : toLabel != nil ? .waiting : .stopped
  }

  private static func exists(_ url: URL) -> Bool {
    FileManager.default.fileExists(atPath: url.path)
  }

  /// The newest line of a training's measurements.
  private static func last(_ folder: URL) throws -> MetricsLog.Row? {
    let log = folder.appendingPathComponent("metrics.jsonl")
    return exists(log) ? try MetricsLog.rows(of: log).last { $0.kind == "train" } : nil
  }

  /// For the terminal.
  var text: String { lines.joined(separator: "\n") }

  private var lines: [String] {
    let dates = DateFormatter()
    dates.dateFormat = "yyyy-MM-dd HH:mm"
    var rows = [
      ("run", "\(name) (\(stage))"), ("state", state.rawValue),
      ("started", dates.string(from: started)),
    ]
    if let finished { rows.append(("finished", dates.string(from: finished))) }
    rows.append(("seed, device", "\(seed), \(device)"))
    if let step {
      let loss = measured["loss"].map { String(format: ", loss %.4f", $0) } ?? ""
      rows.append(("step", "\(step + 1)\(loss)"))
    }
    for round in rounds { rows.append(("round \(round.round)", round.text)) }
    if let toLabel, stages.isEmpty { rows.append(("labels awaited", toLabel)) }
    return aligned(rows).split(separator: "\n").map(String.init)
      + stages.flatMap { [""] + $0.lines.map { "  " + $0 } }
  }
}
