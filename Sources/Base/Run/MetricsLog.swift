public import Foundation

/// Measurements of a run: one JSON object a line, such as `{"step":12,"kind":"train","loss":0.25}`.
///
/// Keys stand in alphabetical order; what is not finite is `null`. A line is one write, so that a
/// killed run loses at most the line it was writing.
public final class MetricsLog {
  /// One line.
  public struct Row: Sendable, Equatable {
    /// The step at which it was measured.
    public let step: Int
    /// What kind of measurement it is, such as "train" or "validation".
    public let kind: String
    /// The numbers by name; what was not finite is absent.
    public let fields: [String: Double]
  }

  private let url: URL
  private var file: OutputFile
  private let events: EventFile?

  /// Opens the log, or creates it; with `tensorBoard` (a folder) the same numbers go to an event
  /// file there, under `KIND/NAME`.
  ///
  /// A last line that a killed process did not finish is dropped.
  public convenience init(_ url: URL, tensorBoard: URL? = nil) throws {
    try self.init(url, tensorBoard: tensorBoard, now: { Date().timeIntervalSince1970 })
  }

  package init(_ url: URL, tensorBoard: URL?, now: @escaping () -> Double) throws {
    self.url = url
    events = try tensorBoard.map { try EventFile(in: $0, now: now) }
    try Self.keep(url) { _ in true }
    file = try OutputFile(appendingTo: url)
  }

  /// Adds one line.
  ///
  /// - Throws: a `SystemError` with exit code 73 where the disk is full.
  public func write(_ fields: [String: Double], step: Int, kind: String) throws {
    let sorted = fields.sorted { $0.key < $1.key }
    var parts = ["\"step\":\(step)", "\"kind\":\(Self.quoted(kind))"]
    parts += sorted.map { "\(Self.quoted($0.key)):\($0.value.isFinite ? "\($0.value)" : "null")" }
    try file.write("{" + parts.joined(separator: ",") + "}\n")
    try events?.write(sorted.map { ("\(kind)/\($0.key)", $0.value) }, step: step)
  }

  /// Forgets everything from `step` on: a run resumes at `step`.
  public func rewind(to step: Int) throws {
    file.close()
    try Self.keep(url) { $0.step < step }
    file = try OutputFile(appendingTo: url)
    try events?.restart(at: step)
  }

  /// The lines of a log, in their order; a last line that is not finished is left out.
  public static func rows(of url: URL) throws -> [Row] {
    try lines(of: url).compactMap { row($0) }
  }

  /// Drops the lines that `isKept` refuses, and what is no whole line.
  private static func keep(_ url: URL, where isKept: (Row) -> Bool) throws {
    guard FileManager.default.fileExists(atPath: url.path) else { return }
    let lines = try lines(of: url)
    let kept = lines.filter { row($0).map(isKept) ?? false }
    let text = kept.map { $0 + "\n" }.joined()
    if try text.utf8.count != MappedFile(url).count { try AtomicFile.write(text, to: url) }
  }

  private static func lines(of url: URL) throws -> [Substring] {
    let text = try MappedFile(url).withBytes { String(decoding: $0, as: UTF8.self) }
    return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
  }

  private static func row(_ line: Substring) -> Row? {
    let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
    guard let object, let step = object["step"] as? Int, let kind = object["kind"] as? String
    else { return nil }
    let fields = object.filter { $0.key != "step" && $0.key != "kind" }
    return Row(step: step, kind: kind, fields: fields.compactMapValues { $0 as? Double })
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
