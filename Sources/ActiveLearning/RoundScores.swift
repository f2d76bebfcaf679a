import Base
public import Evaluation
public import FineTune
public import Foundation

/// What a round's training found out.
struct TrainingRecord: Codable {
  var trust: OutOfFoldScore?
  var seconds: Double
}

/// What was measured of a round's network.
public struct RoundScores: Codable, Sendable, Equatable {
  /// Labels so far: images, or tiles where these are asked for.
  public var labels: Int
  /// How much of the images was annotated so far, and how fine; segmentation only.
  public var annotated: AnnotationEffort?
  /// The same in seconds of a person; nil where no rate is given.
  public var annotationSeconds: Double?
  /// Metric → value on the test split, named as in `results.csv`; empty where there is no truth.
  public var test: [String: Double]
  /// The out-of-fold score inside the labels; optimistic.
  public var trust: OutOfFoldScore?
  /// Labels of each class so far; empty for segmentation.
  public var labelsOfClass: [Int]
  /// Seconds that the round's training took.
  public var seconds: Double

  /// Reads the file; nil when there is none.
  ///
  /// - Throws: a diagnostic when it is damaged.
  public static func read(_ url: URL) throws -> RoundScores? { try readJSON(url) }

  /// The scores of a run's measured rounds, in their order.
  ///
  /// - Throws: a diagnostic when a file is damaged.
  public static func all(of run: URL) throws -> [RoundScores] {
    var all: [RoundScores] = []
    while let scores = try read(RoundFolder(run: run, round: all.count).scores) {
      all.append(scores)
    }
    return all
  }

  /// What was measured on the test split, as a study's results have it.
  public func rows(
    round: Int, dataset: String, mode: StudyMode, arm: String, seed: Int
  ) -> [ResultRow] {
    test.sorted { $0.key < $1.key }.map { metric, value in
      ResultRow(
        dataset: dataset, mode: mode, arm: arm, seed: seed, round: round, labels: labels,
        metric: metric, value: value, seconds: seconds)
    }
  }

  /// The headline metric on the test split: balanced accuracy, Dice or mean average precision; nil
  /// without truth.
  public var headline: Double? { test.headline }
}

extension [String: Double] {
  /// Of metrics by name, the one that is told first.
  public var headline: Double? {
    StudyMode.allCases.lazy.compactMap { self[$0.headline] }.first
  }
}

/// Reads a file of a round; nil when there is none.
func readJSON<Value: Decodable>(_ url: URL) throws -> Value? {
  guard let data = try? Data(contentsOf: url) else { return nil }
  do {
    return try JSONDecoder().decode(Value.self, from: data)
  } catch {
    throw Diagnostic(
      "a file of the round is damaged", at: url.lastPathComponent,
      fix: "delete it; it is made again with --resume")
  }
}

/// Writes a file of a round, all or nothing.
func writeJSON(_ value: some Encodable, to url: URL) throws {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
  try AtomicFile.write(try encoder.encode(value), to: url)
}
