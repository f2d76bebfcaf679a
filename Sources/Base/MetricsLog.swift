public import Foundation

/// Measurements of a run: one JSON object a line, such as `{"step":12,"kind":"train","loss":0.25}`.
///
/// Keys stand in alphabetical order; what is not finite is `null`. A line is one write, so that a
/// killed run loses at most the line it was writing.
public final class MetricsLog {
  private let url: URL
  private var file: OutputFile

  /// Opens the log, or creates it; with `tensorBoard` (a folder) the same numbers go to an event
  /// file there.
  public init(_ url: URL, tensorBoard: URL? = nil) throws {
    self.url = url
    file = try OutputFile(appendingTo: url)
  }

  /// Adds one line.
  ///
  /// - Throws: a `SystemError` with exit code 73 where the disk is full.
  public func write(_ fields: [String: Double], step: Int, kind: String) throws {
    var parts = ["\"step\":\(step)", "\"kind\":\(Self.quoted(kind))"]
    for (key, value) in fields.sorted(by: { $0.key < $1.key }) {
      parts.append("\(Self.quoted(key)):\(value.isFinite ? "\(value)" : "null")")
    }
    try file.write("{" + parts.joined(separator: ",") + "}\n")
  }

  /// Forgets everything from `step` on, and a last line that was never finished: a run resumes at
  /// `step`.
  public func rewind(to step: Int) throws {
    let text = String(decoding: try Data(contentsOf: url), as: UTF8.self)
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    lines.removeLast()
    let kept = lines.filter { Self.step(of: $0).map { $0 < step } ?? false }
    file.close()
    try AtomicFile.write(kept.map { $0 + "\n" }.joined(), to: url)
    file = try OutputFile(appendingTo: url)
  }

  private struct Line: Decodable {
    let step: Int
  }

  private static func step(of line: Substring) -> Int? {
    try? JSONDecoder().decode(Line.self, from: Data(line.utf8)).step
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case _ where scalar.value < 0x20: quoted += String(format: "\\u%04x", scalar.value)
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
