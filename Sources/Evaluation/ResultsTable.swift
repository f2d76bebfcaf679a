public import Base
public import Foundation

/// The measured values of a study, as they stand in `results.csv`.
public struct ResultsTable: Sendable, Equatable {
  /// In the order of the file.
  public var rows: [ResultRow]

  /// The file's first line.
  public static let columns = [
    "dataset", "mode", "arm", "seed", "round", "labels", "metric", "value", "seconds",
  ]

  /// A table of rows.
  public init(_ rows: [ResultRow]) {
    self.rows = rows
  }

  /// Reads a file.
  ///
  /// - Throws: `ResultsError` for a file that cannot be read, a wrong header or a line that is no
  ///   row; all faulty lines are named at once.
  public init(reading url: URL) throws {
    guard let data = try? Data(contentsOf: url), let text = String(data: data, encoding: .utf8)
    else { throw ResultsError.unreadable(file: url.lastPathComponent) }
    try self.init(parsing: text, file: url.lastPathComponent)
  }

  /// Reads the text of a file.
  ///
  /// - Parameters:
  ///   - text: comma-separated, with a header.
  ///   - file: its name in messages.
  /// - Throws: `ResultsError`, as `init(reading:)`.
  public init(parsing text: String, file: String) throws {
    let lines = commaSeparated(text)
    guard lines.first == Self.columns else { throw ResultsError.header(file: file) }
    let parsed = lines.dropFirst().map(Self.row)
    let faulty = parsed.indices.filter { parsed[$0] == nil }.map { $0 + 2 }
    guard faulty.isEmpty else { throw ResultsError.lines(faulty, file: file) }
    rows = parsed.compactMap { $0 }
  }

  /// Writes the table atomically.
  public func write(to url: URL) throws { try AtomicFile.write(text, to: url) }

  /// The table as text.
  public var text: String {
    let lines = [Self.columns] + rows.map(Self.fields)
    return lines.map { $0.map(quoted).joined(separator: ",") + "\n" }.joined()
  }

  private static func fields(_ row: ResultRow) -> [String] {
    [
      row.dataset, row.mode.rawValue, row.arm, "\(row.seed)", "\(row.round)", "\(row.labels)",
      row.metric, "\(row.value)", "\(row.seconds)",
    ]
  }

  private static func row(_ fields: [String]) -> ResultRow? {
    guard fields.count == columns.count, let mode = StudyMode(rawValue: fields[1]),
      let seed = Int(fields[3]), let round = Int(fields[4]), let labels = Int(fields[5]),
      let value = Double(fields[7]), let seconds = Double(fields[8]), value.isFinite
    else { return nil }
    return ResultRow(
      dataset: fields[0], mode: mode, arm: fields[2], seed: seed, round: round, labels: labels,
      metric: fields[6], value: value, seconds: seconds)
  }
}

/// Why a table of results cannot be used.
public enum ResultsError: Diagnosable {
  /// The file is missing or no UTF-8 text.
  case unreadable(file: String)
  /// The first line is not the expected one.
  case header(file: String)
  /// These lines are no rows.
  case lines([Int], file: String)

  /// What happened.
  public var what: String {
    switch self {
    case .unreadable: "the results cannot be read"
    case .header: "these are not results of a study: the first line is another"
    case .lines(let numbers, _):
      "not a row of results: line \(numbers.prefix(10).map(String.init).joined(separator: ", "))"
        + (numbers.count > 10 ? " and \(numbers.count - 10) more" : "")
    }
  }

  /// The file.
  public var place: String? {
    switch self {
    case .unreadable(let file), .header(let file), .lines(_, let file): file
    }
  }

  /// What to do.
  public var remedy: String? {
    switch self {
    case .unreadable: "give the results.csv that `pipeline compare` wrote"
    case .header: "the first line must be " + ResultsTable.columns.joined(separator: ",")
    case .lines: "remove or correct these lines; seed, round, labels, value, seconds are numbers"
    }
  }
}
