import Base
public import Foundation

/// What a study found, as `summary.json` holds it: one entry for each data set.
public struct StudySummary: Sendable, Equatable {
  /// By data set.
  public var datasets: [String: DatasetSummary]

  /// The shares of the full-label score at which savings are read, fixed beforehand.
  public static let targets = [0.90, 0.95, 0.98]

  /// A summary of data sets.
  public init(_ datasets: [String: DatasetSummary]) {
    self.datasets = datasets
  }

  /// Summarises the rows of a study.
  ///
  /// - Parameters:
  ///   - rows: of all data sets, arms and seeds.
  ///   - full: full-label scores by data set and seed; where left out, the arm `full` of the rows.
  ///   - rule: how savings are read.
  /// - Returns: areas, labels to the targets and savings; without a full-label score the latter two
  ///   are empty.
  public static func make(
    from rows: [ResultRow], full: [String: [Int: Double]] = [:], rule: SavingsRule = .censored
  ) -> StudySummary {
    let all = StudyCurves.all(from: rows, full: full, rule: rule)
    return StudySummary(
      Dictionary(uniqueKeysWithValues: all.map { ($0.dataset, DatasetSummary($0)) }))
  }

  /// The key of a target: "0.95".
  public static func key(_ target: Double) -> String { String(format: "%.2f", target) }

  /// Reads `summary.json`.
  public init(reading url: URL) throws {
    do {
      self = try JSONDecoder().decode(StudySummary.self, from: Data(contentsOf: url))
    } catch {
      throw Diagnostic(
        "the summary of a study cannot be read", at: url.lastPathComponent,
        fix: "give the summary.json that `pipeline compare` wrote, or run it again")
    }
  }

  /// Writes `summary.json` atomically, keys in order.
  public func write(to url: URL) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try AtomicFile.write(encoder.encode(self) + Data("\n".utf8), to: url)
  }
}

extension StudySummary: Codable {
  /// The data sets stand at the top of the file.
  public init(from decoder: any Decoder) throws {
    datasets = try [String: DatasetSummary](from: decoder)
  }

  /// The data sets stand at the top of the file.
  public func encode(to encoder: any Encoder) throws { try datasets.encode(to: encoder) }
}

/// What a study found on one data set.
public struct DatasetSummary: Sendable, Equatable, Codable {
  /// What was learnt.
  public let mode: StudyMode
  /// The headline metric.
  public let metric: String
  /// The score with every label.
  public let full: FullLabelSummary
  /// By arm.
  public let arms: [String: ArmSummary]

  /// Summarises curves.
  public init(_ curves: StudyCurves) {
    mode = curves.mode
    metric = curves.metric
    full = FullLabelSummary(mean: curves.fullMean, seeds: curves.full.count)
    arms = Dictionary(
      uniqueKeysWithValues: curves.arms.keys.map { ($0, ArmSummary(curves, arm: $0)) })
  }
}
